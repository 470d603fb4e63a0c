package static

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	// cssURL matches url("/static/…") in a style sheet, @import included.
	cssURL = regexp.MustCompile(`(url\(\s*["']?)(` + Prefix + `[^"')\s?#]+)`)
	// jsImport matches the relative specifier of a static or dynamic import,
	// and of an export … from.
	jsImport = regexp.MustCompile(`(\b(?:from|import)\s*\(?\s*["'])(\.\.?/[^"']+)`)
)

// A loader reads files, those that a file refers to before the file itself:
// the hash of a file then changes with everything it refers to.
type loader struct {
	fsys  fs.FS
	done  map[string]*asset
	chain []string // files being loaded, to notice a circle
}

func (l *loader) load(name string) (*asset, error) {
	if a, ok := l.done[name]; ok {
		return a, nil
	}
	for _, open := range l.chain {
		if open == name {
			return nil, fmt.Errorf("circle of references: %s", strings.Join(append(l.chain, name), " > "))
		}
	}
	l.chain = append(l.chain, name)
	defer func() { l.chain = l.chain[:len(l.chain)-1] }()

	body, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		return nil, err
	}
	if body, err = l.rewrite(name, body); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	a, err := newAsset(name, body)
	if err != nil {
		return nil, err
	}
	l.done[name] = a
	return a, nil
}

// rewrite returns body with its references replaced by the paths they are
// served under. Vendored files stay as they came, byte for byte.
func (l *loader) rewrite(name string, body []byte) ([]byte, error) {
	var pattern *regexp.Regexp
	switch {
	case strings.HasPrefix(name, "vendor/"):
		return body, nil
	case path.Ext(name) == ".css":
		pattern = cssURL
	case path.Ext(name) == ".js":
		pattern = jsImport
	default:
		return body, nil
	}
	var failed error
	out := pattern.ReplaceAllFunc(body, func(match []byte) []byte {
		part := pattern.FindSubmatch(match)
		a, err := l.load(resolve(name, string(part[2])))
		if err != nil {
			failed = err
			return match
		}
		return []byte(string(part[1]) + a.path)
	})
	return out, failed
}

// resolve returns the name of the file that ref means in the file called from.
func resolve(from, ref string) string {
	if name, ok := strings.CutPrefix(ref, Prefix); ok {
		return name
	}
	return path.Join(path.Dir(from), ref)
}
