package views

import (
	"strings"
	"testing"
)

// Where there is little room, what is left of the bytes still says something.
func TestShortBytesKeepWhatTells(t *testing.T) {
	const (
		load   = `SELECT data, created, renewed, expires, version FROM sessions WHERE key = ? -- ["session:k7:NHCHDCN6ZKA3G6UY"]`
		update = `UPDATE sessions SET data = ?, expires = ? WHERE key = ? AND version = ? -- ["{}",1,"session:k7:NHCH",3]`
	)
	for _, tt := range []struct {
		bytes string
		limit int
		want  string
	}{
		{load, 19, "SELECT … FROM sess…"},
		{update, 19, "UPDATE sessions SE…"},
		{`{"theme":"dark","uname":"alice"}`, 19, `{"theme":"dark","u…`},
		{`session = {"theme":"dark","uname":"alice"}`, 19, `session = {"theme"…`},
		{"Cookie: session=2FP3UR6ZOIA5LV3M.p03frSk", 19, "session=2FP3UR6ZOI…"},
		{"Cookie: session=2FP3UR6ZOIA5LV3M.p03frSk", 33, fit("Cookie: session=2FP3UR6ZOIA5LV3M.p03frSk", 33)},
		{"pwd=rabbit&uname=alice", 19, "pwd=rabbit&uname=a…"},
		{"2FP3UR6ZOIA5LV3M2FP3UR6ZGHP4WHED → JUUGVMGXMCE7A6D5TNYC4SRU7NVCUSGK", 39, "2FP3UR6ZOIA5…4WHED → JUUGVMGXMCE7…CUSGK"},
		{"2FP3UR6ZOIA5LV3M2FP3UR6ZGHP4WHED", 19, fit("2FP3UR6ZOIA5LV3M2FP3UR6ZGHP4WHED", 19)},
	} {
		if got := fitWire(tt.bytes, tt.limit); got != tt.want || width(got) > tt.limit {
			t.Errorf("%d columns: %q; want %q", tt.limit, got, tt.want)
		}
	}
	if got := wire(&Event{Title: "session.clear()", Wire: "session.clear()"}, 33); got != "" {
		t.Errorf("beside a title that says all of the bytes stands %q", got)
	}
	if got := wire(&Event{Title: "session.clear()", Wire: "session.clear()", Mark: Removed}, 33); got != glyph(Removed)+" session.clear()" {
		t.Errorf("beside a title that says all of the bytes stands %q; want what its mark is of", got)
	}
	saved := Event{Wire: `{"theme":"dark"}`, Mark: Changed, Took: "167 µs"}
	if got := wire(&saved, 19); got != `~ {"theme":"dark"}` {
		t.Errorf("%q: the bytes say more than the time", got)
	}
}

// A few letters of a statement say nothing beside a title that says what it does.
func TestABoxWithoutRoomShowsTheMarkAlone(t *testing.T) {
	e := Event{N: 1, Lane: "server", From: "server", To: "server", Title: "session['uname'] = name", Wire: "session['uname'] = 'alice'", Mark: Added}
	r := arrange(compact, []Event{e}).rows[0]
	if r.wire != glyph(Added) || !strings.HasPrefix(r.title[0], "session['uname']") {
		t.Errorf("the box says %q and %q", r.title[0], r.wire)
	}
}
