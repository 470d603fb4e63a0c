package lab

import (
	"testing"
	"time"
)

func TestALoopIsPacedWhileOtherBenchesAreAtWork(t *testing.T) {
	// Paced to 20 a second, after 100 at once.
	l, _, clock := newLab(func(o *Options) { o.Limits.Rate, o.Limits.Burst = 50, 500 })
	loud, quiet := enter(t, l, l.BenchID(owner(), 0)), enter(t, l, l.BenchID(owner(), 0))
	paced := func(b *Bench, requests int) (waiting int, longest time.Duration) {
		for range requests {
			if wait := b.Pace(false); wait > 0 {
				waiting, longest = waiting+1, max(longest, wait)
			}
		}
		return waiting, longest
	}
	if waiting, _ := paced(loud, 300); waiting > 0 {
		t.Errorf("alone with the server, %d of 300 requests wait", waiting)
	}
	if waiting, _ := paced(quiet, 100); waiting > 0 {
		t.Errorf("%d of the first 100 requests of a bench wait", waiting)
	}
	if waiting, longest := paced(loud, 2); waiting != 2 || longest != 100*time.Millisecond {
		t.Errorf("beside another bench, %d of a loop's next 2 requests wait, %v; want both, 50 and 100 ms", waiting, longest)
	}
	if wait := loud.Pace(true); wait > 0 {
		t.Errorf("beside a stranger's loop, a click of the owner waits %v", wait)
	}
	clock.Advance(150 * time.Millisecond)
	if waiting, _ := paced(loud, 1); waiting > 0 {
		t.Error("a request waits that comes no faster than its turn")
	}
	clock.Advance(time.Second)
	if waiting, _ := paced(loud, 300); waiting > 0 {
		t.Errorf("when the other bench is at rest, %d of 300 requests wait", waiting)
	}
}

func TestALoopLeavesNoDebtToTheNextClick(t *testing.T) {
	l, _, clock := newLab(func(o *Options) { o.Limits.Rate, o.Limits.Burst = 50, 500 })
	loud, quiet := enter(t, l, l.BenchID(owner(), 0)), enter(t, l, l.BenchID(owner(), 0))
	for range 60 * 50 { // a minute at the rate that is allowed, from many connections
		quiet.Pace(true)
		if wait := loud.Pace(true); wait > LongestPause {
			t.Fatalf("a request waits %v; want %v at most", wait, LongestPause)
		}
		clock.Advance(time.Second / 50)
	}
	clock.Advance(time.Second)
	quiet.Pace(true)
	if wait := loud.Pace(true); wait > 0 {
		t.Errorf("a second after a loop, a click waits %v", wait)
	}
}
