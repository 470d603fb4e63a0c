package lab

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Settings are the configuration of one app under study, as JSON says them. Each
// has a row in [Table].
type Settings struct {
	Mechanism          string   `json:"mechanism"` // MechanismServer and so on
	Store              string   `json:"store"`
	SecretKey          string   `json:"secret_key"`
	FallbackKeys       []string `json:"fallback_keys"` // that still verify, newest first
	Lifetime           Duration `json:"lifetime"`
	RefreshEachRequest bool     `json:"refresh_each_request"`
	NewIDAtLogin       bool     `json:"new_id_at_login"`
	SignID             bool     `json:"sign_id"`
	HashID             bool     `json:"hash_id"`
	IDMaker            string   `json:"id_maker"` // "random"; "counter", "clock": weak ones, to be guessed
	HTTPOnly           bool     `json:"http_only"`
	Secure             string   `json:"secure"`    // "auto": as the request came; "true", "false"
	SameSite           string   `json:"same_site"` // "Lax", "Strict", "None", "unset"
	IdleTimeout        Duration `json:"idle_timeout"`
	AbsoluteTimeout    Duration `json:"absolute_timeout"`
	Workers            string   `json:"workers"`       // "1", "2"
	WorkerKeys         string   `json:"worker_keys"`   // shared or own
	WorkerMemory       string   `json:"worker_memory"` // likewise

	generation generation // which nobody sets
	worker     int        // whose settings these are; 0: the first worker's
}

// RandomKey asks for a fresh secret key, as a server gets at a restart if its
// key is os.urandom(24).
const RandomKey = "random"

const maxSecretKey = 1 << 10 // bytes of all keys together

// DefaultStore is the store of a bench that chose none.
const DefaultStore = "sqlite"

// DefaultSettings are Flask's defaults in a server-side store.
func DefaultSettings(secretKey string) Settings {
	s := Settings{SecretKey: secretKey, FallbackKeys: []string{}}
	for _, row := range Table {
		if !row.Key() {
			row.set(&s, row.Default, []string{DefaultStore})
		}
	}
	return s
}

// newSecretKey is os.urandom(24) in letters.
func newSecretKey() string {
	var b [24]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// A SettingError names the setting that cannot have the value that was asked
// for.
type SettingError struct {
	Field, Value string
	Unknown      bool // there is no such setting
}

func (e *SettingError) Error() string {
	if e.Unknown {
		return fmt.Sprintf("lab: no setting is called %q", e.Field)
	}
	return fmt.Sprintf("lab: setting %s cannot be %q", e.Field, e.Value)
}

// With returns the settings with the changes in a form; fields that were not
// sent stay as they are. Stores lists the stores that can be chosen. With a
// [*SettingError], nothing of the form applies.
func (s Settings) With(form url.Values, stores []string) (Settings, error) {
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if _, ok := Named(name); !ok {
			return s, &SettingError{Field: name, Unknown: true}
		}
	}
	for _, row := range Table {
		text, sent := last(form, row.Name)
		if sent && !row.Key() && !row.set(&s, text, stores) {
			return s, &SettingError{Field: row.Name, Value: text}
		}
	}
	return s.withKeys(form)
}

// withKeys applies secret_key and fallback_keys. An empty secret_key field is one
// that was not filled in; fallback_keys are separated by white space or commas.
func (s Settings) withKeys(form url.Values) (Settings, error) {
	if v, ok := last(form, "secret_key"); ok && v != "" {
		s.SecretKey = keyOf(v)
	}
	if v, ok := last(form, "fallback_keys"); ok {
		s.FallbackKeys = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' || r == '\t' })
		if s.FallbackKeys == nil {
			s.FallbackKeys = []string{}
		}
		for i, k := range s.FallbackKeys {
			s.FallbackKeys[i] = keyOf(k)
		}
	}
	for _, k := range append([]string{s.SecretKey}, s.FallbackKeys...) {
		if !utf8.ValidString(k) {
			return s, &SettingError{Field: "secret_key", Value: "invalid UTF-8"}
		}
	}
	if n := s.keyBytes(); n > maxSecretKey {
		return s, &SettingError{Field: "secret_key", Value: strconv.Itoa(n) + " bytes"}
	}
	return s, nil
}

// keyBytes is the length of all keys together.
func (s Settings) keyBytes() int { return len(s.SecretKey) + len(strings.Join(s.FallbackKeys, "")) }

// keyOf is the key that a field names: itself, or a fresh one.
func keyOf(field string) string {
	if field == RandomKey {
		return newSecretKey()
	}
	return field
}

// Keys returns the keys that sign ids, newest first; none if ids are not signed.
func (s Settings) Keys() [][]byte {
	if !s.SignID {
		return nil
	}
	return s.allKeys()
}

func (s Settings) allKeys() [][]byte {
	keys := [][]byte{[]byte(s.workerKey(s.SecretKey))}
	for _, k := range s.FallbackKeys {
		keys = append(keys, []byte(s.workerKey(k)))
	}
	return keys
}

// signs reports whether cookies are signed. Those of a [cookieSession] always
// are.
func (s Settings) signs() bool { return s.SignID || s.Mechanism != step.MechanismServer }

// store is where records are, "" if the mechanism has none.
func (s Settings) store() string {
	if s.Mechanism != step.MechanismServer {
		return ""
	}
	return s.Store
}

// location names where sessions are kept: the store, or the mechanism whose cookie
// holds them.
func (s Settings) location() string {
	if store := s.store(); store != "" {
		return store
	}
	return s.Mechanism
}

// options are the settings as package session wants them, for an app at path.
// Secure is whether the request came over TLS, for the setting "auto".
func (s Settings) options(path, prefix string, secure bool, now func() time.Time, maxBytes int) session.Options {
	return session.Options{
		Keys:               s.Keys(),
		Prefix:             prefix,
		HashID:             s.HashID,
		WeakKeys:           true, // a learner's are his own
		Lifetime:           time.Duration(s.Lifetime),
		Idle:               time.Duration(s.IdleTimeout),
		Absolute:           time.Duration(s.AbsoluteTimeout),
		RenewGrace:         RenewGrace,
		RefreshEachRequest: s.RefreshEachRequest,
		MaxBytes:           maxBytes,
		Cookie:             s.cookie(path, secure),
		Now:                now,
		Rand:               rand.Reader,
	}
}

// RenewGrace is how late a request may come after its session's id was renewed.
// Real requests come late, so no setting changes it.
const RenewGrace = 10 * time.Second

// cookieOptions are the same settings for a [cookieSession], as far as it has
// them.
func (s Settings) cookieOptions(b *Bench, secure bool) session.CookieOptions {
	return session.CookieOptions{
		Lifetime:           time.Duration(s.Lifetime),
		RefreshEachRequest: s.RefreshEachRequest,
		Since:              s.Since(),
		MaxBytes:           b.lab.limits.RecordBytes,
		Cookie:             s.cookie(b.Path(), secure),
		Now:                notBefore(s.Since(), b.now),
	}
}

func (s Settings) cookie(path string, secure bool) sessions.Options {
	if s.Secure != "auto" {
		secure = s.Secure == "true"
	}
	return sessions.Options{Path: path, Secure: secure, HttpOnly: s.HTTPOnly, SameSite: sameSites[s.SameSite]}
}

var sameSites = map[string]http.SameSite{
	"Lax":    http.SameSiteLaxMode,
	"Strict": http.SameSiteStrictMode,
	"None":   http.SameSiteNoneMode,
}

// last returns the last value of a field: a check box that follows a hidden
// field of its name overrides it.
func last(form url.Values, field string) (string, bool) {
	v := form[field]
	if len(v) == 0 {
		return "", false
	}
	return strings.TrimSpace(v[len(v)-1]), true
}
