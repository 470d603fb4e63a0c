package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/step"
)

func roundTrip(ctx context.Context, s State) error {
	owner := seat.Row{Hash: "h", Issued: start, Used: start.Add(time.Hour), Bench: 2}
	// Settings that know of others before them, as changes of the mechanism leave them.
	bench := lab.BenchRow{ID: "b", Created: start, Used: start.Add(time.Minute)}
	err := lab.DecodeBench(&bench, []byte(`{"secret_key":"k\u0000é","fallback_keys":[],"epoch":2,"over":{"flask":"2027-01-15T08:00:01Z"},"ahead":"743h59m50s","course":{"amnesia":{"part":"q1.act"}}}`))
	if err != nil {
		return err
	}
	recorded := &step.Step{
		N: 1, Op: step.OpSet, Mechanism: step.MechanismServer, Time: start.UTC(), Ahead: step.Ahead(time.Hour), Worker: 2,
		Request: step.Request{Method: "POST", Headers: [][2]string{{"X", "<é\x00\u2028>"}}, Body: "a=b"},
		Events:  []step.Event{{Lane: step.LaneBrowser, Kind: step.RequestSent}},
		After:   step.Sides{Cookie: &step.Cookie{Raw: "x"}}, Result: []byte(`"v"`),
	}
	line := step.Summary{N: 1, Op: step.OpSet, Mechanism: step.MechanismServer, Time: start.UTC(), Ahead: step.Ahead(time.Hour), Sent: "c", Left: "l", Cookie: step.Added}
	if err := errors.Join(s.SaveSeat(ctx, owner), s.SaveBench(ctx, bench)); err != nil {
		return err
	}
	size, err := s.AddStep(ctx, "b", recorded, line, nil)
	if err != nil {
		return err
	}
	if line.Size = size; size < 100 {
		return fmt.Errorf("a step takes %d bytes", size)
	}
	gotSeat, err1 := s.SeatRow(ctx, "h")
	gotBench, err2 := row(ctx, s, "b")
	gotStep, err3 := s.Step(ctx, "b", 1)
	gotLines, err4 := s.Summaries(ctx, "b")
	return errors.Join(err1, err2, err3, err4,
		same("seat", gotSeat, owner), same("bench", gotBench, bench),
		same("step", gotStep, recorded), same("summaries", gotLines, []step.Summary{line}))
}

func unknown(ctx context.Context, s State) error {
	_, err1 := s.SeatRow(ctx, "h")
	_, err2 := s.BenchRow(ctx, "b")
	_, err3 := s.Step(ctx, "b", 1)
	lines, err4 := s.Summaries(ctx, "b")
	return errors.Join(isUnknown("seat", err1), isUnknown("bench", err2), isUnknown("step", err3),
		err4, same("number of summaries", len(lines), 0), s.DeleteBench(ctx, "b", start))
}

func replaced(ctx context.Context, s State) error {
	first := lab.BenchRow{ID: "b", Settings: lab.DefaultSettings("k"), Created: start, Used: start}
	second := lab.BenchRow{ID: "b", Settings: lab.DefaultSettings("other"), Created: start.Add(time.Hour), Used: start.Add(time.Hour)}
	if err := errors.Join(s.SaveBench(ctx, first), s.SaveBench(ctx, second)); err != nil {
		return err
	}
	second.Created = first.Created
	got, err := row(ctx, s, "b")
	return errors.Join(err, same("bench", got, second))
}

func removed(ctx context.Context, s State) error {
	if err := errors.Join(bench(ctx, s, "b"), bench(ctx, s, "c"), stepOf(ctx, s, "b", 1), stepOf(ctx, s, "c", 1), s.DeleteBench(ctx, "b", start)); err != nil {
		return err
	}
	_, err1 := s.BenchRow(ctx, "b")
	_, err2 := s.Step(ctx, "b", 1)
	_, err3 := s.Step(ctx, "c", 1)
	if err := errors.Join(isUnknown("bench", err1), isUnknown("step", err2), err3, isUnknown("late step", stepOf(ctx, s, "b", 2)), isUnknown("late change", bench(ctx, s, "b"))); err != nil {
		return err
	}
	if err := errors.Join(forget(ctx, s), bench(ctx, s, "b")); err != nil {
		return err
	}
	lines, err := s.Summaries(ctx, "b") // of another bench at the old address
	return errors.Join(err, same("number of summaries", len(lines), 0), stepOf(ctx, s, "b", 1))
}

// forget has a State forget which benches were removed.
func forget(ctx context.Context, s State) error {
	_, err := s.Sweep(ctx, start.Add(time.Hour), start)
	return err
}

func gone(ctx context.Context, s State) error {
	if err := errors.Join(bench(ctx, s, "b"), s.DeleteBench(ctx, "b", start), s.DeleteBench(ctx, "never", start.Add(time.Hour))); err != nil {
		return err
	}
	isGone := func(id string, want bool) error {
		_, err := s.BenchRow(ctx, id)
		return errors.Join(isUnknown(id, err), same(id+" is gone", errors.Is(err, lab.ErrGone), want))
	}
	sweep := func(before time.Time) error {
		_, err := s.Sweep(ctx, before, start)
		return err
	}
	return errors.Join(
		isGone("b", true), isGone("never", true), isGone("other", false),
		sweep(start), isGone("b", true),
		sweep(start.Add(time.Millisecond)), isGone("b", false), isGone("never", true),
	)
}

func ended(ctx context.Context, s State) error {
	late := seat.Row{Hash: "h", Issued: start, Used: start, Bench: 1}
	last := late
	last.Bench, last.Ended = 3, true
	if err := errors.Join(s.SaveSeat(ctx, last), s.SaveSeat(ctx, late)); err != nil { // of a request that began before
		return err
	}
	got, err := s.SeatRow(ctx, "h")
	return errors.Join(err, same("seat", got, last))
}

func swept(ctx context.Context, s State) error {
	const old = 50
	limit := start.Add(time.Millisecond)
	for i := range old {
		id := fmt.Sprintf("old%02d", i)
		if err := errors.Join(bench(ctx, s, id), stepOf(ctx, s, id, 1), s.SaveSeat(ctx, seat.Row{Hash: id, Issued: start})); err != nil {
			return err
		}
	}
	err := errors.Join(
		s.SaveBench(ctx, lab.BenchRow{ID: "new", Used: limit}), stepOf(ctx, s, "new", 1),
		s.SaveSeat(ctx, seat.Row{Hash: "new", Issued: limit}))
	if err != nil {
		return err
	}
	if err := s.SweepSeats(ctx, limit); err != nil {
		return err
	}
	var ids []string
	for {
		some, err := s.Sweep(ctx, limit, limit)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			break
		}
		if len(some) == old {
			return fmt.Errorf("%d benches are swept at a time; want a few", len(some))
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	_, err1 := s.BenchRow(ctx, "new")
	_, err2 := s.SeatRow(ctx, "new")
	_, err3 := s.Step(ctx, "new", 1)
	_, err4 := s.SeatRow(ctx, "old07")
	_, err5 := s.Step(ctx, "old07", 1)
	return errors.Join(same("number of swept benches", len(slices.Compact(ids)), old), err1, err2, err3,
		isUnknown("old seat", err4), isUnknown("step of an old bench", err5))
}

func usedAgain(ctx context.Context, s State) error {
	again := lab.BenchRow{ID: "b", Created: start, Used: start.Add(time.Hour)}
	if err := errors.Join(bench(ctx, s, "b"), bench(ctx, s, "c"), s.SaveBench(ctx, again)); err != nil {
		return err
	}
	ids, err := s.Sweep(ctx, start, start.Add(time.Minute))
	_, err2 := s.BenchRow(ctx, "b")
	return errors.Join(err, err2, same("swept", ids, []string{"c"}))
}

func totals(ctx context.Context, s State) error {
	empty, err := s.Totals(ctx)
	if err := errors.Join(err, same("benches", empty.Benches, 0), bench(ctx, s, "b"), bench(ctx, s, "c")); err != nil {
		return err
	}
	const steps, size = 100, 1000
	big := &step.Step{Op: step.OpSet, Request: step.Request{Body: strings.Repeat("x", size)}}
	for big.N = 1; big.N <= steps; big.N++ {
		if _, err := s.AddStep(ctx, "b", big, step.Summary{N: big.N}, nil); err != nil {
			return err
		}
	}
	full, err := s.Totals(ctx)
	if err == nil && full.Bytes < empty.Bytes+steps*size {
		err = fmt.Errorf("%d bytes with %d steps, %d without; want %d more", full.Bytes, steps, empty.Bytes, steps*size)
	}
	if err := errors.Join(err, same("benches", full.Benches, 2), s.DeleteBench(ctx, "b", start)); err != nil {
		return err
	}
	less, err := s.Totals(ctx)
	if err == nil && less.Bytes > full.Bytes-steps*size {
		err = fmt.Errorf("%d bytes after a bench was removed, %d before", less.Bytes, full.Bytes)
	}
	return errors.Join(err, same("benches", less.Benches, 1))
}

func evicted(ctx context.Context, s State) error {
	for i, id := range []string{"d", "a", "c", "b"} {
		used := start.Add(time.Duration(i) * time.Minute)
		if err := errors.Join(s.SaveBench(ctx, lab.BenchRow{ID: id, Created: start, Used: used}), stepOf(ctx, s, id, 1)); err != nil {
			return err
		}
	}
	last := start.Add(3 * time.Minute) // when b was used
	first, err1 := s.Evict(ctx, last, 2)
	rest, err2 := s.Evict(ctx, last, 20)
	none, err3 := s.Evict(ctx, last, 20)
	_, err4 := s.Step(ctx, "b", 1)
	_, err5 := s.Step(ctx, "d", 1)
	return errors.Join(err1, err2, err3, err4, isUnknown("step of an evicted bench", err5),
		same("evicted first", first, []string{"d", "a"}), same("evicted then", rest, []string{"c"}), same("number evicted last", len(none), 0))
}

func cancelled(ctx context.Context, s State) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	_, err1 := s.SeatRow(ctx, "h")
	_, err2 := s.BenchRow(ctx, "b")
	_, err3 := s.Step(ctx, "b", 1)
	_, err4 := s.Summaries(ctx, "b")
	_, err5 := s.Sweep(ctx, start, start)
	_, err6 := s.Jars(ctx, "b")
	_, err7 := s.Totals(ctx)
	_, err8 := s.Evict(ctx, start, 1)
	_, err9 := s.Entries(ctx, "b")
	for i, err := range []error{err1, err2, err3, err4, err5, err6, err7, err8, err9, s.SweepSeats(ctx, start), s.SaveSeat(ctx, seat.Row{Hash: "h"}), s.DeleteBench(ctx, "b", start), bench(ctx, s, "b"), stepOf(ctx, s, "b", 1), entry(ctx, s, step.Entry{N: 1}, 1)} {
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("method %d of a cancelled context: %v", i, err)
		}
	}
	return nil
}
