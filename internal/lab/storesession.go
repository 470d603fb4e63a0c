package lab

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A storeSession has its data in a record of a store. Its cookie holds the id.
type storeSession struct {
	*session.Store
	backend session.Backend
	now     func() time.Time
}

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

func (storeSession) Reads(string) string { return "" } // they are not in it

func (m storeSession) Refuses(value string) string { return m.Inspect(step.CookieName, value).Reason }

func (m storeSession) Opens(ctx context.Context, value string) (bool, error) {
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
