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

	// Say returns the message with that id in the reader's language. The ids are
	// those of [Comments].
	Say func(id string) string
}

// Comments returns the ids of the messages that stand in code as comments.
func Comments() (ids []string) {
	for _, id := range comments {
		ids = append(ids, commentID+id)
	}
	for _, row := range lab.Table {
		if notInFlask(row) {
			ids = append(ids, settingComment(row))
		}
	}
	return ids
}

const commentID = "config.comment."

var comments = [...]string{
	"random", "secure_auto", "no_setting", "go_new_id", "go_backend", "go_unsigned", "go_weak", "go_flask", "go_gorilla", "go_since", "off", "gorilla",
}

func (w Writing) say(id string) string { return w.Say(commentID + id) }

// settingComment is the id of what is said of a setting that Flask has not.
func settingComment(row lab.Setting) string { return "setting." + row.Name + ".comment" }

// notInFlask reports whether Flask has no setting for what one of ours says of
// records.
func notInFlask(row lab.Setting) bool { return row.Records && row.Flask == "" }

// Hidden stands for a key that is not shown.
const Hidden = "••••••••"

func (w Writing) key(k string) string {
	if w.Secret {
		return k
	}
	return Hidden
}

// value is a setting as code says it: whether the cookie is Secure is decided
// there once and for all.
func (w Writing) value(row lab.Setting) any {
	if row.Name == "secure" {
		return w.Settings.Secure == "true" || w.Settings.Secure == "auto" && w.HTTPS
	}
	return row.Of(w.Settings)
}

// comment is what is to be said of a setting's value.
func (w Writing) comment(row lab.Setting) string {
	if row.Name == "secure" && w.Settings.Secure == "auto" {
		return w.say("secure_auto")
	}
	return ""
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
