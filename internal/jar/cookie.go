package jar

import "time"

// Limits of RFC 6265bis. Sizes are in octets.
const (
	// MaxPairSize is the largest sum of the lengths of a cookie's name and
	// value (section 5.6). Attributes do not count.
	MaxPairSize = 4096
	// MaxAttributeSize is the longest attribute value that is read (section 5.6).
	MaxAttributeSize = 1024
	// MaxLifetime is the longest time a cookie lasts: 400 days (section 5.5).
	MaxLifetime = 400 * 24 * time.Hour
	// MaxPerDomain is the number of cookies stored for one domain, the minimum
	// that section 6.1 asks of a client. Chromium and Firefox keep more.
	MaxPerDomain = 50
	// MaxCookies is the number of cookies stored in all, the minimum that
	// section 6.1 asks of a client.
	MaxCookies = 3000
)

// SameSite is a cookie's same-site flag (RFC 6265bis section 5.6.7).
type SameSite string

// The values of a cookie's same-site flag.
const (
	// SameSiteDefault stands for a missing or unknown attribute. It acts as
	// SameSiteLax, except that a cookie at most two minutes old is also sent
	// with unsafe cross-site top-level navigations.
	SameSiteDefault SameSite = "Default"
	// SameSiteLax cookies cross sites with safe top-level navigations only.
	SameSiteLax SameSite = "Lax"
	// SameSiteStrict cookies never cross sites.
	SameSiteStrict SameSite = "Strict"
	// SameSiteNone cookies cross sites freely and must be Secure.
	SameSiteNone SameSite = "None"
)

// Cookie is one stored cookie (RFC 6265bis section 5.7). Names and values are
// the octets of the header and need not be UTF-8; JSON written from a Cookie
// alone, rather than from a Jar, replaces octets that are not.
type Cookie struct {
	Name        string    `json:"name"`
	Value       string    `json:"value"`
	Domain      string    `json:"domain"`    // canonical host, without a leading dot
	HostOnly    bool      `json:"host_only"` // not sent to subdomains of Domain
	Path        string    `json:"path"`      // starts with "/"
	Secure      bool      `json:"secure"`
	HTTPOnly    bool      `json:"http_only"`
	SameSite    SameSite  `json:"same_site"`
	Partitioned bool      `json:"partitioned,omitempty"`
	Persistent  bool      `json:"persistent"`       // survives CloseBrowser
	Expires     time.Time `json:"expires,omitzero"` // zero unless Persistent
	Created     time.Time `json:"created"`          // of the first cookie with this identity
	LastUsed    time.Time `json:"last_used"`
}

// Expired reports whether c has reached the end of its lifetime at now. A
// cookie that is not persistent never does.
func (c Cookie) Expired(now time.Time) bool {
	return c.Persistent && !c.Expires.After(now)
}

// Pair returns c as it stands in a Cookie header: name=value, or the bare
// value for a nameless cookie (RFC 6265bis section 5.8.3).
func (c Cookie) Pair() string {
	if c.Name == "" {
		return c.Value
	}
	return c.Name + "=" + c.Value
}

// identity is what makes two cookies the same one: setting a cookie replaces
// the cookie of equal identity (RFC 6265bis section 5.7, step 23).
type identity struct {
	name, domain, path string
	hostOnly           bool
}

func (c Cookie) identity() identity {
	return identity{name: c.Name, domain: c.Domain, path: c.Path, hostOnly: c.HostOnly}
}
