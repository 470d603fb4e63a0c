package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A recorder turns the hooks of a session.Trace into events. It belongs to one
// request and one goroutine.
type recorder struct {
	start  time.Time // of the request; its monotonic reading counts
	signed bool      // whether ids are signed: if not, no signature is checked
	idFrom step.Why  // where ids come from, "" for a random generator
	events []step.Event

	asked   time.Duration       // when the current store operation began
	queries []session.QueryInfo // that it has run so far
	saved   string              // the key last saved and not deleted
	cookie  string              // as it was read
	loaded  []byte              // the values last loaded, or those in the cookie
	first   *lookup             // the app's first
}

// A lookup is a look into the store, and the commands that it took.
type lookup struct {
	session.LoadInfo
	queries []session.QueryInfo
}

// add appends an event that happens now.
func (c *recorder) add(e step.Event) { c.addAt(e, time.Since(c.start)) }

func (c *recorder) addAt(e step.Event, at time.Duration) {
	e.Micros = at.Microseconds()
	c.events = append(c.events, e)
}

func (c *recorder) server(kind step.Kind, detail string, why step.Why) {
	c.add(step.Event{Lane: step.LaneServer, Kind: kind, Detail: detail, Why: why})
}

// trace returns the hooks.
func (c *recorder) trace() *session.Trace {
	return &session.Trace{
		CookieRead: func(i session.CookieInfo) {
			c.cookie = i.Value
			if i.Found {
				c.server(step.CookieRead, i.Name+"="+i.Value, "")
			} else {
				c.server(step.CookieAbsent, i.Name, "")
			}
		},
		Verified: c.verified,
		Decoded: func(i session.DecodedInfo) {
			c.loaded = i.JSON
			if i.Err != nil {
				c.server(step.SignatureInvalid, c.cookie, step.WhyPayload)
			}
		},
		LoadStart: func(string) { c.ask() },
		LoadDone: func(i session.LoadInfo) {
			c.loaded = i.Record.Values
			if c.first == nil {
				c.first = &lookup{i, c.queries}
			}
			c.answer("load", i.Err, string(i.Record.Values))
		},
		Opened: func(i session.OpenedInfo) {
			if i.IsNew {
				c.add(step.Opened("{}", step.WhyNew))
			} else {
				c.add(step.Opened(string(c.loaded), step.WhyLoaded))
			}
		},
		Unreadable: func(session.UnreadableInfo) { c.events[len(c.events)-1].Why = step.WhyUnreadable },
		Expired: func(i session.ExpiredInfo) {
			c.add(step.Event{
				Lane: step.LaneServer, Kind: step.SessionExpired, Detail: i.Expired.UTC().Format(time.RFC3339), Why: step.Why(i.Limit), Limit: step.Ahead(i.Allowed),
			})
		},
		Emptied:   func(id string) { c.server(step.SessionEmptied, "session = {}", "") },
		IDMade:    func(id string) { c.server(step.IDMade, id, c.idFrom) },
		IDRenewed: func(i session.RenewedInfo) { c.add(step.Renewed(i.Old, i.New, c.idFrom)) },
		SaveStart: func(string) { c.ask() },
		SaveDone: func(i session.SaveInfo) {
			if i.Err == nil {
				c.saved = i.Key
			}
			c.answer("save", i.Err, string(i.Record.Values))
		},
		DeleteStart: func(string) { c.ask() },
		DeleteDone: func(i session.DeleteInfo) {
			if i.Err == nil && c.saved == i.Key {
				c.saved = ""
			}
			c.answer("delete", i.Err, "")
		},
		CookieBuilt:   func(line string) { c.add(step.CookieBuilt(line, "")) },
		CookieTooLong: c.tooLong,
		Query:         func(q session.QueryInfo) { c.queries = append(c.queries, q) },
	}
}

func (c *recorder) verified(i session.VerifiedInfo) {
	claimed := i.ID
	if claimed == "" { // the session is in the cookie, which has no id
		claimed = c.cookie
	}
	switch {
	case i.Valid && c.signed:
		c.server(step.SignatureValid, claimed, "")
	case !i.Valid:
		c.server(step.SignatureInvalid, claimed, step.Why(i.Reason))
	}
}

// tooLong records that a Set-Cookie line is too long, or was not built.
func (c *recorder) tooLong(i session.TooLongInfo) {
	if i.Line > 0 {
		c.events[len(c.events)-1].Why = step.WhyTooLong
		return
	}
	c.add(step.Event{
		Lane: step.LaneServer, Kind: step.SetCookieBuilt, Why: step.WhyRefused, Bytes: i.Value,
		Detail: fmt.Sprintf("%s: %d > %d", i.Name, i.Value, i.Limit),
	})
}

// ask marks the beginning of a store operation, answer its end: both then
// become events, with the commands that ran in between.
func (c *recorder) ask() {
	c.asked = time.Since(c.start)
	c.queries = nil
}

func (c *recorder) answer(op string, err error, values string) {
	command, args, took := commandOf(c.queries)
	asked := step.Event{Lane: step.LaneStore, Kind: step.Kind(op + ".asked"), Detail: command, Args: args}
	if op == "save" {
		asked.Bytes = len(values)
	}
	c.addAt(asked, c.asked)

	answer := step.Event{Lane: step.LaneStore, Took: took.Microseconds()}
	switch {
	case errors.Is(err, session.ErrNotFound):
		answer.Kind = step.LoadMissing
		var expired *session.ExpiredError
		switch {
		case errors.As(err, &expired):
			answer.Why = step.WhyExpired
		case errors.Is(err, session.ErrRenewed):
			answer.Why = step.WhyRenewed
		}
	case errors.Is(err, session.ErrConflict):
		answer.Kind, answer.Why = step.SaveConflict, step.Why(op)
	case errors.Is(err, session.ErrUnreadable):
		answer.Kind, answer.Why, answer.Detail, answer.Bytes = step.LoadFound, step.WhyUnreadable, values, len(values)
	case err != nil:
		answer.Kind, answer.Why, answer.Detail = step.StoreFailed, step.Why(op), rootCause(err)
	case op == "load":
		answer.Kind, answer.Detail, answer.Bytes = step.LoadFound, values, len(values)
	case op == "save":
		answer.Kind, answer.Detail, answer.Bytes = step.SaveDone, values, len(values)
	default:
		answer.Kind = step.DeleteDone
	}
	if answer.Detail == "" && len(c.queries) > 0 {
		answer.Detail = rows(c.queries)
	}
	if answer.Kind == step.LoadMissing && answer.Why != step.WhyExpired && answer.Detail != "0 rows" {
		answer.Detail = "" // the row is a forward's, and no session
	}
	c.add(answer)
}

// rows is how many records the commands of one operation found or changed, as
// text.
func rows(queries []session.QueryInfo) string {
	var n int64
	for _, q := range queries {
		n += q.Rows
	}
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

// rootCause is the innermost message of err: the store's own.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// commandOf writes the commands of one operation as they ran, and their
// arguments as a JSON list.
func commandOf(queries []session.QueryInfo) (command, args string, took time.Duration) {
	var texts []string
	var all []any
	for _, q := range queries {
		texts = append(texts, q.Text)
		for _, a := range q.Args {
			if b, ok := a.([]byte); ok {
				a = string(b)
			}
			all = append(all, a)
		}
		took += q.Took
	}
	if len(all) > 0 {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(all); err == nil {
			args = strings.TrimSuffix(b.String(), "\n")
		}
	}
	return strings.Join(texts, "; "), args, took
}
