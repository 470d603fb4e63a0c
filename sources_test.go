package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestTheProgramEmbedsItsCodeWithoutTests(t *testing.T) {
	embedded := make(map[string][]string) // by folder
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			embedded[path.Dir(name)] = append(embedded[path.Dir(name)], path.Base(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := embedded["internal/lab"]; !slices.Equal(got, []string{"weakid.go"}) {
		t.Errorf("of internal/lab the program embeds %q; want the makers of weak IDs", got)
	}
	for folder, got := range embedded {
		if folder == "internal/lab" {
			continue
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, e := range entries {
			if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
				want = append(want, name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("of %s the program embeds %q; want %q", folder, got, want)
		}
	}
	if len(embedded) != 7 {
		t.Errorf("it embeds %d folders; want 7", len(embedded))
	}
}
