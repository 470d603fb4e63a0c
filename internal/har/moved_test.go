package har

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A request is on the wire in real time, whatever the app's clock shows.
func TestAMovedClockMovesNoRequest(t *testing.T) {
	real := time.Unix(1700000000, 0).UTC()
	moved := &step.Step{N: 1, Time: real.Add(31 * 24 * time.Hour), Ahead: step.Ahead(31 * 24 * time.Hour)}
	plain := &step.Step{N: 2, Time: real}
	var b bytes.Buffer
	if err := Write(&b, "http://h", "test", nil, all(moved, plain)); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if n := strings.Count(text, `"startedDateTime":"2023-11-14T22:13:20Z"`); n != 3 {
		t.Errorf("%d of 3 times are real:\n%s", n, text)
	}
	if n := strings.Count(text, `"_ahead":"31d"`); n != 1 || strings.Count(text, `"_ahead"`) != 1 {
		t.Errorf("%d entries of one say that the clock was ahead:\n%s", n, text)
	}
}
