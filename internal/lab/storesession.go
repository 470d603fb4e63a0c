package lab

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A storeSession has its data in a record of a store. Its cookie holds the id.
type storeSession struct{ *session.Store }

func (m storeSession) describe(c *step.Cookie) {
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

func (m storeSession) key(value string) string {
	if v := m.Inspect(step.CookieName, value); v.Valid {
		return m.Key(v.ID)
	}
	return ""
}
