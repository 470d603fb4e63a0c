package jar

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// SchemefulSameSite reports whether a and b belong to one site: the same
// scheme and the same registrable domain, or the same host if that has none
// (RFC 6265bis section 5.2). Ports do not count, so localhost:8080 and
// localhost:9090 are one site, while localhost and 127.0.0.1 are two.
func SchemefulSameSite(a, b *url.URL) bool {
	return lower(a.Scheme) == lower(b.Scheme) && site(canonicalHost(a)) == site(canonicalHost(b))
}

func site(host string) string {
	if isIP(host) {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host // the host is itself a public suffix
	}
	return domain
}

// canonicalHost returns the host of u in lower case, in its ASCII form, with
// brackets around an IPv6 address and without the port. It returns "" for
// what is neither an address nor a name with an ASCII form: no browser would
// visit it.
func canonicalHost(u *url.URL) string {
	host := u.Hostname()
	if strings.Contains(host, ":") {
		address, err := netip.ParseAddr(host)
		if err != nil || address.Zone() != "" {
			return ""
		}
		return "[" + address.String() + "]"
	}
	if !isASCII(host) {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return ""
		}
		host = ascii
	}
	return lower(host)
}

// isSecure reports whether u is a secure origin. Browsers trust the loopback
// without encryption, which lets a class work on plain http.
func isSecure(u *url.URL) bool {
	switch lower(u.Scheme) {
	case "https", "wss":
		return true
	}
	switch canonicalHost(u) {
	case "localhost", "127.0.0.1", "[::1]":
		return true
	}
	return false
}

// domainMatch reports whether host is domain or one of its subdomains (RFC
// 6265bis section 5.1.3).
func domainMatch(host, domain string) bool {
	if host == domain {
		return true
	}
	return strings.HasSuffix(host, "."+domain) && !isIP(host)
}

func isPublicSuffix(domain string) bool {
	if isIP(domain) {
		return false
	}
	// The list knows no final dot; without this, "org." would pass.
	domain = strings.TrimSuffix(domain, ".")
	suffix, _ := publicsuffix.PublicSuffix(domain)
	return suffix == domain
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
