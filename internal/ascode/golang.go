package ascode

import (
	"fmt"
	"go/format"
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Imports are the packages that the code of [Writing.Go] needs.
const Imports = `import (
	"crypto/rand"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)
`

// Go returns the settings as variables, formatted as gofmt does: options of type
// session.Options, or of session.CookieOptions with the keys beside them. With
// [Imports] it compiles. Where the settings follow the request, it states what
// they are for this one.
func (w Writing) Go() (string, error) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if w.Settings.Mechanism == step.MechanismServer {
		w.goServer(line)
	} else {
		w.goCookies(line)
	}
	code, err := format.Source([]byte(b.String()))
	if err != nil {
		return "", fmt.Errorf("ascode: %w", err)
	}
	return string(code), nil
}

// goServer writes the options of a session.Store.
func (w Writing) goServer(line func(format string, args ...any)) {
	s := w.Settings
	line("// %s", w.say("go_backend"))
	if s.NewIDAtLogin {
		line("// %s", w.say("go_new_id"))
	}
	line("var options = session.Options{")
	if s.SignID {
		line("// %s", w.say("random"))
		line("Keys: [][]byte{")
		w.goKeys(line)
		line("},")
		if w.weakKeys() {
			line("WeakKeys: true, // %s", w.say("go_weak"))
		}
	} else {
		line("Keys: nil, // %s", w.say("go_unsigned"))
	}
	line("Prefix: %s,", quote(w.Prefix))
	line("")
	w.goOptions(line)
	if s.NewIDAtLogin {
		line("RenewGrace: %s,", duration(lab.Duration(lab.RenewGrace)))
	}
	line("")
	line("Now: time.Now,")
	line("Rand: rand.Reader,")
	line("}")
}

// goCookies writes the options of a session.CookieStore.
func (w Writing) goCookies(line func(format string, args ...any)) {
	s := w.Settings
	line("// %s", w.say("random"))
	line("var keys = [][]byte{")
	w.goKeys(line)
	line("}")
	line("")
	line("// %s", w.say("go_"+s.Mechanism))
	line("var options = session.CookieOptions{")
	if since := s.Since(); !since.IsZero() {
		line("Since: time.Unix(%d, 0), // %s", since.Unix(), w.say("go_since"))
	}
	w.goOptions(line)
	line("")
	line("Now: time.Now,")
	line("}")
}

// weakKeys reports whether session.New would refuse a key.
func (w Writing) weakKeys() bool {
	return slices.ContainsFunc(w.Settings.Keys(), func(k []byte) bool { return len(k) < 32 })
}

func (w Writing) goKeys(line func(format string, args ...any)) {
	line("[]byte(%s),", quote(w.key(w.Settings.SecretKey)))
	for _, k := range w.Settings.FallbackKeys {
		line("[]byte(%s),", quote(w.key(k)))
	}
}

// goOptions writes the settings that are fields of the options, and those of the
// cookie within.
func (w Writing) goOptions(line func(format string, args ...any)) {
	records := w.Settings.Mechanism == step.MechanismServer
	for _, row := range lab.Table {
		if row.Option != "" && (records || !row.Records) && !strings.HasPrefix(row.Option, cookieOption) {
			line("%s: %s,%s", row.Option, golang(row.Of(w.Settings)), w.off(row))
		}
	}
	line("")
	line("Cookie: sessions.Options{")
	line("Path: %s,", quote(w.Path))
	for _, row := range lab.Table {
		if option, ok := strings.CutPrefix(row.Option, cookieOption); ok {
			if comment := w.comment(row); comment != "" {
				line("// %s", comment)
			}
			line("%s: %s,", option, golang(w.value(row)))
		}
	}
	line("},")
}

// cookieOption begins the options that are fields of the cookie's.
const cookieOption = "Cookie."

func (w Writing) off(row lab.Setting) string {
	if row.Of(w.Settings) == lab.Duration(0) {
		return " // " + w.say("off")
	}
	return ""
}

// golang is a setting's value as Go writes it.
func golang(value any) string {
	switch v := value.(type) {
	case lab.Duration:
		return duration(v)
	case string:
		return sameSite(v)
	}
	return fmt.Sprint(value)
}

// duration is a duration as a Go program writes it: 31 * 24 * time.Hour.
func duration(d lab.Duration) string {
	var terms []string
	add := func(n int64, unit string) {
		switch {
		case n == 1:
			terms = append(terms, unit)
		case n > 1:
			terms = append(terms, strconv.FormatInt(n, 10)+"*"+unit)
		}
	}
	days, hours, minutes, seconds, micros := lengths(d)
	add(days, "24*time.Hour")
	add(hours, "time.Hour")
	add(minutes, "time.Minute")
	add(seconds, "time.Second")
	add(micros, "time.Microsecond")
	if len(terms) == 0 {
		return "0"
	}
	return strings.Join(terms, " + ")
}

func sameSite(v string) string {
	if v == "unset" {
		return "http.SameSiteDefaultMode"
	}
	return "http.SameSite" + v + "Mode"
}
