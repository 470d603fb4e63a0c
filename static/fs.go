// Package static holds the files a page loads: style sheets, ES modules,
// fonts, the icon, and the vendored htmx with its SSE extension.
//
// All of them are embedded and served under names that carry a hash of their
// content, so that a browser may keep them for ever and still never shows an
// old one. References between the files are rewritten to those names.
package static

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

//go:embed css/*.css fonts/*.txt fonts/*.woff2 icon.svg js/*.js vendor/*.js vendor/*.txt
var files embed.FS

// Prefix is where a server mounts an [Assets]: every URL starts with it.
const Prefix = "/static/"

// Assets is the set of embedded files, ready to be served. It does not change
// after [New], and its methods may be called concurrently.
type Assets struct {
	byName map[string]*asset // "css/app.css"
	byPath map[string]*asset // "/static/css/app.1a2b3c4d.css"
}

// New reads the embedded files, hashes them and rewrites the references between
// them. It returns an error if a file refers to one that does not exist, if
// references form a circle, or if a file's kind is unknown.
func New() (*Assets, error) {
	return load(files)
}

func load(fsys fs.FS) (*Assets, error) {
	l := loader{fsys: fsys, done: map[string]*asset{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		_, err = l.load(name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	a := &Assets{byName: l.done, byPath: make(map[string]*asset, len(l.done))}
	for _, f := range l.done {
		a.byPath[f.path] = f
	}
	return a, nil
}

// URL returns the path under which the file called name, such as "css/app.css",
// is served: "/static/css/app.1a2b3c4d.css". An unknown name gives a path that
// says so and answers 404; a test checks every name that the pages use.
func (a *Assets) URL(name string) string {
	f, ok := a.byName[name]
	if !ok {
		return path.Join(Prefix, "unknown", name)
	}
	return f.path
}
