// Package advice says what a teacher standing by would say: what in an app's
// settings and sessions is a risk, and what a learner may try next. It finds
// reasons; the words for them are elsewhere.
package advice

import (
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Situation is what warnings are about: the settings of an app, the values of
// one session, and how the browser reached the app.
type Situation struct {
	Settings lab.Settings
	Values   map[string]any // of the session; nil: there is none
	HTTPS    bool           // whether the page came over https
	Host     string         // that the browser asked, with or without a port
}

// A Warning is a risk that is real in its situation.
type Warning struct {
	ID   string    // a stable word, such as "http-only"
	Lane step.Lane // the side it belongs to: LaneBrowser or LaneStore
	Key  string    // the session's key that it is about, or ""
}

// Warnings returns what is worth a warning, the gravest first on each side.
func Warnings(s Situation) []Warning {
	var all []Warning
	browser := func(id string) { all = append(all, Warning{ID: id, Lane: step.LaneBrowser}) }
	set := s.Settings
	secure := set.Secure == "true" || set.Secure == "auto" && s.HTTPS
	switch {
	case set.Secure == "true" && !s.HTTPS && !isLocal(s.Host):
		browser("secure-http")
	case set.SameSite == "None" && !secure:
		browser("same-site-none")
	}
	if !set.HTTPOnly {
		browser("http-only")
	}
	if !set.NewIDAtLogin && set.Mechanism == step.MechanismServer { // the others have no id
		browser("fixed-id")
	}
	for _, key := range slices.Sorted(maps.Keys(s.Values)) {
		if secretName(key) {
			all = append(all, passwordIn(set.Mechanism, key))
			break // one says it
		}
	}
	if weak := weakness(set.SecretKey); weak != "" && (set.SignID || set.Mechanism != step.MechanismServer) {
		all = append(all, Warning{ID: weak, Lane: step.LaneStore})
	}
	return all
}

// passwordIn warns of a password where the sessions are.
func passwordIn(mechanism, key string) Warning {
	switch mechanism {
	case step.MechanismFlask:
		return Warning{ID: "password-readable", Lane: step.LaneBrowser, Key: key}
	case step.MechanismGorilla:
		return Warning{ID: "password-sealed", Lane: step.LaneBrowser, Key: key}
	}
	return Warning{ID: "password", Lane: step.LaneStore, Key: key}
}

// isLocal reports whether browsers take a host for their own computer, so that
// what goes there travels over no network and may be Secure without https.
func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// secretName reports whether a key is what programs call a password.
func secretName(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"password", "passwd", "passwort", "passphrase", "pwd", "密码", "口令"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	last := key[strings.LastIndexAny(key, "_-. ")+1:]
	return last == "pass" || last == "pw" || last == "mima"
}
