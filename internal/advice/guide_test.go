package advice

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// guide is that of the course.
func guide(t *testing.T) *Guide {
	t.Helper()
	g, err := Load(os.DirFS("../../course"), "hints.toml")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestAMistakeInTheHintsIsToldWithItsLine(t *testing.T) {
	const again = "[hint.again]\nact = [{ id = \"set\", when = 'it.Done' }]\n"
	for name, tt := range map[string]struct{ file, want string }{
		"a field that there is not": {again + "[hint.login]\nact = [{ id = \"login\", when = 'it.Loud' }]\n", "h.toml:4: "},
		"a condition of nothing":    {again + "[hint.login]\nact = [{ id = \"login\", when = 'true' }]\n", "h.toml:4: "},
		"a hint without an act":     {again + "[hint.login]\n", "h.toml:3: "},
		"a path to no hint":         {"[path]\nserver = [\"login\"]\n" + again, "h.toml:2: "},
		"a path of no mechanism":    {"[path]\nserve = [\"again\"]\n" + again, "h.toml:2: "},
		"a word that means nothing": {again + "values = true\n", "h.toml:3: "},
		"nothing to do again":       {"", "h.toml: "},
	} {
		_, err := Load(fstest.MapFS{"h.toml": {Data: []byte(tt.file)}}, "h.toml")
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: the error is %v; want one that begins with %q", name, err, tt.want)
		}
	}
}
