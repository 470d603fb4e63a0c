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
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/wire"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/static"
)

func main() {
	cfg := configure(os.Args[1:])
	if os.Getenv("GOGC") == "" {
		// The live heap is small, and a step allocates much: collecting a quarter as
		// often gives a tenth more steps a second for some 30 MB.
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal waits for nothing
	if err := run(ctx, cfg, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "sessionlab:", err)
		var flag *flagError
		if errors.As(err, &flag) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// run serves until ctx is done, and then lets requests under way finish.
func run(ctx context.Context, cfg config, out, errs io.Writer) error {
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: cfg.LogLevel}))
	var set storeSet
	defer set.close(log)
	if err := set.servers(cfg); err != nil {
		return err
	}
	kept, err := openKeeper(ctx, cfg)
	if err != nil {
		return err
	}
	defer kept.end(log)
	set.all = append(kept.stores, set.all...)
	var (
		counted   *meter
		counter   handlers.Counter
		observers = []lab.Observer{set.doubting(kept.store)}
	)
	if cfg.Metrics != "" {
		if counted, err = openMeter(cfg.Metrics); err != nil {
			return err
		}
		counter = counted
		observers = append(observers, counted)
		if kept.memory != nil {
			counted.Evictions(kept.memory.Evicted)
		}
	}
	bench := lab.New(lab.Options{
		Key: kept.key, State: kept.State,
		Stores: set.backends(), Default: kept.store,
		Limits: cfg.Limits.ofLab(), Timeouts: cfg.timeouts(), Now: time.Now, Observers: observers,
	})
	seats := seat.NewRegistry(kept.key, kept.State, bench, cfg.timeouts(), time.Now)
	assets, err := static.New()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	web := handlers.New(handlers.Options{
		Lab: bench, Seats: seats, Words: i18n.Load(), Assets: assets, Source: source.NewLibrary(sources), Log: log, Now: time.Now, Location: time.Local,
		Stopping: ctx.Done(), Ready: func(ctx context.Context) error { return errors.Join(kept.ping(ctx), set.ready()) }, BaseURL: cfg.BaseURL, TrustProxy: cfg.TrustProxy,
		State: kept.store, Where: set.where(), StoreState: set.state, Counter: counter,
	})

	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	set.run(ctx, g, log)
	set.asked(ctx, time.Second)
	g.Go(func() error { return serve(ctx, listener, web.Routes(), log) })
	kept.run(ctx, g, bench, seats, log)
	fmt.Fprintf(out, "Session Lab is at http://%s\n", listener.Addr())
	if counted != nil {
		g.Go(func() error { return serve(ctx, counted, counted.routes(), log) })
		fmt.Fprintf(out, "Metrics are at http://%s/metrics\n", counted.Addr())
	}
	return g.Wait()
}

// serve answers requests until ctx is done.
func serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	const grace = 10 * time.Second // for requests under way
	server := wire.NewServer(h, log.Handler())
	server.ConnContext = origin.ConnContext(origin.Network, server.ConnContext)
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			log.Warn("requests were cut off", "after", grace)
			err = server.Close()
		}
		stopped <- err
	})
	defer stop()
	if err := server.Serve(wire.Listen(l)); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	if err := <-stopped; err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// every runs a chore now and then until ctx is done. One that fails is tried
// again the next time.
func every(ctx context.Context, pause time.Duration, log *slog.Logger, name string, chore func(context.Context) error) error {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := chore(ctx); err != nil && ctx.Err() == nil {
				log.Error(name, "error", err)
			}
		}
	}
}

// sweep is the chore of removing expired sessions.
func sweep(s session.Sweeper) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := s.Sweep(ctx, time.Now())
		return err
	}
}
