package session

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
)

// Update opens the session of that name, calls change, and saves the session.
// If another request saved the session in between, Update opens it again and
// calls change again, until it succeeds or the request's context is done. So no
// update is lost. change may run more than once, so it must do nothing that
// cannot be repeated.
//
// An error from change is returned as it is, and then no change to the session
// is saved; a refresh that was due still happens. With a nil change the session
// is only refreshed, if it is due: what Flask does for a view that does not use
// the session.
func (st *Store) Update(w http.ResponseWriter, r *http.Request, name string, change func(*sessions.Session) error) error {
	s, err := st.Get(r, name)
	if err != nil {
		return err
	}
	o := s.Store().(*opened)
	for attempt := 0; ; attempt++ {
		failed, err := try(o, w, r, s, change)
		if !errors.Is(err, ErrConflict) {
			if err == nil {
				err = failed
			}
			return err
		}
		if err := backOff(r.Context(), attempt); err != nil {
			return err
		}
		if o.load(r.Context(), s, o.id); o.err != nil {
			return o.err
		}
	}
}

// try changes and saves s once. failed is change's own error.
func try(h holder, w http.ResponseWriter, r *http.Request, s *sessions.Session, change func(*sessions.Session) error) (failed, err error) {
	if change == nil {
		return nil, h.save(r, w, s)
	}
	if failed = change(s); failed != nil {
		h.fill(s)
	}
	if err = h.Save(r, w, s); err != nil {
		h.fill(s)
	}
	return failed, err
}

// backOff waits a random time, a little longer at each attempt, so that
// requests that collided once do not collide again.
func backOff(ctx context.Context, attempt int) error {
	var chance [1]byte
	rand.Read(chance[:])
	most := min(time.Millisecond<<min(attempt, 10), 20*time.Millisecond)
	t := time.NewTimer(most * time.Duration(1+int(chance[0])) / 256)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return &Error{Op: "save", Err: ctx.Err()}
	case <-t.C:
		return nil
	}
}
