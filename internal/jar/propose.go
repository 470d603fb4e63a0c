package jar

import (
	"net/url"
	"strings"
	"time"
)

// proposal is a cookie that has been read but not yet accepted.
type proposal struct {
	Cookie
	hasPath bool // a Path attribute was read, as __Host- demands
}

// propose reads line as a cookie of the page at u: steps 1 to 14 of RFC
// 6265bis section 5.7, as far as they need no other cookie.
func propose(u *url.URL, line string, now time.Time) (proposal, Reason) {
	name, value, attrs, reason := ParseSetCookie(line)
	set := inForce(attrs)
	p := proposal{Cookie: Cookie{
		Name:     name,
		Value:    value,
		Domain:   canonicalHost(u),
		HostOnly: true,
		Path:     defaultPath(u),
		SameSite: parseSameSite(set["samesite"]),
		Created:  now,
		LastUsed: now,
	}}
	_, p.Secure = set["secure"]
	_, p.HTTPOnly = set["httponly"]
	_, p.Partitioned = set["partitioned"]
	path, hasPath := set["path"]
	p.hasPath = hasPath
	if strings.HasPrefix(path, "/") {
		p.Path = path
	}
	p.Expires, p.Persistent = expiry(set, now)
	if reason == "" {
		reason = p.scope(set["domain"])
	}
	return p, reason
}

// expiry returns when a cookie with these attributes ends, and whether it
// outlives the browser session.
func expiry(set map[string]string, now time.Time) (time.Time, bool) {
	latest := now.Add(MaxLifetime)
	if value, ok := set["max-age"]; ok {
		age, _ := parseMaxAge(value)
		return now.Add(max(age, 0)), true // now is the end already
	}
	if value, ok := set["expires"]; ok {
		date, _ := parseDate(value)
		if date.After(latest) {
			date = latest
		}
		return date, true
	}
	return time.Time{}, false
}

// scope applies a Domain attribute to a proposal that is host-only so far.
func (p *proposal) scope(domain string) Reason {
	host := p.Domain
	if host == "" {
		return ReasonNoHost
	}
	if !isASCII(domain) {
		return ReasonNonASCIIDomain
	}
	domain = lower(strings.TrimPrefix(domain, "."))
	switch {
	case domain == "":
	case domain == host && (isPublicSuffix(host) || isIP(host)):
		// Nothing lies below such a name that could be trusted with the cookie.
	case isPublicSuffix(domain):
		return ReasonPublicSuffix
	case !domainMatch(host, domain):
		return ReasonDomainMismatch
	default:
		p.Domain, p.HostOnly = domain, false
	}
	return ""
}
