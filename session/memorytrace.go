package session

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// A watch tells a trace of one operation; a nil watch tells nobody.
type watch struct {
	trace *Trace
	start time.Time
}

// watched reads the clock only if somebody watches the request.
func watched(ctx context.Context) *watch {
	trace := ContextTrace(ctx)
	if trace == nil || trace.Query == nil {
		return nil
	}
	return &watch{trace: trace, start: time.Now()}
}

// report shows an operation on the map as the Go statement it is, with the key
// in the place of the percent sign.
func (w *watch) report(statement, key string, hit bool) {
	if w == nil {
		return
	}
	info := QueryInfo{
		System: "memory",
		Text:   strings.Replace(statement, "%", strconv.Quote(key), 1),
		Took:   time.Since(w.start),
	}
	if hit {
		info.Rows = 1
	}
	w.trace.Query(info)
}
