package sessiontest

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
)

// A recorder is a testing.TB that notes a failure instead of failing the test.
type recorder struct {
	testing.TB
	failed atomic.Bool
	first  atomic.Pointer[string]
}

// record runs f, and returns the recorder f was given.
func record(t testing.TB, f func(t testing.TB)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() { // which FailNow may end
		defer close(done)
		f(r)
	}()
	<-done
	return r
}

func (r *recorder) note(message string) {
	r.failed.Store(true)
	r.first.CompareAndSwap(nil, &message)
}

func (r *recorder) message() string {
	if p := r.first.Load(); p != nil {
		return *p
	}
	return "no failure"
}

func (r *recorder) Helper()                      {}
func (r *recorder) Fail()                        { r.note("Fail") }
func (r *recorder) Failed() bool                 { return r.failed.Load() }
func (r *recorder) Error(args ...any)            { r.note(fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, args ...any) { r.note(fmt.Sprintf(f, args...)) }
func (r *recorder) FailNow()                     { r.Fail(); runtime.Goexit() }
func (r *recorder) Fatal(args ...any)            { r.Error(args...); runtime.Goexit() }
func (r *recorder) Fatalf(f string, args ...any) { r.Errorf(f, args...); runtime.Goexit() }
func (r *recorder) SkipNow()                     { runtime.Goexit() }
func (r *recorder) Skip(args ...any)             { runtime.Goexit() }
func (r *recorder) Skipf(f string, args ...any)  { runtime.Goexit() }
