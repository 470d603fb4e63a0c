package ascode

import (
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
	line("SECRET_KEY = "+pyQuote(w.key(s.SecretKey)), w.Say("random"))
	if len(s.FallbackKeys) > 0 {
		line("SECRET_KEY_FALLBACKS = ["+w.fallbacks(pyQuote)+"]", "")
	}
	line("PERMANENT_SESSION_LIFETIME = "+timedelta(s.Lifetime), "")
	line("SESSION_REFRESH_EACH_REQUEST = "+pyBool(s.RefreshEachRequest), "")
	line("SESSION_COOKIE_NAME = "+pyQuote(step.CookieName), "")
	line("SESSION_COOKIE_PATH = "+pyQuote(w.Path), "")
	line("SESSION_COOKIE_HTTPONLY = "+pyBool(s.HTTPOnly), "")
	auto := ""
	if s.Secure == "auto" {
		auto = w.Say("secure_auto")
	}
	line("SESSION_COOKIE_SECURE = "+pyBool(w.secure()), auto)
	line("SESSION_COOKIE_SAMESITE = "+pySameSite(s.SameSite), "")
	switch s.Mechanism {
	case step.MechanismFlask: // there is nothing else to set
		return b.String()
	case step.MechanismGorilla:
		line("\n# "+w.Say("gorilla"), "")
		return b.String()
	}
	line("\n# "+w.Say("no_setting"), "")
	for _, other := range [][2]string{
		{"store = " + s.Store, "store"},
		{"new_id_at_login = " + onOff(s.NewIDAtLogin), "new_id"},
		{"sign_id = " + onOff(s.SignID), "sign"},
		{"hash_id = " + onOff(s.HashID), "hash_id"},
		{"idle_timeout = " + s.IdleTimeout.String(), "idle"},
		{"absolute_timeout = " + s.AbsoluteTimeout.String(), "absolute"},
	} {
		line("#   "+other[0]+"\n#     "+w.Say(other[1]), "")
	}
	return b.String()
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
