// Package ascode writes the settings of an app under study as a program would
// state them: as the configuration of a Flask app, and as the options of package
// session.
package ascode

import (
	"strconv"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// A Writing is what is written down, and how.
type Writing struct {
	Settings lab.Settings
	Path     string // of the cookie: "/app/{bench}/"
	Prefix   string // of the keys in the store
	HTTPS    bool   // whether the page came over https, for what follows the request
	Secret   bool   // whether keys are shown

	// Say returns a comment in the reader's language. The ids are those of
	// [Comments].
	Say func(id string) string
}

// Comments are the ids of the comments.
var Comments = [...]string{
	"random", "secure_auto", "no_setting", "store", "new_id", "sign", "hash_id", "idle", "absolute",
	"go_new_id", "go_backend", "go_unsigned", "go_weak", "go_flask", "go_gorilla", "go_since", "off", "gorilla",
}

// Hidden stands for a key that is not shown.
const Hidden = "••••••••"

func (w Writing) key(k string) string {
	if w.Secret {
		return k
	}
	return Hidden
}

// secure is the setting as a Flask app or a session.Options must have it: one or
// the other.
func (w Writing) secure() bool {
	return w.Settings.Secure == "true" || w.Settings.Secure == "auto" && w.HTTPS
}

// lengths takes a duration apart, so that a program can say it in units.
func lengths(d lab.Duration) (days, hours, minutes, seconds, micros int64) {
	rest := time.Duration(d)
	take := func(unit time.Duration) int64 {
		n := rest / unit
		rest -= n * unit
		return int64(n)
	}
	return take(24 * time.Hour), take(time.Hour), take(time.Minute), take(time.Second), take(time.Microsecond)
}

// quote is s as a string of Go; what cannot be seen is escaped.
func quote(s string) string { return strconv.Quote(s) }

// pyQuote is s as a string of Python, in the single quotes that Flask's
// documentation uses. Go's escapes mean the same there.
func pyQuote(s string) string {
	inner := strconv.Quote(s)
	inner = inner[1 : len(inner)-1]
	return "'" + strings.NewReplacer(`\\`, `\\`, `\"`, `"`, `'`, `\'`).Replace(inner) + "'"
}

func pyBool(v bool) string {
	if v {
		return "True"
	}
	return "False"
}
