package sqlbackend

import (
	"context"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// read is b.db.Read with the trace of ctx told of the statements.
func (b *Backend) read(ctx context.Context, f func(Conn) error) error {
	return b.tell(ctx, b.db.Read, f)
}

// scan is b.db.Scan with the trace of ctx told of the statements.
func (b *Backend) scan(ctx context.Context, f func(Conn) error) error {
	return b.tell(ctx, b.db.Scan, f)
}

// write is b.db.Write with the trace of ctx told of the statements.
func (b *Backend) write(ctx context.Context, f func(Conn) error) error {
	return b.tell(ctx, b.db.Write, f)
}

// writeOne is b.db.WriteOne with the trace of ctx told of the statement.
func (b *Backend) writeOne(ctx context.Context, f func(Conn) error) error {
	return b.tell(ctx, b.db.WriteOne, f)
}

// tell runs f by means of run. The trace is told afterwards, on the caller's
// goroutine, since run may use another, and may abandon f when ctx ends.
func (b *Backend) tell(ctx context.Context, run func(context.Context, func(Conn) error) error, f func(Conn) error) error {
	trace := session.ContextTrace(ctx)
	if trace == nil || trace.Query == nil {
		return run(ctx, f)
	}
	var told []session.QueryInfo
	err := run(ctx, func(c Conn) error {
		r := recorder{conn: c, system: b.dialect.Name}
		defer func() { told = r.told }()
		return f(&r)
	})
	if ended := ctx.Err(); ended != nil && errors.Is(err, ended) {
		return err
	}
	for _, info := range told {
		trace.Query(info)
	}
	return err
}

// A recorder is a Conn that notes what is sent through it.
type recorder struct {
	conn   Conn
	system string
	told   []session.QueryInfo
}

func (r *recorder) Exec(text string, args ...any) (int64, error) {
	start := time.Now()
	changed, err := r.conn.Exec(text, args...)
	r.note(start, text, args, changed, err)
	return changed, err
}

func (r *recorder) Query(each func(Row) error, text string, args ...any) error {
	start := time.Now()
	var found int64
	err := r.conn.Query(func(row Row) error {
		found++
		return each(row)
	}, text, args...)
	r.note(start, text, args, found, err)
	return err
}

func (r *recorder) note(start time.Time, text string, args []any, rows int64, err error) {
	r.told = append(r.told, session.QueryInfo{
		System: r.system, Text: text, Args: args, Rows: rows, Took: time.Since(start), Err: err,
	})
}
