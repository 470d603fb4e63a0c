package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
)

// Course returns what the bench's owner got to in the course; nil for nothing. It must
// not be modified.
func (b *Bench) Course() json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.course
}

// errNoChange is what an edit of a bench's row returns that changes nothing.
var errNoChange = errors.New("lab: no change")

// PutCourse replaces what the owner of a bench got to in the course by what edit makes
// of it: JSON, or nil for nothing. What stays the same is not stored again. Where several
// processes change it at once, edit is called again with what was stored meanwhile. It
// returns the error of edit, and then changes nothing.
func (l *Lab) PutCourse(ctx context.Context, b *Bench, edit func(json.RawMessage) (json.RawMessage, error)) error {
	_, err := l.rewrite(ctx, l.held(b.id, b), func(row *BenchRow) error {
		course, err := edit(row.Course)
		if err == nil && bytes.Equal(course, row.Course) {
			err = errNoChange
		}
		row.Course = course
		return err
	})
	if errors.Is(err, errNoChange) {
		return nil
	}
	return err
}
