package state_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

func open(t *testing.T, file string) *state.State {
	t.Helper()
	db, err := sqlite.Open(file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := state.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var start = time.UnixMilli(1_800_000_000_123)

func check(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAllIsThereWhenTheFileIsOpenedAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.db")
	s, ctx := open(t, file), t.Context()
	owner := seat.Row{Hash: "h", Issued: start, Used: start.Add(time.Hour), Bench: 2}
	bench := lab.BenchRow{ID: "b", Settings: lab.DefaultSettings("k\x00é"), Created: start, Used: start}
	recorded := &step.Step{
		N: 1, Worker: 1, Op: step.OpSet, Mechanism: step.MechanismServer, Time: start.UTC(), Request: step.Request{Method: "POST", Headers: [][2]string{{"X", "<é\x00\u2028>"}}, Body: "a=b"},
		Events: []step.Event{{Lane: step.LaneBrowser, Kind: step.RequestSent}}, After: step.Sides{Cookie: &step.Cookie{Raw: "x"}}, Result: []byte(`"v"`),
	}
	line := step.Summary{N: 1, Op: step.OpSet, Mechanism: step.MechanismServer, Time: start.UTC(), Sent: "c", Left: "l", Cookie: step.Added}
	check(t, s.SaveSeat(ctx, owner), s.SaveBench(ctx, bench))
	size, err := s.AddStep(ctx, "b", recorded, line, nil)
	check(t, err)
	line.Size = size

	for range 2 {
		gotSeat, err := s.SeatRow(ctx, "h")
		check(t, err)
		gotBench, err := s.BenchRow(ctx, "b")
		check(t, err)
		gotStep, err := s.Step(ctx, "b", 1)
		check(t, err)
		lines, err := s.Summaries(ctx, "b")
		check(t, err)
		for _, c := range []struct{ got, want any }{{gotSeat, owner}, {gotBench, bench}, {gotStep, recorded}, {lines, []step.Summary{line}}} {
			if !reflect.DeepEqual(c.got, c.want) {
				t.Errorf("got %+v; want %+v", c.got, c.want)
			}
		}
		again := open(t, file)
		if !bytes.Equal(again.Key(), s.Key()) || len(s.Key()) != 32 {
			t.Errorf("the key is %x after %x", again.Key(), s.Key())
		}
		s = again
	}
}

func TestWhatIsNotThereIsUnknown(t *testing.T) {
	s, ctx := open(t, filepath.Join(t.TempDir(), "state.db")), t.Context()
	_, err1 := s.SeatRow(ctx, "h")
	_, err2 := s.BenchRow(ctx, "b")
	_, err3 := s.Step(ctx, "b", 1)
	_, err4 := s.AddStep(ctx, "b", &step.Step{N: 1}, step.Summary{N: 1}, nil)
	for i, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, lab.ErrUnknown) {
			t.Errorf("%d: %v; want ErrUnknown", i, err)
		}
	}
	if lines, err := s.Summaries(ctx, "b"); err != nil || len(lines) != 0 {
		t.Errorf("Summaries = %v, %v; want none", lines, err)
	}
	check(t, s.DeleteBench(ctx, "b", start))
}

func TestAStepIsNeverReplaced(t *testing.T) {
	s, ctx := open(t, filepath.Join(t.TempDir(), "state.db")), t.Context()
	check(t, s.SaveBench(ctx, lab.BenchRow{ID: "b"}))
	_, err := s.AddStep(ctx, "b", &step.Step{N: 1, Op: step.OpSet}, step.Summary{N: 1}, nil)
	check(t, err)
	if _, err := s.AddStep(ctx, "b", &step.Step{N: 1, Op: step.OpPop}, step.Summary{N: 1}, nil); err == nil {
		t.Error("a second step 1 was taken")
	}
	if got, err := s.Step(ctx, "b", 1); err != nil || got.Op != step.OpSet {
		t.Errorf("step 1 = %v, %v", got, err)
	}
}

func TestAnEndedSeatStaysEnded(t *testing.T) {
	s, ctx := open(t, filepath.Join(t.TempDir(), "state.db")), t.Context()
	row := seat.Row{Hash: "h", Issued: start, Used: start, Bench: 1}
	late := row
	row.Bench, row.Ended = 3, true
	check(t, s.SaveSeat(ctx, row), s.SaveSeat(ctx, late)) // of a request that began before
	if got, err := s.SeatRow(ctx, "h"); err != nil || !got.Ended || got.Bench != 3 {
		t.Errorf("the seat is %+v, %v; want it ended, at bench 3", got, err)
	}
}

func TestSweepTakesTheOldAndNothingElse(t *testing.T) {
	s, ctx := open(t, filepath.Join(t.TempDir(), "state.db")), t.Context()
	for i := range 50 {
		id := fmt.Sprintf("old%02d", i)
		check(t, s.SaveBench(ctx, lab.BenchRow{ID: id, Used: start}))
		_, err := s.AddStep(ctx, id, &step.Step{N: 1}, step.Summary{N: 1}, nil)
		check(t, err)
	}
	check(t,
		s.SaveBench(ctx, lab.BenchRow{ID: "new", Used: start.Add(time.Millisecond)}),
		s.SaveSeat(ctx, seat.Row{Hash: "old", Issued: start}), s.SaveSeat(ctx, seat.Row{Hash: "new", Issued: start.Add(time.Millisecond)}))
	check(t, s.SweepSeats(ctx, start.Add(time.Millisecond)))
	var swept []string
	for {
		ids, err := s.Sweep(ctx, start.Add(time.Millisecond), start.Add(time.Millisecond))
		check(t, err)
		if len(ids) == 0 {
			break
		}
		swept = append(swept, ids...)
	}
	if slices.Sort(swept); len(slices.Compact(swept)) != 50 {
		t.Errorf("%d benches were swept: %v; want 50", len(swept), swept)
	}
	_, newBench := s.BenchRow(ctx, "new")
	_, newSeat := s.SeatRow(ctx, "new")
	check(t, newBench, newSeat)
	if _, err := s.SeatRow(ctx, "old"); !errors.Is(err, lab.ErrUnknown) {
		t.Errorf("the old seat: %v; want ErrUnknown", err)
	}
	if _, err := s.Step(ctx, "old00", 1); !errors.Is(err, lab.ErrUnknown) {
		t.Errorf("a step of an old bench: %v; want ErrUnknown", err)
	}
}

func TestTwoServersOpeningOneFileAgreeOnTheKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.db")
	keys := make([][]byte, 4)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			db, err := sqlite.Open(file, sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			s, err := state.Open(t.Context(), db)
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = s.Key()
		})
	}
	wg.Wait()
	for _, key := range keys {
		if len(key) != 32 || !bytes.Equal(key, keys[0]) {
			t.Errorf("keys are %x", keys)
		}
	}
}
