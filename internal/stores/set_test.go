package stores

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"
)

func TestASetFindsAStoreWithinTwoSecondsOfItsReturn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		far := farAway()
		var set Set
		set.Add(far.store())
		var out bytes.Buffer
		end := running(t, &set, &out)
		time.Sleep(time.Hour) // of the fake clock
		if err := set.Ready(); !errors.Is(err, errAway) {
			t.Errorf("Ready while a store is away = %v; want %v", err, errAway)
		}
		far.away.Store(false)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if err := set.Ready(); err != nil {
			t.Errorf("Ready two seconds after it is back = %v; want nil", err)
		}
		end()
		for _, message := range []string{`msg="store unavailable" store=far`, `msg="store available again" store=far`} {
			if strings.Count(out.String(), message) != 1 {
				t.Errorf("the log is\n%s\nwant one %s", &out, message)
			}
		}
	})
}

func TestASetWaitsForASilentStoreNoLongerThanItIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := New("far", "far:1", func(ctx context.Context) (Backend, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}, nil)
		var set Set
		set.Add(silent)
		defer running(t, &set, new(bytes.Buffer))()
		began := time.Now()
		set.Asked(t.Context(), time.Second)
		if took := time.Since(began); took != time.Second {
			t.Errorf("Asked waits %v for a store that keeps silent; want the second that it is given", took)
		}
		set.Asked(t.Context(), time.Hour)
		if took := time.Since(began); took != patience {
			t.Errorf("Asked waits until %v have passed; want %v, when the store is given up", took, patience)
		}
	})
}

func TestASetNamesTheStoreWhoseAddressIsBad(t *testing.T) {
	for name, at := range map[string]Addresses{
		"redis":    {Redis: "http://127.0.0.1"},
		"mysql":    {MySQL: "nonsense"},
		"postgres": {Postgres: "postgres://u@[::1"},
	} {
		var set Set
		var bad *AddressError
		if err := set.AddServers(at); !errors.As(err, &bad) || bad.Store != name {
			t.Errorf("AddServers(%+v) = %v; want an error about %s", at, err, name)
		}
	}
}

// running runs a set until the function that it returns is called.
func running(t *testing.T, set *Set, log *bytes.Buffer) (end func()) {
	ctx, cancel := context.WithCancel(t.Context())
	g, ctx := errgroup.WithContext(ctx)
	set.Run(ctx, g, slog.New(slog.NewTextHandler(log, nil)))
	return func() {
		cancel()
		if err := g.Wait(); err != nil {
			t.Errorf("Run = %v; want nil", err)
		}
	}
}
