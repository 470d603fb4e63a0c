package static

import (
	"fmt"
	"io/fs"
	"regexp"
)

// cssURL matches url("/static/…") in a style sheet.
var cssURL = regexp.MustCompile(`(url\(\s*["']?)` + Prefix + `([^"')\s?#]+)`)

// addSheet adds a style sheet with its references replaced by the paths that the
// files are served under: its own hash then changes with theirs.
func (a *Assets) addSheet(fsys fs.FS, name string) error {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var missing error
	body = cssURL.ReplaceAllFunc(body, func(match []byte) []byte {
		part := cssURL.FindSubmatch(match)
		f, ok := a.byName[string(part[2])]
		if !ok {
			missing = fmt.Errorf("%s refers to %s, which is not there", name, part[2])
			return match
		}
		return []byte(string(part[1]) + f.path)
	})
	if missing != nil {
		return missing
	}
	return a.add(name, body)
}
