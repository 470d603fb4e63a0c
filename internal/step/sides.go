package step

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
	"time"
)

// Sides is what browser and store hold at one moment.
type Sides struct {
	Cookie *Cookie `json:"cookie"` // null: the client holds none
	Record *Record `json:"record"` // null: the store holds none for that cookie
}

// Values are the session's values, wherever they are; nil if there are none or
// they cannot be read.
func (s Sides) Values() json.RawMessage {
	switch {
	case s.Record != nil:
		return s.Record.Values
	case s.Cookie != nil:
		return s.Cookie.Values
	}
	return nil
}

// A Cookie is the session cookie in a client's jar.
type Cookie struct {
	Raw        string      `json:"raw"` // the value
	Name       string      `json:"name"`
	Attributes *Attributes `json:"attributes"` // null when the client brought a cookie it was not seen to get
	Parts      []Part      `json:"parts"`
	// Inside is the decoded value, if the value is an encoding of something
	// with parts.
	Inside []Part `json:"inside,omitempty"`
	// Values are the session's, if the cookie itself holds them and the server
	// accepts it. What Flask's JSON can say and other JSON cannot is text.
	Values json.RawMessage `json:"values,omitempty"`
}

// Size is the size of a cookie as browsers count it: the bytes of its name and
// its value. They accept 4096.
func (c *Cookie) Size() int { return len(c.Name) + len(c.Raw) }

// Attributes are a cookie's attributes as the client keeps them. They never come
// back in a request.
type Attributes struct {
	Path     string     `json:"path"`
	Expires  *time.Time `json:"expires"` // null: until the browser closes
	HTTPOnly bool       `json:"http_only"`
	Secure   bool       `json:"secure"`
	SameSite string     `json:"same_site"`  // "" when unset
	Line     string     `json:"set_cookie"` // the Set-Cookie value that it came from
}

// A Part is a stretch of a cookie's value that means something.
type Part struct {
	Kind string `json:"kind"` // "id", "signature", "payload", "timestamp", "encoded", "iv", "sealed", "mac", "dot", "other"
	Text string `json:"text"`
	// Decoded is what the text says once decoded, where it can be.
	Decoded string `json:"decoded,omitempty"`
	// Valid is whether a signature is right; nil for other parts.
	Valid *bool `json:"valid,omitempty"`
}

// A Record is a session as read back from its store.
type Record struct {
	Key     string          `json:"key"`
	ID      string          `json:"id"`     // the part of the key that stands for the session
	Values  json.RawMessage `json:"values"` // the decoded values; null when unreadable
	Raw     string          `json:"raw"`    // the bytes as stored
	Created time.Time       `json:"created"`
	Renewed time.Time       `json:"renewed"`
	Expires time.Time       `json:"expires"`
	Version int64           `json:"version"`
	TTL     float64         `json:"ttl,omitempty"` // seconds, as the store itself says; 0: it does not
	Store   string          `json:"store"`
	Query   string          `json:"query"` // the command that read it back
}

// Fingerprint identifies a cookie without revealing it; that of none is "".
func (c *Cookie) Fingerprint() string {
	if c == nil {
		return ""
	}
	h := fnv.New64a()
	h.Write([]byte(c.Raw))
	return strconv.FormatUint(h.Sum64(), 36)
}
