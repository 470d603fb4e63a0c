package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestTheProgramCarriesItsCodeWithoutTests(t *testing.T) {
	carried := make(map[string][]string) // by folder
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			carried[path.Dir(name)] = append(carried[path.Dir(name)], path.Base(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder, got := range carried {
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
			t.Errorf("of %s the program carries %q; want %q", folder, got, want)
		}
	}
	if len(carried) != 6 {
		t.Errorf("it carries %d folders; want 6", len(carried))
	}
}
