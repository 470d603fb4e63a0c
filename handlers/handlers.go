// Package handlers is the web side of Session Lab: the app under study, and the
// pages of the product around it. Echo lives here and in main alone.
package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/static"
)

// Options are what the handlers need.
type Options struct {
	Lab    *lab.Lab
	Seats  *seat.Registry
	Words  *i18n.Catalog
	Assets *static.Assets
	Source *source.Library // the program's own code
	Log    *slog.Logger
	Now    func() time.Time

	// Stopping is closed when the server stops, so that open streams end.
	Stopping <-chan struct{}
	// Ready reports whether requests can be served: nil, or what is missing.
	Ready func(context.Context) error
	// Patience is how long a request may wait for stores in all; 0: 2 seconds.
	Patience time.Duration
	// BaseURL, unless empty, is the address learners use: scheme://host.
	BaseURL string
	// TrustProxy says that X-Forwarded-Proto comes from a proxy of ours.
	TrustProxy bool
	// Location is where the times on pages are told.
	Location *time.Location
	// State is where benches and their steps are kept: the name of a store.
	State string
	// Where says, for each store by name, where it keeps its records.
	Where map[string]string
	// StoreState returns nil for a store that answered when it was last asked. Nil
	// stands for stores that always do.
	StoreState func(name string) error
	// Counter, unless nil, counts what is done.
	Counter Counter
}

// A Counter is told what a server does. Its methods may be called concurrently.
type Counter interface {
	// Request is told of an answered request: a known method, and the pattern of
	// its route, which is empty if there is none.
	Request(method, route string, status int, took time.Duration)
	// Stream is told that a live stream begins, and by ended that it has.
	Stream() (ended func())
}

// Handlers serve all routes. They are safe for concurrent use.
type Handlers struct {
	Options
	csrf *http.CrossOriginProtection
}

// New returns the handlers.
func New(o Options) *Handlers {
	o.BaseURL = strings.TrimRight(o.BaseURL, "/")
	if o.Patience == 0 {
		o.Patience = 2 * time.Second
	}
	return &Handlers{Options: o, csrf: http.NewCrossOriginProtection()}
}

// secure reports whether the client spoke https. With a BaseURL of https learners
// do, whether or not the proxy that takes the calls says so.
func (h *Handlers) secure(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(h.BaseURL, "https://") ||
		h.TrustProxy && r.Header.Get("X-Forwarded-Proto") == "https"
}

// origin is the scheme and host that the client used.
func (h *Handlers) origin(r *http.Request) string {
	switch {
	case h.BaseURL != "":
		return h.BaseURL
	case h.secure(r):
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
