// Package source shows the code of this program that did what an event tells: cut
// out of the embedded files by symbol, never pasted, so that it cannot drift.
package source

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// A Symbol names a function or method: "handlers/app.set",
// "session/newID". Before the slash stands the folder.
type Symbol string

// An Excerpt is the source of a symbol.
type Excerpt struct {
	File string // such as "session/id.go"
	Line int    // where it begins, from 1
	Code string // as in the file
	HTML string // coloured by classes, safe to write into a page
}

// A Library finds symbols in a tree of Go files. It is safe for concurrent use.
// What is found is cached.
type Library struct {
	files fs.FS

	mu    sync.Mutex
	found map[Symbol]Excerpt
}

// NewLibrary returns a Library of the Go files in files. It reads none until it
// is asked.
func NewLibrary(files fs.FS) *Library {
	return &Library{files: files, found: make(map[Symbol]Excerpt)}
}

// Excerpt returns the source of a symbol, without its doc comment.
func (l *Library) Excerpt(s Symbol) (Excerpt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.found[s]; ok {
		return e, nil
	}
	e, err := l.find(s)
	if err != nil {
		return Excerpt{}, err
	}
	e.HTML = ColourGo(e.Code)
	l.found[s] = e
	return e, nil
}

func (l *Library) find(s Symbol) (Excerpt, error) {
	folder, name := path.Split(string(s))
	names, err := fs.Glob(l.files, folder+"*.go")
	if err != nil {
		return Excerpt{}, fmt.Errorf("source: %s: %w", s, err)
	}
	for _, file := range names {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := fs.ReadFile(l.files, file)
		if err != nil {
			return Excerpt{}, fmt.Errorf("source: %s: %w", s, err)
		}
		if !bytes.Contains(data, []byte(name[strings.LastIndexByte(name, '.')+1:])) {
			continue
		}
		e, ok, err := cut(file, data, name)
		if err != nil || ok {
			return e, err
		}
	}
	return Excerpt{}, fmt.Errorf("source: there is no %s", s)
}

// cut looks for a function or method in one file.
func cut(file string, data []byte, name string) (Excerpt, bool, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, data, parser.SkipObjectResolution)
	if err != nil {
		return Excerpt{}, false, fmt.Errorf("source: %w", err)
	}
	for _, d := range tree.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || nameOf(f) != name {
			continue
		}
		from, to := set.Position(f.Pos()), set.Position(f.End())
		return Excerpt{File: file, Line: from.Line, Code: string(data[from.Offset:to.Offset])}, true, nil
	}
	return Excerpt{}, false, nil
}

// nameOf is a function's name, after its receiver's type if it has one.
func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	var b strings.Builder
	if err := printer.Fprint(&b, token.NewFileSet(), f.Recv.List[0].Type); err != nil {
		return ""
	}
	return strings.TrimPrefix(b.String(), "*") + "." + f.Name.Name
}
