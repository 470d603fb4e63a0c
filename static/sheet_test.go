package static

import (
	"regexp"
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
		{"dist/a.css", `src: url("/static/fonts/x.woff2") format("woff2")`, `src: url("X") format("woff2")`},
		{"dist/a.css", `url( '/static/fonts/x.woff2' )`, `url( 'X' )`},
		{"dist/a.css", `url(/static/fonts/x.woff2#part)`, `url(X#part)`},
		{"dist/a.css", `url("/static/fonts/x.woff2"), url("/static/fonts/x.woff2")`, `url("X"), url("X")`},
		{"dist/a.css", `url("data:,"), url(#local), "/static/fonts/x.woff2"`, `url("data:,"), url(#local), "/static/fonts/x.woff2"`},
		{"a.txt", `url("/static/missing.css")`, `url("/static/missing.css")`},
	} {
		a := mustLoad(t, map[string]string{tt.name: tt.body, "fonts/x.woff2": "x"})
		want := strings.ReplaceAll(tt.want, "X", a.URL("fonts/x.woff2"))
		if got := string(a.byName[tt.name].body); got != want {
			t.Errorf("%s: %s is served as %s; want %s", tt.name, tt.body, got, want)
		}
	}
}

func TestURLChangesWithWhatASheetRefersTo(t *testing.T) {
	files := map[string]string{"dist/a.css": `url(/static/fonts/x.woff2)`, "fonts/x.woff2": "1"}
	before := mustLoad(t, files).URL("dist/a.css")
	files["fonts/x.woff2"] = "2"
	if after := mustLoad(t, files).URL("dist/a.css"); after == before {
		t.Errorf("URL(dist/a.css) = %q before and after a change of the font; want a new one", after)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a missing file": {map[string]string{"dist/a.css": `url("/static/fonts/no.woff2")`}, "dist/a.css refers to fonts/no.woff2"},
		"a kind unknown": {map[string]string{"a.exe": ""}, `no media type for ".exe"`},
	} {
		if _, err := load(tree(tt.files)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("load of %s = %v; want an error with %q", name, err, tt.want)
		}
	}
}

func TestBundlesHoldNothingThatIsLoadedApart(t *testing.T) {
	for name, f := range newAssets(t).byName {
		if part := regexp.MustCompile(`@import|\bimport\b|[}\w*]\s*\bfrom\s*["']|sourceMappingURL`).Find(f.body); part != nil && strings.HasPrefix(name, "dist/") {
			t.Errorf("%s holds %q; want all of it in one file", name, part)
		}
	}
}
