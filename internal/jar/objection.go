package jar

import "strings"

// objection returns why the jar must not keep p, "" if it may: steps 13 to 23
// of RFC 6265bis section 5.7, in that order.
func (j *Jar) objection(p proposal, r Request, fromScript bool) Reason {
	secure := isSecure(r.URL)
	switch {
	case p.Secure && !secure:
		return ReasonSecureNeedsHTTPS
	case p.HTTPOnly && fromScript:
		return ReasonHTTPOnlyFromScript
	case !p.Secure && !secure && j.overlaysSecure(p.Cookie):
		return ReasonOverlaysSecure
	case p.SameSite != SameSiteNone && !r.sameSite() && !r.TopLevelNavigation:
		return ReasonCrossSite
	case p.SameSite == SameSiteNone && !p.Secure:
		return ReasonSameSiteNoneNeedsSecure
	}
	if reason := p.brokenPrefix(); reason != "" {
		return reason
	}
	if p.Partitioned && !p.Secure {
		return ReasonPartitionedNeedsSecure
	}
	if i := j.index(p.identity()); fromScript && i >= 0 && j.cookies[i].HTTPOnly {
		return ReasonHTTPOnlyFromScript
	}
	return ""
}

// overlaysSecure reports whether c would hide or change a Secure cookie. The
// path rule is asymmetric: a cookie for a path above the Secure one is sent
// after it and does no harm.
func (j *Jar) overlaysSecure(c Cookie) bool {
	for _, old := range j.cookies {
		if old.Secure && old.Name == c.Name &&
			(domainMatch(old.Domain, c.Domain) || domainMatch(c.Domain, old.Domain)) &&
			pathMatch(c.Path, old.Path) {
			return true
		}
	}
	return false
}

// brokenPrefix returns which promise of its name prefix p does not keep. A
// nameless cookie cannot keep any: its value would be taken for a name.
func (p proposal) brokenPrefix() Reason {
	label := lower(p.Name)
	nameless := p.Name == ""
	if nameless {
		label = lower(p.Value)
	}
	// The order matters: __Host-Http- begins with __Host-.
	if strings.HasPrefix(label, "__secure-") && (nameless || !p.Secure) {
		return ReasonPrefixSecure
	}
	if strings.HasPrefix(label, "__host-") && (nameless || !p.Secure || !p.HostOnly || !p.hasPath || p.Path != "/") {
		return ReasonPrefixHost
	}
	forHTTP := strings.HasPrefix(label, "__http-") || strings.HasPrefix(label, "__host-http-")
	if forHTTP && (nameless || !p.Secure || !p.HTTPOnly) {
		return ReasonPrefixHTTP
	}
	return ""
}
