package static

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func newAssets(t testing.TB) *Assets {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return a
}

func TestURLCarriesTheHashOfTheContent(t *testing.T) {
	a := newAssets(t)
	for name, pattern := range map[string]string{
		"dist/app.css":       `^/static/dist/app\.[0-9a-f]{8}\.css$`,
		"vendor/htmx.min.js": `^/static/vendor/htmx\.min\.[0-9a-f]{8}\.js$`,
		"fonts/inter.woff2":  `^/static/fonts/inter\.[0-9a-f]{8}\.woff2$`,
		"icon.svg":           `^/static/icon\.[0-9a-f]{8}\.svg$`,
	} {
		if got := a.URL(name); !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("URL(%q) = %q; want a match of %s", name, got, pattern)
		}
	}
}

func TestURLOfAnUnknownNameSaysSo(t *testing.T) {
	const want = "/static/unknown/dist/nope.css"
	if got := newAssets(t).URL("dist/nope.css"); got != want {
		t.Errorf("URL(%q) = %q; want %q", "dist/nope.css", got, want)
	}
}

// usedName matches a string literal that can only be the name of an asset.
var usedName = regexp.MustCompile("[\"`]((?:dist|vendor|fonts)/[\\w./-]+\\.(?:css|js|svg|woff2|txt)|icon\\.svg)[\"`]")

func usedNames(source []byte) []string {
	var names []string
	for _, m := range usedName.FindAllSubmatch(source, -1) {
		names = append(names, string(m[1]))
	}
	return names
}

func TestUsedNamesAreFoundInASource(t *testing.T) {
	source := []byte("<script src={ p.URL(\"dist/app.js\") }></script>\n@icon(`icon.svg`)\n\"text/css\" \"a/dist/b.js\"")
	want := []string{"dist/app.js", "icon.svg"}
	if got := usedNames(source); !slices.Equal(got, want) {
		t.Errorf("usedNames(%q) = %q; want %q", source, got, want)
	}
}

func TestEveryNameThatThePagesUseExists(t *testing.T) {
	a := newAssets(t)
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "data", "e2e", "static"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(file) != ".templ" && filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
			return nil
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, name := range usedNames(source) {
			if _, ok := a.byName[name]; !ok {
				t.Errorf("%s uses %q, which static does not hold", file, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestForeignFilesAreTheOnesThatTheirReadmeNames(t *testing.T) {
	a := newAssets(t)
	readme, err := os.ReadFile("vendor/README")
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(readme)); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && len(fields[0]) == 2*sha256.Size {
			sums[fields[1]] = fields[0]
		}
	}
	for name, f := range a.byName {
		if filepath.Ext(name) != ".woff2" && (filepath.Dir(name) != "vendor" || filepath.Ext(name) != ".js") {
			continue
		}
		sum := sha256.Sum256(f.body)
		if got := hex.EncodeToString(sum[:]); sums[name] != got {
			t.Errorf("SHA-256 of %s = %s; vendor/README says %q", name, got, sums[name])
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}
