// Package handlers is the web side of Session Lab: the app under study, and the
// pages of the product around it. Echo lives here and in main alone.
package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/internal/advice"
	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
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

	// Browsers sends the requests of virtual browsers to the server that these handlers
	// answer for.
	Browsers *browser.Client

	// Experiments returns those that there are, in the order of their story, and Lessons
	// those of the course, in its order, each with a teacher's own after them. The first
	// call may take a moment; all return the same. nil: there are none.
	Experiments func() []*experiment.Experiment
	Lessons     func() []*lesson.Lesson
	// Guide returns what is worth trying on a bench, likewise.
	Guide func() *advice.Guide

	// Stopping is closed when the server stops, so that open streams end.
	Stopping <-chan struct{}
	// Ready reports whether requests can be served: nil, or what is missing.
	Ready func(context.Context) error
	// Patience is how long a request may wait for stores in all; 0: 2 seconds.
	Patience time.Duration
	// SeatStreams is how many live streams a seat may have open; 0: 20.
	SeatStreams int
	// Streams is how many may be open in all; 0: as many as there are clients.
	Streams int
	// BaseURL, unless empty, is the address learners use: scheme://host.
	BaseURL string
	// TrustProxy says that X-Forwarded-Proto is set by our own proxy.
	TrustProxy bool
	// Location is the time zone of the times on pages.
	Location *time.Location
	// State names the store of the benches and their steps.
	State string
	// Where says, for each store by name, where its records are.
	Where map[string]string
	// StoreState returns nil for a store that answered when it was last asked. A nil
	// StoreState stands for stores that always answer.
	StoreState func(name string) error
	// Guesses, unless nil, slows down those who try ids of sessions.
	Guesses Guesses
	// Counter, unless nil, counts requests and streams.
	Counter Counter
}

// Guesses knows which benches are guessed at. Its methods may be called concurrently.
type Guesses interface {
	// Wait returns how long the next unknown id on a bench has to wait, or 0.
	Wait(bench string) time.Duration
	// Refuse counts a request that was told to wait.
	Refuse(bench string)
}

// A Counter counts requests and streams. Its methods may be called concurrently.
type Counter interface {
	// Request counts an answered request: a known method, and the pattern of its
	// route, which is empty if it has none.
	Request(method, route string, status int, took time.Duration)
	// Stream counts a live stream as open until ended is called.
	Stream() (ended func())
}

// Handlers serve all routes. They are safe for concurrent use.
type Handlers struct {
	*core
	app   *app
	pages *pages
}

// core is what the app under study and the pages around it share.
type core struct {
	Options
	baseHost string // the host name in BaseURL
}

// pages are the product's own.
type pages struct {
	*core
	csrf      *http.CrossOriginProtection
	exporting sync.Map // the ids of benches that are being exported
	streams   *streams
	// operations are what virtual browsers can ask the app for.
	operations []operation
	runner     *experiment.Runner
}

// New returns the handlers. It panics if BaseURL is no address of a host.
func New(o Options) *Handlers {
	if o.Patience == 0 {
		o.Patience = 2 * time.Second
	}
	if o.SeatStreams == 0 {
		o.SeatStreams = defaultSeatStreams
	}
	if o.Experiments == nil {
		o.Experiments = func() []*experiment.Experiment { return nil }
	}
	if o.Lessons == nil {
		o.Lessons = func() []*lesson.Lesson { return nil }
	}
	if o.Guide == nil {
		o.Guide = func() *advice.Guide { return new(advice.Guide) }
	}
	h := &core{Options: o}
	csrf := http.NewCrossOriginProtection()
	if o.BaseURL != "" {
		base, err := url.Parse(strings.ToLower(strings.TrimRight(o.BaseURL, "/")))
		if err == nil {
			h.BaseURL, h.baseHost = originOf(base), base.Hostname()
			err = csrf.AddTrustedOrigin(h.BaseURL) // a proxy may hide that this is ours
		}
		if err != nil {
			panic(fmt.Errorf("handlers: base URL: %w", err))
		}
	}
	open := &streams{perSeat: o.SeatStreams, inAll: o.Streams, seats: make(map[string]int)}
	site := newApp(h)
	runner := &experiment.Runner{Lab: o.Lab, Client: o.Browsers}
	return &Handlers{core: h, app: site, pages: &pages{core: h, csrf: csrf, streams: open, operations: site.operations(), runner: runner}}
}
