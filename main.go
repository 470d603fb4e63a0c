// Session Lab teaches web sessions by letting people work on a real one.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/announce"
	"github.com/sessionlab/sessionlab/internal/audit"
	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/database"
	"github.com/sessionlab/sessionlab/internal/desktop"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/internal/wire"
	"github.com/sessionlab/sessionlab/static"
)

func main() {
	cfg := configure(os.Args[1:])
	if cfg.command == "lessons check <dir>" {
		if !checkLessons(cfg.LessonsCommand.Check.Dir, os.Stdout) {
			os.Exit(1)
		}
		return
	}
	if os.Getenv("GOGC") == "" {
		// The live heap is small, and a step allocates much: collecting a quarter as
		// often gives a tenth more steps a second for some 30 MB.
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal waits for nothing
	if err := run(ctx, cfg, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "sessionlab:", err)
		if desktop.DoubleClicked() { // the window closes when the program ends
			fmt.Fprintln(os.Stderr, "Press Enter to close this window.")
			_, _ = os.Stdin.Read(make([]byte, 1))
		}
		var address *stores.AddressError
		if errors.As(err, &address) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// run serves until ctx is done, and then lets requests under way finish.
func run(ctx context.Context, cfg config, out, errs io.Writer) error {
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: cfg.LogLevel}))
	var set stores.Set
	defer set.Close(log)
	if err := set.AddServers(stores.Addresses{Redis: cfg.Redis, MySQL: cfg.MySQL, Postgres: cfg.Postgres}); err != nil {
		return fmt.Errorf("--%w", err) // a store and its flag have one name
	}
	db, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer db.Close(log)
	set.Add(db.Stores...)
	hash := audit.NewHash(db.Key)
	guesses := audit.NewGuesses(log, hash, time.Now)
	var (
		counted   *meter
		counter   handlers.Counter
		observers = []lab.Observer{doubting(set.Named(db.DefaultStore)), guesses, audit.NewLives(log, hash)}
	)
	if cfg.Metrics != "" {
		if counted, err = openMeter(cfg.Metrics); err != nil {
			return err
		}
		counter = counted
		observers = append(observers, counted)
		if db.Memory != nil {
			counted.Evictions(db.Memory.Evicted)
		}
	}
	bench := lab.New(lab.Options{
		Key: db.Key, State: db.State,
		Stores: set.Backends(), Default: db.DefaultStore,
		Limits: cfg.Limits.ofLab(), Timeouts: cfg.timeouts(), Now: time.Now, Observers: observers,
	})
	if counted != nil {
		counted.Benches(func() (int, int64, int64) {
			now, removed := bench.Totals()
			return now.Benches, now.Bytes, removed
		})
	}
	learning, err := newCurriculum(cfg.Lessons, errs)
	if err != nil {
		return err
	}
	seats := seat.NewRegistry(db.Key, db.State, bench, cfg.timeouts(), time.Now)
	assets, err := static.New()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	inside := browser.Listen() // for the virtual browsers
	web := handlers.New(handlers.Options{
		Lab: bench, Seats: seats, Browsers: browser.NewClient(inside), Words: i18n.Load(), Assets: assets, Source: source.NewLibrary(sources), Log: log, Now: time.Now, Location: time.Local,
		Stopping: ctx.Done(), Ready: func(ctx context.Context) error { return errors.Join(db.Ping(ctx), set.Ready()) }, BaseURL: cfg.BaseURL, TrustProxy: cfg.TrustProxy,
		State: db.DefaultStore, Where: set.Where(), StoreState: set.State, Guesses: guesses, Counter: counter,
		Experiments: func() []*experiment.Experiment { return learning().experiments },
		Lessons:     func() []*lesson.Lesson { return learning().lessons },
		Guide:       newGuide(errs),
		SeatStreams: cfg.Limits.MaxSeatStreams, Streams: cfg.Limits.streams(maxFiles()),
	})

	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	set.Run(ctx, g, log)
	set.Asked(ctx, time.Second)
	g.Go(func() error { return serve(ctx, web.Routes(), log, listener, inside) })
	db.Run(ctx, g, bench, seats, log)
	g.Go(func() error { return guesses.Run(ctx) })
	here := tell(out, listener.Addr())
	if counted != nil {
		g.Go(func() error { return serve(ctx, counted.routes(), log, counted) })
		fmt.Fprintf(out, "Metrics are at http://%s/metrics\n", counted.Addr())
	}
	if cfg.open() {
		if err := desktop.Open(here); err != nil {
			log.Warn("cannot open a browser", "error", err)
		}
	}
	return g.Wait()
}

// openDatabase opens what --state names.
func openDatabase(ctx context.Context, cfg config) (*database.Database, error) {
	if cfg.State == "redis" {
		db, err := database.OpenRedis(ctx, cfg.Redis)
		if err != nil {
			return nil, fmt.Errorf("--redis: %w", err)
		}
		return db, nil
	}
	db, err := database.OpenFile(ctx, cfg.Data, cfg.Limits.MaxMemorySessions)
	if err != nil {
		return nil, fmt.Errorf("--data: %w", err)
	}
	return db, nil
}

// doubting observes steps: one that could not be stored puts the store in doubt that
// lives in the same place. There may be no such store.
func doubting(store *stores.Store) lab.ObserverFunc {
	return func(_ string, _ *step.Step, err error) {
		var failed *lab.StateError
		if store != nil && errors.As(err, &failed) {
			store.Doubt()
		}
	}
}

// tell says where the server is, and returns its address on this machine.
func tell(out io.Writer, listening net.Addr) (here string) {
	own, _ := net.InterfaceAddrs() // the address on this machine is known anyway
	here, network := announce.URLs(listening.(*net.TCPAddr), own)
	fmt.Fprintln(out, "Session Lab is at", here)
	for _, url := range network {
		fmt.Fprintln(out, "On the network it is at", url)
	}
	return here
}

// serve answers requests that come by any of the listeners until ctx is done. One
// server answers them all.
func serve(ctx context.Context, h http.Handler, log *slog.Logger, listeners ...net.Listener) error {
	const grace = 10 * time.Second // for requests under way
	server := wire.NewServer(origin.Handler(h), log.Handler())
	server.ConnContext = origin.ConnContext(server.ConnContext)
	g, ctx := errgroup.WithContext(ctx)
	for _, l := range listeners {
		g.Go(func() error {
			if err := server.Serve(wire.Listen(l)); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
	}
	g.Go(func() error {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			log.Warn("requests were cut off", "after", grace)
			err = server.Close()
		}
		if err != nil {
			return fmt.Errorf("stop: %w", err)
		}
		return nil
	})
	return g.Wait()
}
