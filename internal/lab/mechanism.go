package lab

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Sessions is how an app under study keeps its sessions, by whichever mechanism.
type Sessions interface {
	sessions.Store

	// Update opens the session, lets change change it, and saves it, as
	// [session.Store.Update] does.
	Update(w http.ResponseWriter, r *http.Request, name string, change func(*sessions.Session) error) error
}

// A mechanism is Sessions, and what it can tell of a cookie without a request.
type mechanism interface {
	Sessions

	// describe takes the cookie's value apart.
	describe(c *step.Cookie)

	// key returns the key of the record that a cookie's value leads to, "" if it
	// leads to none.
	key(value string) string

	// readable reports whether somebody without a key can read the session's
	// values in a cookie's value.
	readable(value string) bool

	// refuses returns why a cookie is not believed whatever there is in a store, a
	// reason of package session, or "" if it is.
	refuses(value string) string

	// opens reports whether a request with this cookie would have a session.
	opens(ctx context.Context, value string) (bool, error)
}

// mechanism makes the sessions of the bench's app by settings, for requests over
// http or https.
func (b *Bench) mechanism(s Settings, secure bool) mechanism {
	switch s.Mechanism {
	case step.MechanismFlask:
		return flaskCookies(s, b, secure)
	case step.MechanismGorilla:
		return gorillaCookies(s, b, secure)
	}
	backend := b.lab.stores[s.Store]
	options := s.options(b.Path(), s.prefix(b.id), secure, b.now, b.lab.limits.RecordBytes)
	return server{session.New(backend, options), backend, b.now}
}

// server keeps records in a store.
type server struct {
	*session.Store
	backend session.Backend
	now     func() time.Time
}

func (m server) describe(c *step.Cookie) {
	v := m.Inspect(c.Name, c.Raw)
	if v.Reason == "malformed" {
		c.Parts = []step.Part{{Kind: "other", Text: c.Raw}}
		return
	}
	id, signature, cut := strings.Cut(c.Raw, ".")
	c.Parts = []step.Part{{Kind: "id", Text: id}}
	if cut {
		c.Parts = append(c.Parts, step.Part{Kind: "dot", Text: "."}, step.Part{Kind: "signature", Text: signature, Valid: &v.Valid})
	}
}

func (m server) key(value string) string {
	if v := m.Inspect(step.CookieName, value); v.Valid {
		return m.Key(v.ID)
	}
	return ""
}

func (server) readable(string) bool { return false } // they are not in it

func (m server) refuses(value string) string { return m.Inspect(step.CookieName, value).Reason }

func (m server) opens(ctx context.Context, value string) (bool, error) {
	key := m.key(value)
	if key == "" {
		return false, nil
	}
	_, err := m.backend.Load(ctx, key, m.now())
	if errors.Is(err, session.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
