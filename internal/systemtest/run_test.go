package systemtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"
)

// benchSeen is what a learner sees of a bench, as far as a run must leave it as it was.
type benchSeen struct {
	Settings, Clock map[string]any
	Browsers        []any
}

// timeline is what happened on a bench.
type timeline struct {
	Steps   []struct{ N, Run int }
	Entries []struct {
		N      int
		Kind   string
		Run    int
		Result string
	}
}

// stopper is a table so large that to count all combinations of its rows takes for ever,
// and what counts them: whatever an experiment writes, once there are so many rows of
// what it did. The server is then in the act after those.
const stopper = `
CREATE TABLE stopper (n INTEGER);
INSERT INTO stopper SELECT value FROM json_each('[1,2,3,4,5,6,7,8,9,10]');
INSERT INTO stopper SELECT a.n FROM stopper a, stopper b, stopper c;
CREATE TRIGGER stop_entry BEFORE INSERT ON entries WHEN (SELECT count(*) FROM entries) + (SELECT count(*) FROM steps) >= %[1]d
	BEGIN SELECT count(*) FROM stopper a, stopper b, stopper c, stopper d, stopper e; END;
CREATE TRIGGER stop_step BEFORE INSERT ON steps WHEN (SELECT count(*) FROM entries) + (SELECT count(*) FROM steps) >= %[1]d
	BEGIN SELECT count(*) FROM stopper a, stopper b, stopper c, stopper d, stopper e; END;
CREATE TRIGGER stop_bench BEFORE UPDATE ON benches WHEN %[1]d > %[2]d AND (SELECT count(*) FROM entries) + (SELECT count(*) FROM steps) >= %[1]d
	BEGIN SELECT count(*) FROM stopper a, stopper b, stopper c, stopper d, stopper e; END;`

const unstopped = `DROP TRIGGER stop_entry; DROP TRIGGER stop_step; DROP TRIGGER stop_bench; DROP TABLE stopper;`

// An experiment is killed at each thing that it writes down. When the server runs again,
// the bench is as it was before, and the timeline says that the run was broken off.
func TestARunThatIsKilledAtAnyActLeavesTheBenchAsItWas(t *testing.T) {
	for _, tt := range []struct {
		slug, variant string
		writes        int // how many steps and entries a whole run makes
	}{
		{"theft", "expired", 6},    // an entry at each end, two steps, a cookie copied, the clock moved
		{"restart", "fallback", 6}, // two steps, a key made, a restart
	} {
		t.Run(tt.slug, func(t *testing.T) {
			data := t.TempDir()
			file := filepath.Join(data, "sessionlab.db")
			flags := []string{"--data", data}
			p := start(t, flags...)
			v := visit(t, p.url)
			v.want(http.StatusOK, "/en/lab/settings", "lifetime", "3h", "same_site", "Strict")
			v.want(http.StatusOK, "/en/lab/clock", "move", "90m")
			v.want(http.StatusOK, "/en/lab/browsers", "name", "Alice's laptop")
			v.want(http.StatusOK, v.app+"login", "uname", "momo", "pwd", "123")
			was := v.bench(t)
			records := number(t, file, `SELECT count(*) FROM sessions`)

			path := "/en/experiments/" + tt.slug
			for at := 0; at <= tt.writes; at++ {
				before := number(t, file, rows)
				check(t, execute(file, fmt.Sprintf(stopper, before+at, before)))
				done := make(chan answer, 1)
				go func() { done <- v.ask("POST", path, "variant", tt.variant) }()
				eventually(t, fmt.Sprintf("%d writes of %s", at, tt.slug), func() bool {
					return number(t, file, rows) == before+at && number(t, file, `SELECT count(*) FROM benches WHERE settings LIKE '%"aside"%'`) == 1
				})
				check(t, p.Process.Kill())
				_ = p.Wait()
				if a := <-done; a.err == nil {
					t.Fatalf("%d writes: the run was through: %v", at, a)
				}
				check(t, execute(file, unstopped))

				p = start(t, flags...)
				v.base = p.url
				if now := v.bench(t); asJSON(t, now) != asJSON(t, was) {
					t.Errorf("killed after %d writes, the bench is\n%s; was\n%s", at, asJSON(t, now), asJSON(t, was))
				}
				if a := v.ask("GET", v.app+"me"); a.status != http.StatusOK {
					t.Errorf("killed after %d writes, the learner's session is gone: %v", at, a)
				}
				v.brokenOff(t, at, tt.writes)
				if n := number(t, file, `SELECT count(*) FROM sessions`); n != records {
					t.Errorf("killed after %d writes, there are %d records; were %d", at, n, records)
				}
			}
			v.want(http.StatusOK, path, "variant", tt.variant)
			if now := v.bench(t); asJSON(t, now) != asJSON(t, was) {
				t.Errorf("after a run, the bench is\n%s; was\n%s", asJSON(t, now), asJSON(t, was))
			}
		})
	}
}

// rows counts what the timelines have.
const rows = `SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM steps)`

func number(t *testing.T, file, question string) int {
	t.Helper()
	text, err := query(file, question)
	check(t, err)
	n, err := strconv.Atoi(text)
	check(t, err)
	return n
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	check(t, err)
	return string(data)
}

// bench is what the learner sees, but for the time that it is.
func (v *visitor) bench(t *testing.T) (seen benchSeen) {
	t.Helper()
	getJSON(t, v.Client, v.base+"/en/lab", &seen)
	delete(seen.Clock, "now")
	return seen
}

// brokenOff checks that the last run on the timeline is one that ended without a result,
// unless it was killed before it began there, or after it had ended there.
func (v *visitor) brokenOff(t *testing.T, at, writes int) {
	t.Helper()
	var all timeline
	getJSON(t, v.Client, v.base+"/en/lab", &all)
	began, ended := 0, 0
	result := ""
	for _, e := range all.Entries {
		switch e.Kind {
		case "run.began":
			began++
		case "run.ended":
			ended++
			result = e.Result
		}
	}
	if began != at || ended != at { // none of the run that was killed before it began
		t.Errorf("killed after %d writes, the timeline has %d beginnings and %d ends; want %d of each", at, began, ended, at)
	}
	if at > 0 && (result != "") != (at == writes) {
		t.Errorf("killed after %d of %d writes, the run came to %q", at, writes, result)
	}
}
