package static

import (
	"strings"
	"testing"
	"testing/fstest"
)

func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, body := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return fsys
}

func mustLoad(t *testing.T, files map[string]string) *Assets {
	t.Helper()
	a, err := load(tree(files))
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return a
}

func TestReferencesBecomeHashedURLs(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"css/a.css", `src: url("/static/fonts/x.woff2") format("woff2")`, `src: url("X") format("woff2")`},
		{"css/a.css", `url( '/static/fonts/x.woff2' )`, `url( 'X' )`},
		{"css/a.css", `url(/static/fonts/x.woff2#part)`, `url(X#part)`},
		{"css/a.css", `url("/static/fonts/x.woff2"), url("/static/fonts/x.woff2")`, `url("X"), url("X")`},
		{"css/a.css", `url("data:,"), url(#local), "/static/fonts/x.woff2"`, `url("data:,"), url(#local), "/static/fonts/x.woff2"`},
		{"js/a.js", `import "./b.js";`, `import "B";`},
		{"js/a.js", `import"./b.js"`, `import"B"`},
		{"js/a.js", `import { b } from './b.js';`, `import { b } from 'B';`},
		{"js/a.js", `export * from "../js/b.js";`, `export * from "B";`},
		{"js/a.js", `const b = await import("./b.js");`, `const b = await import("B");`},
		{"js/a.js", `fetch("./b.js")`, `fetch("./b.js")`},
		{"vendor/a.js", `import "./missing.js"`, `import "./missing.js"`},
		{"a.txt", `url("/static/missing.css")`, `url("/static/missing.css")`},
	} {
		a := mustLoad(t, map[string]string{tt.name: tt.body, "fonts/x.woff2": "x", "js/b.js": "b"})
		want := strings.NewReplacer("X", a.URL("fonts/x.woff2"), "B", a.URL("js/b.js")).Replace(tt.want)
		if got := string(a.byName[tt.name].body); got != want {
			t.Errorf("%s: %s is served as %s; want %s", tt.name, tt.body, got, want)
		}
	}
}

func TestURLChangesWithWhatAFileRefersTo(t *testing.T) {
	files := map[string]string{"js/a.js": `import "./b.js"`, "js/b.js": `import "./c.js"`, "js/c.js": "1"}
	before := mustLoad(t, files).URL("js/a.js")
	files["js/c.js"] = "2"
	if after := mustLoad(t, files).URL("js/a.js"); after == before {
		t.Errorf("URL(js/a.js) = %q before and after a change of js/c.js; want a new one", after)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a missing file": {map[string]string{"css/a.css": `url("/static/fonts/no.woff2")`}, "css/a.css: open fonts/no.woff2"},
		"a circle":       {map[string]string{"js/a.js": `import "./b.js"`, "js/b.js": `import "./a.js"`}, "js/a.js > js/b.js > js/a.js"},
		"a file outside": {map[string]string{"js/a.js": `import "../../b.js"`}, "open ../b.js"},
		"a kind unknown": {map[string]string{"a.exe": ""}, `no media type for ".exe"`},
	} {
		if _, err := load(tree(tt.files)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("load of %s = %v; want an error with %q", name, err, tt.want)
		}
	}
}
