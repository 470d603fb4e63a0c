// Package static holds the files a page loads: style sheets, a script, fonts,
// the icons, and the vendored htmx with its SSE extension.
//
// css and js are the sources. "task bundle" makes dist of them: one style sheet
// for each kind of page, as entry says, and one script, which a first visit
// receives in a fraction of the requests and bytes. What is served is embedded,
// under names that carry a hash of the content, so that a browser may keep it for
// ever and still never shows an old one.
package static

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

//go:embed dist/*.css dist/*.js fonts/*.txt fonts/*.woff2 icon.svg icons.svg vendor/*.js vendor/*.txt
var files embed.FS

// Prefix is where a server mounts an [Assets]: every URL starts with it.
const Prefix = "/static/"

// Assets is the set of embedded files, ready to be served. It does not change
// after [New], and its methods may be called concurrently.
type Assets struct {
	byName map[string]*asset // "dist/app.css"
	byPath map[string]*asset // "/static/dist/app.1a2b3c4d.css"
}

// New reads the embedded files, hashes them and rewrites the references of style
// sheets to fonts. It returns an error if a style sheet refers to a file that does
// not exist, or if a file's kind is unknown.
func New() (*Assets, error) {
	return load(files)
}

func load(fsys fs.FS) (*Assets, error) {
	a := &Assets{byName: map[string]*asset{}, byPath: map[string]*asset{}}
	var sheets []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path.Ext(name) == ".css" {
			sheets = append(sheets, name) // once all that they refer to is there
			return nil
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return a.add(name, body)
	})
	for _, name := range sheets {
		if err == nil {
			err = a.addSheet(fsys, name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	return a, nil
}

func (a *Assets) add(name string, body []byte) error {
	f, err := newAsset(name, body)
	if err != nil {
		return err
	}
	a.byName[name], a.byPath[f.path] = f, f
	return nil
}

// URL returns the path under which the file called name, such as "dist/app.css",
// is served: "/static/dist/app.1a2b3c4d.css". An unknown name gives a path that
// says so and answers 404; a test checks every name that the pages use.
func (a *Assets) URL(name string) string {
	f, ok := a.byName[name]
	if !ok {
		return path.Join(Prefix, "unknown", name)
	}
	return f.path
}
