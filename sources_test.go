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
	for folder, got := range embedded {
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
	if len(embedded) != 6 {
		t.Errorf("it embeds %d folders; want 6", len(embedded))
	}
}
