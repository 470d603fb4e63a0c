package systemtest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// What a learner ended is gone from the disk too, not only from the tables.
func TestWhatWasEndedIsNowhereInTheFolder(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, "--data", data)
	v := visit(t, p.url)
	for _, mechanism := range []string{"server", "flask"} {
		v.want(200, "/en/lab/settings", "mechanism", mechanism)
		for range 20 {
			v.want(200, v.app+"set", "key", "secret", "value", canary)
		}
	}
	other := visit(t, p.url)
	other.want(200, other.app+"set", "key", "k", "value", "another-learner")
	if !found(t, data, canary) {
		t.Fatal("the values are nowhere in the folder before; want them there")
	}
	v.want(200, "/en/lab/end")
	eventually(t, "the values are erased", func() bool { return !found(t, data, canary) })
	if !found(t, data, "another-learner") {
		t.Error("the values of another learner are gone too")
	}
}

// found reports whether a text stands in a file of a folder.
func found(t *testing.T, folder, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	check(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err == nil && bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}
