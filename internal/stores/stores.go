// Package stores holds the session stores that benches can choose. A store on
// another machine may be away when the program starts, and come and go while it
// runs: it is opened as soon as it answers, and watched from then on.
package stores

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A Backend is what a [Store] can be of.
type Backend interface {
	session.Backend
	session.Ranger
}

// A Store is a backend that need not be there. Until it is opened, and whenever
// it is away, its methods return errors. It is safe for concurrent use.
type Store struct {
	name  string
	where string
	open  func(context.Context) (Backend, error)
	ping  func(context.Context) error

	backend atomic.Pointer[Backend]
	state   atomic.Pointer[error]
	doubted atomic.Bool

	first sync.Once     // asked
	asked chan struct{} // closed then
}

var (
	_ Backend         = (*Store)(nil)
	_ session.Sweeper = (*Store)(nil)
)

var errNotYet = errors.New("it has not been asked yet")

// New returns a store that is opened by open, and asked by ping whether it
// answers. Where says where it is, without any password.
func New(name, where string, open func(context.Context) (Backend, error), ping func(context.Context) error) *Store {
	s := &Store{name: name, where: where, open: open, ping: ping, asked: make(chan struct{})}
	s.note(errNotYet)
	return s
}

// Open returns a store over a backend that is always there.
func Open(name, where string, backend Backend) *Store {
	s := New(name, where, nil, func(context.Context) error { return nil })
	s.backend.Store(&backend)
	s.note(nil)
	s.first.Do(func() { close(s.asked) })
	return s
}

// Name returns the store's name, as settings have it.
func (s *Store) Name() string { return s.name }

// Where returns where it is.
func (s *Store) Where() string { return s.where }

// State returns nil if the store answered when it was last asked, or why not.
func (s *Store) State() error { return *s.state.Load() }

// Asked is closed once the store has been asked whether it is there.
func (s *Store) Asked() <-chan struct{} { return s.asked }

func (s *Store) note(err error) { s.state.Store(&err) }

// patience is how long a store may take to say that it is there.
const patience = 2 * time.Second

// Doubt has the next Check try a write, for something that is stored in the same
// place could not be written: a store that is full still answers.
func (s *Store) Doubt() { s.doubted.Store(true) }

// Check asks the store whether it is there, and opens it if it was not open, or has
// lost its table. If a write has failed since, it tries one.
func (s *Store) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := s.check(ctx)
	if err != nil {
		err = fmt.Errorf("stores: %s: %w", s.name, err)
	}
	s.note(err)
	s.first.Do(func() { close(s.asked) })
	return err
}

func (s *Store) check(ctx context.Context) error {
	backend := s.backend.Load()
	if backend != nil {
		err := s.ping(ctx)
		if err == nil {
			return s.settle(ctx, *backend)
		}
		if session.FaultOf(err) != session.FaultNoTable {
			return err
		}
	}
	opened, err := s.open(ctx)
	if err == nil {
		s.backend.Store(&opened)
	}
	return err
}

// settle tries, where writes have failed, whether one succeeds by now.
func (s *Store) settle(ctx context.Context, b Backend) error {
	if !s.doubted.Swap(false) {
		return nil
	}
	err := probe(ctx, b)
	if err != nil {
		s.doubted.Store(true)
	}
	return err
}

// probe saves a record of the largest size, for where there is little room the
// small ones still find some, and deletes it again.
func probe(ctx context.Context, b Backend) error {
	now := time.Now()
	rec := session.Record{
		Values:  []byte(`{"probe":"` + strings.Repeat("x", 64<<10) + `"}`),
		Created: now, Renewed: now, Expires: now.Add(time.Minute),
	}
	key := "probe:" + rand.Text()
	if err := b.Save(ctx, key, rec, now); err != nil {
		return err
	}
	return b.Delete(ctx, key, 0)
}

// Watch checks the store at each tick until ctx is done, and then returns nil.
// What the store says is handed to changed when it is no more what it was; that it
// is there to begin with goes without saying.
func (s *Store) Watch(ctx context.Context, tick <-chan time.Time, changed func(error)) error {
	var was error
	for {
		now := s.Check(ctx)
		if ctx.Err() == nil && (was == nil) != (now == nil) {
			changed(now)
		}
		was = now
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
		}
	}
}

// there returns the backend, or why there is none yet.
func (s *Store) there() (Backend, error) {
	if b := s.backend.Load(); b != nil {
		return *b, nil
	}
	return nil, s.State()
}
