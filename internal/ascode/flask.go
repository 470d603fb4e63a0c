package ascode

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Flask returns the settings as a configuration file of Flask 3.1, for
// app.config.from_pyfile. What Flask has no setting for stands there as comments.
func (w Writing) Flask() string {
	s := w.Settings
	var b strings.Builder
	line := func(text, comment string) {
		if comment != "" {
			b.WriteString("# " + comment + "\n")
		}
		b.WriteString(text + "\n")
	}
	line("from datetime import timedelta\n", "")
	line("SECRET_KEY = "+pyQuote(w.key(s.SecretKey)), w.say("random"))
	if len(s.FallbackKeys) > 0 {
		line("SECRET_KEY_FALLBACKS = ["+w.fallbacks(pyQuote)+"]", "")
	}
	w.flaskSettings(line)
	switch s.Mechanism {
	case step.MechanismFlask: // there is nothing else to set
		return b.String()
	case step.MechanismGorilla:
		line("\n# "+w.say("gorilla"), "")
		return b.String()
	}
	line("\n# "+w.say("no_setting"), "")
	for _, row := range lab.Table {
		if notInFlask(row) {
			line("#   "+row.Name+" = "+plain(row.Of(s))+"\n#     "+w.Say(settingComment(row)), "")
		}
	}
	return b.String()
}

// flaskSettings writes the settings that Flask has too, but for the keys.
func (w Writing) flaskSettings(line func(text, comment string)) {
	named := false
	for _, row := range lab.Table {
		if row.Flask == "" || row.Key() {
			continue
		}
		if strings.HasPrefix(row.Flask, "SESSION_COOKIE_") && !named {
			named = true
			line("SESSION_COOKIE_NAME = "+pyQuote(step.CookieName), "")
			line("SESSION_COOKIE_PATH = "+pyQuote(w.Path), "")
		}
		line(row.Flask+" = "+python(w.value(row)), w.comment(row))
	}
}

// python is a setting's value as Python writes it.
func python(value any) string {
	switch v := value.(type) {
	case bool:
		return pyBool(v)
	case lab.Duration:
		return timedelta(v)
	case string:
		return pySameSite(v)
	}
	return "None"
}

// plain is a setting's value in words.
func plain(value any) string {
	if on, ok := value.(bool); ok {
		return onOff(on)
	}
	return fmt.Sprint(value)
}

func (w Writing) fallbacks(quote func(string) string) string {
	keys := make([]string, len(w.Settings.FallbackKeys))
	for i, k := range w.Settings.FallbackKeys {
		keys[i] = quote(w.key(k))
	}
	return strings.Join(keys, ", ")
}

// timedelta is a duration as Python writes it: timedelta(hours=2).
func timedelta(d lab.Duration) string {
	var args []string
	add := func(name string, n int64) {
		if n > 0 {
			args = append(args, name+"="+strconv.FormatInt(n, 10))
		}
	}
	days, hours, minutes, seconds, micros := lengths(d)
	add("days", days)
	add("hours", hours)
	add("minutes", minutes)
	add("seconds", seconds)
	add("microseconds", micros)
	return "timedelta(" + strings.Join(args, ", ") + ")"
}

// pySameSite is None where no attribute is sent: not the attribute's value None,
// which is a string.
func pySameSite(v string) string {
	if v == "unset" {
		return "None"
	}
	return pyQuote(v)
}

func onOff(v bool) string {
	if v {
		return "on"
	}
	return "off"
}
