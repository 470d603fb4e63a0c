package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"syscall"

	"github.com/alexedwards/scs/v2"
	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// routes returns the server of a contender that is written in Go. Its files, if
// it has any, are below the working directory.
func routes(name string) (http.Handler, func() error, error) {
	e := echo.New()
	closed := func() error { return nil }
	switch name {
	case limitName:
		e.GET("/", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page(1)) })
	case "memory":
		e.GET("/", count(session.New(session.NewMemory(), session.DefaultOptions())))
	case "sqlite":
		db, err := sqlite.Open(filepath.Join("data", "sessions.db"), sqlite.Options{})
		if err != nil {
			return nil, nil, err
		}
		closed = db.Close
		backend, err := sqlbackend.New(context.Background(), db, sqlbackend.SQLite)
		if err != nil {
			return nil, nil, err
		}
		e.GET("/", count(session.New(backend, session.DefaultOptions())))
	case "redis":
		backend, stop, err := redisStore()
		if err != nil {
			return nil, nil, err
		}
		closed = stop
		e.GET("/", count(session.New(backend, session.DefaultOptions())))
	case "gorilla-cookie":
		e.GET("/", count(sessions.NewCookieStore([]byte("0123456789abcdef0123456789abcdef"))))
	case "scs":
		m := scs.New()
		e.GET("/", countSCS(m), echo.WrapMiddleware(m.LoadAndSave))
	default:
		return nil, nil, fmt.Errorf("no contender is called %q", name)
	}
	return e, closed, nil
}

// count is a step over any of gorilla's stores.
func count(store sessions.Store) echo.HandlerFunc {
	return func(c echo.Context) error {
		s, err := store.Get(c.Request(), "session")
		if err != nil {
			return err
		}
		n, _ := s.Values["n"].(int64)
		n++
		s.Values["n"] = n
		if err := s.Save(c.Request(), c.Response()); err != nil {
			return err
		}
		return c.HTMLBlob(http.StatusOK, page(n))
	}
}

// countSCS is a step over scs.
func countSCS(m *scs.SessionManager) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		n := m.GetInt64(ctx, "n") + 1
		m.Put(ctx, "n", n)
		return c.HTMLBlob(http.StatusOK, page(n))
	}
}

// profileEnv names the file that a server writes its CPU profile to.
const profileEnv = "SESSIONLAB_BENCH_PROFILE"

// serve is the process of a contender that is written in Go.
func serve(name string) (err error) {
	handler, closed, err := routes(name)
	if err != nil {
		return err
	}
	if file := os.Getenv(profileEnv); file != "" {
		stop, err := profile(file)
		if err != nil {
			return err
		}
		defer stop()
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	server := &http.Server{Handler: handler}
	context.AfterFunc(ctx, func() { server.Close() })
	fmt.Printf("listening at http://%s\n", l.Addr())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return closed()
}

func profile(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, pprof.StartCPUProfile(f)
}
