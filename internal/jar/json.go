package jar

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// record is a cookie in JSON. Octets repeats what JSON strings cannot carry,
// and is absent for the usual cookie of UTF-8 text.
type record struct {
	Cookie
	Octets *octets `json:"octets,omitempty"`
}

type octets struct {
	Name  []byte `json:"name"`
	Value []byte `json:"value"`
	Path  []byte `json:"path"`
}

// MarshalJSON writes the cookies as an array, in the order of first storing.
// It takes a value so that a Jar within another value is written too.
func (j Jar) MarshalJSON() ([]byte, error) {
	records := make([]record, len(j.cookies))
	for i, c := range j.cookies {
		records[i].Cookie = c
		if !utf8.ValidString(c.Name) || !utf8.ValidString(c.Value) || !utf8.ValidString(c.Path) {
			records[i].Octets = &octets{Name: []byte(c.Name), Value: []byte(c.Value), Path: []byte(c.Path)}
		}
	}
	return json.Marshal(records)
}

// UnmarshalJSON replaces the cookies by those MarshalJSON wrote. It refuses
// cookies that no header could have set, and leaves the jar as it was then.
func (j *Jar) UnmarshalJSON(data []byte) error {
	var records []record
	if err := json.Unmarshal(data, &records); err != nil {
		return fmt.Errorf("jar: decode: %w", err)
	}
	if len(records) > MaxCookies {
		return fmt.Errorf("jar: decode: %d cookies, more than %d", len(records), MaxCookies)
	}
	cookies := make([]Cookie, 0, len(records))
	seen := make(map[identity]bool, len(records))
	perDomain := make(map[string]int)
	for i, r := range records {
		c := r.Cookie
		if o := r.Octets; o != nil {
			c.Name, c.Value, c.Path = string(o.Name), string(o.Value), string(o.Path)
		}
		if err := c.check(); err != nil {
			return fmt.Errorf("jar: decode: cookie %d: %w", i, err)
		}
		if seen[c.identity()] {
			return fmt.Errorf("jar: decode: cookie %d: stored twice", i)
		}
		seen[c.identity()] = true
		if perDomain[c.Domain]++; perDomain[c.Domain] > MaxPerDomain {
			return fmt.Errorf("jar: decode: cookie %d: more than %d for %s", i, MaxPerDomain, c.Domain)
		}
		cookies = append(cookies, c)
	}
	j.cookies = cookies
	return nil
}

// check guards the headers built from c against what a file may hold.
func (c Cookie) check() error {
	switch {
	case c.Name == "" && c.Value == "":
		return errors.New("neither name nor value")
	case len(c.Name)+len(c.Value) > MaxPairSize:
		return errors.New("too large")
	case hasControl(c.Name + c.Value + c.Path):
		return errors.New("control character")
	case strings.ContainsAny(c.Name, "=;") || strings.Contains(c.Value, ";"):
		return errors.New("name or value with a separator")
	case c.Domain == "" || !isASCII(c.Domain):
		return errors.New("no ASCII domain")
	case !strings.HasPrefix(c.Path, "/"):
		return errors.New("path without a leading slash")
	}
	switch c.SameSite {
	case SameSiteDefault, SameSiteLax, SameSiteStrict, SameSiteNone:
		return nil
	}
	return fmt.Errorf("unknown SameSite %q", c.SameSite)
}
