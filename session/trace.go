package session

import (
	"context"
	"time"
)

// Trace is a set of hooks that run at the stages of a session's life, as in
// net/http/httptrace. Any hook may be nil. Hooks run on the goroutine that uses
// the session, and must not use the session themselves. Concurrent requests may
// call the functions of one Trace concurrently.
//
// What hooks get is secret: anyone who reads a cookie can use it.
type Trace struct {
	// CookieRead is called after the request was searched for the cookie.
	CookieRead func(CookieInfo)
	// Verified is called after the cookie's signature was checked.
	Verified func(VerifiedInfo)
	// Decoded is called by a CookieStore after it has read the values in a
	// cookie, or has failed to read them although the cookie is signed and not
	// expired.
	Decoded func(DecodedInfo)
	// LoadStart and LoadDone surround Backend.Load.
	LoadStart func(key string)
	LoadDone  func(LoadInfo)
	// Opened is called when a session is ready for use, new or loaded.
	Opened func(OpenedInfo)
	// Unreadable is called instead of Opened if the values of a loaded record
	// are an ErrUnreadable.
	Unreadable func(UnreadableInfo)
	// Expired is called when a record, or a cookie of a CookieStore, is past
	// one of its limits.
	Expired func(ExpiredInfo)
	// Emptied is called when the session with this id is saved without a value:
	// its record and cookie are about to go. The id is empty if it had none yet.
	Emptied func(id string)
	// IDMade is called when a new session gets its id, IDRenewed when an existing
	// one gets another.
	IDMade    func(id string)
	IDRenewed func(RenewedInfo)
	// SaveStart and SaveDone surround Backend.Save. A version conflict is a
	// SaveDone whose Err is ErrConflict.
	SaveStart func(key string)
	SaveDone  func(SaveInfo)
	// DeleteStart and DeleteDone surround Backend.Delete, or the Save that
	// takes its place at a renewal: see Options.RenewGrace.
	DeleteStart func(key string)
	DeleteDone  func(DeleteInfo)
	// CookieBuilt is called with each Set-Cookie line as it goes into the header.
	CookieBuilt func(line string)
	// CookieTooLong is called after CookieBuilt for a cookie that browsers may
	// ignore, and instead of it for a cookie that is a CookieTooLargeError.
	CookieTooLong func(TooLongInfo)
	// Query is called by backends after each command they sent to their store,
	// within LoadStart..LoadDone and the like.
	Query func(QueryInfo)
}

// CookieInfo tells of the cookie a request brought.
type CookieInfo struct {
	Name  string
	Value string // as sent
	Found bool
}

// VerifiedInfo tells of a signature check.
type VerifiedInfo struct {
	ID     string // what the cookie claims; a CookieStore's has none
	Valid  bool
	Key    int    // which of the keys matched: 0 is the newest
	Reason string // why it is not valid: ReasonUnsigned and the like
}

// DecodedInfo tells of the values that a cookie carries.
type DecodedInfo struct {
	Carried
	Err error // a *CookieError with ReasonPayload; Flask answers 500 to such a cookie
}

// TooLongInfo tells of a cookie that is too long. All counts are bytes.
type TooLongInfo struct {
	Name  string
	Value int // of the cookie
	Line  int // the whole Set-Cookie line, which is what Flask measures; 0: there is none
	Limit int // of the line, or if there is none, of the value
}

// LoadInfo tells of a finished Backend.Load.
type LoadInfo struct {
	Key    string
	Record Record // if Err is nil; at most its values if Err is ErrUnreadable
	Err    error  // ErrNotFound for a miss, and ErrRenewed too if the id was renewed
}

// OpenedInfo tells of a session that is ready for use.
type OpenedInfo struct {
	ID     string // empty for a session that is not stored yet
	IsNew  bool
	Values int // how many there are
}

// UnreadableInfo tells of a record whose values cannot be read.
type UnreadableInfo struct {
	Key string
	Err error
}

// A Limit is what ended a session.
type Limit string

// The limits of a session's life.
const (
	LimitLifetime Limit = "lifetime" // Options.Lifetime since it last began to run
	LimitIdle     Limit = "idle"     // Options.Idle since the last request
	LimitAbsolute Limit = "absolute" // Options.Absolute since the session was created
	// LimitFuture is the limit of a cookie that was made later than now: the
	// server's clock went back, or another server's clock is ahead.
	LimitFuture  Limit = "future"
	LimitRevoked Limit = "revoked" // CookieOptions.Since, before which a cookie was made
)

// ExpiredInfo tells of a record past one of its limits.
type ExpiredInfo struct {
	Limit   Limit
	Expired time.Time     // the instant it ended; with LimitFuture, that it begins
	Allowed time.Duration // how long the limit lets a session live, or go without a request; 0: it is no length
}

// RenewedInfo tells of an id that replaced another.
type RenewedInfo struct{ Old, New string }

// SaveInfo tells of a finished Backend.Save.
type SaveInfo struct {
	Key    string
	Record Record // as stored
	Err    error
}

// DeleteInfo tells of a finished Backend.Delete.
type DeleteInfo struct {
	Key string
	Err error
}

// QueryInfo tells of one command to a store.
type QueryInfo struct {
	System string // "memory", "sqlite", …
	Text   string // the command, with placeholders where it has arguments
	Args   []any  // string, []byte, int64; must not be modified
	Rows   int64  // records found or changed: none by a command that keeps an index of them
	Took   time.Duration
	Err    error
}

type traceKey struct{}

// WithTrace returns a context whose sessions call the hooks of trace, and after
// them those of a trace the context already had. It panics if trace is nil.
//
// Put the trace into the request's context before the session is first used:
// gorilla's registry keeps the first *http.Request it meets.
func WithTrace(ctx context.Context, trace *Trace) context.Context {
	if trace == nil {
		panic("session: nil Trace")
	}
	if old := ContextTrace(ctx); old != nil {
		trace = compose(trace, old)
	}
	return context.WithValue(ctx, traceKey{}, trace)
}

// ContextTrace returns the trace of ctx, or nil if it has none.
func ContextTrace(ctx context.Context) *Trace {
	trace, _ := ctx.Value(traceKey{}).(*Trace)
	return trace
}

// untraced is the trace of a context without one: no hook is set.
var untraced Trace

// traced returns the trace of ctx, never nil.
func traced(ctx context.Context) *Trace {
	if trace := ContextTrace(ctx); trace != nil {
		return trace
	}
	return &untraced
}

// call runs hook if there is one.
func call[T any](hook func(T), v T) {
	if hook != nil {
		hook(v)
	}
}

// compose returns a trace that calls each hook of a, then that of b.
func compose(a, b *Trace) *Trace {
	return &Trace{
		CookieRead:    both(a.CookieRead, b.CookieRead),
		Verified:      both(a.Verified, b.Verified),
		Decoded:       both(a.Decoded, b.Decoded),
		LoadStart:     both(a.LoadStart, b.LoadStart),
		LoadDone:      both(a.LoadDone, b.LoadDone),
		Opened:        both(a.Opened, b.Opened),
		Unreadable:    both(a.Unreadable, b.Unreadable),
		Expired:       both(a.Expired, b.Expired),
		Emptied:       both(a.Emptied, b.Emptied),
		IDMade:        both(a.IDMade, b.IDMade),
		IDRenewed:     both(a.IDRenewed, b.IDRenewed),
		SaveStart:     both(a.SaveStart, b.SaveStart),
		SaveDone:      both(a.SaveDone, b.SaveDone),
		DeleteStart:   both(a.DeleteStart, b.DeleteStart),
		DeleteDone:    both(a.DeleteDone, b.DeleteDone),
		CookieBuilt:   both(a.CookieBuilt, b.CookieBuilt),
		CookieTooLong: both(a.CookieTooLong, b.CookieTooLong),
		Query:         both(a.Query, b.Query),
	}
}

func both[T any](a, b func(T)) func(T) {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(v T) { a(v); b(v) }
}
