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
	line("// %s", w.Say("go_backend"))
	if s.NewIDAtLogin {
		line("// %s", w.Say("go_new_id"))
	}
	line("var options = session.Options{")
	if s.SignID {
		line("// %s", w.Say("random"))
		line("Keys: [][]byte{")
		w.goKeys(line)
		line("},")
		if w.weakKeys() {
			line("WeakKeys: true, // %s", w.Say("go_weak"))
		}
	} else {
		line("Keys: nil, // %s", w.Say("go_unsigned"))
	}
	line("Prefix: %s,", quote(w.Prefix))
	line("HashID: %t,", s.HashID)
	line("")
	line("Lifetime: %s,", duration(s.Lifetime))
	line("Idle: %s,%s", duration(s.IdleTimeout), w.off(s.IdleTimeout))
	line("Absolute: %s,%s", duration(s.AbsoluteTimeout), w.off(s.AbsoluteTimeout))
	line("RefreshEachRequest: %t,", s.RefreshEachRequest)
	line("")
	w.goCookie(line)
	line("")
	line("Now: time.Now,")
	line("Rand: rand.Reader,")
	line("}")
}

// goCookies writes the options of a session.CookieStore.
func (w Writing) goCookies(line func(format string, args ...any)) {
	s := w.Settings
	line("// %s", w.Say("random"))
	line("var keys = [][]byte{")
	w.goKeys(line)
	line("}")
	line("")
	line("// %s", w.Say("go_"+s.Mechanism))
	line("var options = session.CookieOptions{")
	line("Lifetime: %s,", duration(s.Lifetime))
	line("RefreshEachRequest: %t,", s.RefreshEachRequest)
	if since := s.Since(); !since.IsZero() {
		line("Since: time.Unix(%d, 0), // %s", since.Unix(), w.Say("go_since"))
	}
	line("")
	w.goCookie(line)
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

func (w Writing) goCookie(line func(format string, args ...any)) {
	s := w.Settings
	line("Cookie: sessions.Options{")
	line("Path: %s,", quote(w.Path))
	if s.Secure == "auto" {
		line("// %s", w.Say("secure_auto"))
	}
	line("Secure: %t,", w.secure())
	line("HttpOnly: %t,", s.HTTPOnly)
	line("SameSite: %s,", sameSite(s.SameSite))
	line("},")
}

func (w Writing) off(d lab.Duration) string {
	if d == 0 {
		return " // " + w.Say("off")
	}
	return ""
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
