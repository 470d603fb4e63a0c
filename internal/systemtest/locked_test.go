package systemtest

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// F-08: while another process has the file locked, whoever asks is told so in time
// and in words of ours, and all is well when the lock is gone.
func TestAFileThatIsLockedIsWaitedForAndNamed(t *testing.T) {
	data := t.TempDir()
	p := start(t, "--data", data)
	c := newClass(t, p, map[string]int{"sqlite": 10, "memory": 5})
	for _, l := range c.learners {
		mustBe(t, "before", []answer{l.click()}, ok)
		look(t, l.Client, p.url+"/en/lab", "text/html") // the seat is stored with the first step that is seen
	}
	db, err := openFile(filepath.Join(data, "sessionlab.db"))
	check(t, err)
	defer db.Close()
	ctx := context.Background()
	other, err := db.Conn(ctx)
	check(t, err)
	_, err = other.ExecContext(ctx, "BEGIN EXCLUSIVE")
	check(t, err)

	answers := make([]answer, len(c.learners))
	var wg sync.WaitGroup
	for i, l := range c.learners {
		wg.Go(func() { answers[i] = l.click() })
	}
	shown := make([]time.Duration, len(c.learners))
	for i, l := range c.learners {
		began := time.Now()
		if got := get(t, l.Client, p.url+"/en/lab"); got != 200 {
			t.Errorf("a bench = %d while the file is locked; want 200", got)
		}
		shown[i] = time.Since(began)
	}
	wg.Wait()
	// Clicks wait for the lock, for as long as the server does, and pages do not.
	slices.Sort(shown)
	slices.SortFunc(answers, func(a, b answer) int { return cmp.Compare(a.took, b.took) })
	if middle := len(shown) / 2; shown[middle] > answers[middle].took {
		t.Errorf("half of the benches are shown after %v while the file is locked, and half of the clicks refused after %v; want benches at once", shown[middle], answers[middle].took)
	}
	mustBe(t, "while it is locked", answers, func(a answer) bool {
		return a.status == 503 && (a.code == "store_unavailable" || a.code == "step_not_stored") && a.message != "" && !raw(a.body)
	})
	_, err = other.ExecContext(ctx, "ROLLBACK")
	check(t, err)
	for _, l := range c.learners {
		mustBe(t, "after the lock", []answer{l.click()}, ok)
	}
	ended(t, p)
}

// raw reports whether SQLite's own words are in a text.
func raw(text string) bool {
	for _, words := range []string{"database is locked", "SQLITE_", "database or disk is full", "disk I/O error"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}
