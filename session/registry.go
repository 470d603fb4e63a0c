package session

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gorilla/sessions"
)

var errNotOurs = errors.New("the session was not opened by this store")

// opened returns the state of the session of that name during r: empty at
// first.
//
// gorilla's registry keeps a request's sessions and their errors, but not their
// stores: the store that asks for a session becomes its store. So the state of
// a session is kept there as the error of another session, which no program
// asks for.
func (st *Store) opened(r *http.Request, name string) (*opened, error) {
	_, err := sessions.GetRegistry(r).Get(keeper{st}, name+"!")
	o, ok := err.(*opened)
	if !ok {
		return nil, notOpened(name)
	}
	if o.Store != st {
		return nil, errNotOurs
	}
	return o, nil
}

// notOpened says why the registry has no session of ours by that name.
func notOpened(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	return errNotOurs
}

// checkName returns an error if no cookie can have that name, as gorilla's stores do.
func checkName(name string) error {
	if err := (&http.Cookie{Name: name}).Valid(); err != nil {
		return fmt.Errorf("%q is no name of a cookie: %w", name, err)
	}
	return nil
}

// A keeper is the store of sessions that exist for the sake of their error.
type keeper struct{ *Store }

func (k keeper) New(r *http.Request, _ string) (*sessions.Session, error) {
	o := &opened{Store: k.Store, visit: visit{trace: traced(r.Context())}}
	return &o.first, o
}

func (keeper) Save(*http.Request, http.ResponseWriter, *sessions.Session) error { return nil }

// New opens the session, when gorilla's registry asks for it.
func (o *opened) New(r *http.Request, name string) (*sessions.Session, error) {
	if o.session != nil { // a program asks, for another one
		return o.Store.New(r, name)
	}
	o.make(o, name)
	o.load(r.Context(), o.session, o.idFrom(r, name))
	return o.session, o.err
}
