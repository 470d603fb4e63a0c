package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sessionlab/sessionlab"

// Which package may import what. A package is matched by its path below the
// module; a pattern that ends in "/..." matches what is below it too.
var importRules = []struct {
	of   string   // the packages it is about
	not  []string // what they must not import
	only []string // or all that they may
	why  string
}{
	{of: "session", only: []string{"std", "github.com/gorilla/..."}, why: "the core is a library of its own"},
	{of: "session/...", not: []string{module + "/handlers", module + "/views", module + "/static", module + "/internal/..."}, why: "other programs can import it"},
	{of: "views", not: []string{
		module + "/session/...", module + "/handlers", module + "/internal/lab", module + "/internal/state", module + "/internal/wire",
		"database/...", "modernc.org/...", "os/...", "net", "net/http/...", "io/fs", "io/ioutil",
	}, why: "views are told plain values, and do no input or output"},
	{of: "internal/lab", not: []string{
		module + "/views", module + "/static", module + "/internal/i18n", module + "/internal/narrate", module + "/internal/state/...", module + "/internal/database",
		module + "/internal/seat", module + "/internal/experiment",
	}, why: "the lab knows no pages, languages or databases, nor who owns its benches or tries things out on them"},
	{of: "internal/seat", only: []string{"std", module + "/internal/lab", module + "/internal/mac"}, why: "seats know only that benches have ids"},
	{of: "internal/experiment", not: []string{module + "/views", module + "/static", module + "/internal/i18n", module + "/internal/narrate", module + "/internal/state/..."}, why: "an experiment is done with a bench, and told elsewhere"},
	{of: "internal/lesson", not: []string{
		module + "/views", module + "/static", module + "/internal/i18n", module + "/internal/narrate", module + "/internal/lab", module + "/internal/state/...",
	}, why: "a lesson is followed by steps, and told elsewhere"},
	{of: "internal/coursefile", only: []string{"std", "github.com/BurntSushi/toml"}, why: "a file of the course is read before anybody knows what it means"},
	{of: "internal/judge", only: []string{"std", "github.com/expr-lang/expr/..."}, why: "an expression is about whatever it is given"},
	{of: "course", only: []string{"std"}, why: "the course is data"},
	{of: "internal/origin", only: []string{"std"}, why: "it is about connections"},
	{of: "internal/stall", only: []string{"std"}, why: "it is about time"},
	{of: "internal/span", only: []string{"std"}, why: "it is about words for time"},
	{of: "internal/step", only: []string{"std", module + "/internal/span"}, why: "a step is data"},
	{of: "internal/reading", only: []string{"std", module + "/internal/step", module + "/session/flask"}, why: "what a step means is said in no language"},
	{of: "internal/narrate", not: []string{module + "/internal/lab"}, why: "words are for steps, which need no benches"},
	{of: "internal/har", not: []string{module + "/internal/lab"}, why: "an export is of steps"},
	{of: "handlers", not: []string{module + "/internal/state/...", module + "/internal/database", module + "/internal/stores", module + "/internal/desktop"}, why: "handlers are given what they use by main"},
	{of: "internal/stores", not: []string{module + "/internal/lab", module + "/internal/state/...", module + "/internal/database"}, why: "a store knows no benches"},
	{of: "internal/desktop", only: []string{"std", "github.com/inconshreveable/mousetrap"}, why: "it is about the person's machine"},
	{of: "internal/announce", only: []string{"std"}, why: "it is about addresses"},
	{of: "internal/audit", only: []string{"std", "golang.org/x/time/...", module + "/internal/step"}, why: "it is told steps, and tells a log"},
	{of: "internal/chore", only: []string{"std"}, why: "a chore is any function"},
	{of: "internal/systemtest", only: []string{}, why: "it has no code but tests"},
	{of: "internal/browser", only: []string{"std", module + "/internal/jar", module + "/internal/origin"}, why: "a browser sends requests, and knows no benches"},
	{of: "internal/jar", only: []string{"std", "golang.org/x/net/..."}, why: "a jar is a jar"},
	{of: "internal/wire", only: []string{"std"}, why: "it is about bytes"},
	{of: "static", only: []string{"std", module + "/internal/accept"}, why: "files are files"},
	{of: "internal/accept", only: []string{"std"}, why: "it is about header fields"},
	{of: "internal/sse", only: []string{"std"}, why: "a stream knows neither benches nor steps"},
}

func TestPackagesImportWhatTheyMay(t *testing.T) {
	imports := importsOf(t, "Imports", "./...")
	if len(imports) < 10 {
		t.Fatalf("go list found %d packages", len(imports))
	}
	for pkg, list := range imports {
		below := strings.TrimPrefix(strings.TrimPrefix(pkg, module), "/")
		for _, path := range list {
			if strings.HasPrefix(path, "github.com/labstack/") && below != "" && below != "handlers" {
				t.Errorf("%s imports %s: Echo lives in handlers and main", below, path)
			}
			if path == module+"/handlers" && below != "" {
				t.Errorf("%s imports handlers: nothing but main does", below)
			}
			if (path == "testing" || matches(module+"/internal/webtest", path) || matches(module+"/session/sessiontest/...", path)) &&
				!matches("internal/webtest", below) && !matches("session/sessiontest/...", below) {
				t.Errorf("%s imports %s: the program has no tests in it", below, path)
			}
			for _, rule := range importRules {
				if !matches(rule.of, below) {
					continue
				}
				if bad := slices.ContainsFunc(rule.not, func(p string) bool { return matches(p, path) }); bad {
					t.Errorf("%s imports %s: %s", below, path, rule.why)
				}
				if rule.only != nil && !slices.ContainsFunc(rule.only, func(p string) bool { return matches(p, path) || p == "std" && standard(path) }) {
					t.Errorf("%s imports %s: %s", below, path, rule.why)
				}
			}
		}
	}
	for _, rule := range importRules {
		if _, ok := imports[module+"/"+strings.TrimSuffix(rule.of, "/...")]; !ok {
			t.Errorf("there is no package %s to have rules for", rule.of)
		}
	}
}

func matches(pattern, path string) bool {
	dir, below := strings.CutSuffix(pattern, "/...")
	return path == dir || below && strings.HasPrefix(path, dir+"/")
}

func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// The tests that start the program know no more of it than its users.
func TestSystemTestsSeeTheProgramFromOutside(t *testing.T) {
	for pkg, list := range importsOf(t, "TestImports", "./internal/systemtest") {
		for _, path := range list {
			if matches(module+"/...", path) && !matches(module+"/session/sessiontest/...", path) {
				t.Errorf("the tests of %s import %s: they start the program instead", pkg, path)
			}
		}
		if len(list) == 0 {
			t.Errorf("%s has no tests", pkg)
		}
	}
}

// importsOf returns what each of the packages imports: Imports are those of its
// code, TestImports those of its tests.
func importsOf(t *testing.T, kind, packages string) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .`+kind+` " "}}`, packages).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	imports := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		imports[words[0]] = words[1:]
	}
	return imports
}

func TestNoPackageHasAnInit(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "e2e"):
			return fs.SkipDir
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
