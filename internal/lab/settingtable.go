package lab

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Setting is one row of the table of settings. Their form, their JSON, their
// code and the check of what is sent use this table.
type Setting struct {
	Name    string   // in JSON, in forms, and in the ids of its words
	Default string   // as a form has it; "" for what each bench or server has its own of
	Choices []string // of a text; nil for any, or for what each server has its own of
	Off     bool     // whether a duration can be "off"
	Records bool     // whether it concerns only records and their ids, which other mechanisms do without

	Flask  string // Flask's name of it; "" if it has none
	Option string // the field of [session.Options] that it becomes; "" if none
	Go     string // how else a Go program says it

	field func(*Settings) any
}

// Table is all settings, in the order of their form. It must not be modified.
var Table = [...]Setting{
	{Name: "secret_key", Flask: "SECRET_KEY", Go: "Keys[0]", field: func(s *Settings) any { return &s.SecretKey }},
	{Name: "fallback_keys", Flask: "SECRET_KEY_FALLBACKS", Go: "Keys[1:]", field: func(s *Settings) any { return &s.FallbackKeys }},
	{Name: "mechanism", Default: step.MechanismServer, Choices: step.Mechanisms[:], Go: "session.New, flask.NewStore, …", field: func(s *Settings) any { return &s.Mechanism }},
	{Name: "store", Default: DefaultStore, Records: true, Go: "session.New(backend, …)", field: func(s *Settings) any { return &s.Store }},
	{Name: "lifetime", Default: "31d", Flask: "PERMANENT_SESSION_LIFETIME", Option: "Lifetime", field: func(s *Settings) any { return &s.Lifetime }},
	{Name: "idle_timeout", Default: "off", Off: true, Records: true, Option: "Idle", field: func(s *Settings) any { return &s.IdleTimeout }},
	{Name: "absolute_timeout", Default: "off", Off: true, Records: true, Option: "Absolute", field: func(s *Settings) any { return &s.AbsoluteTimeout }},
	{Name: "refresh_each_request", Default: "true", Flask: "SESSION_REFRESH_EACH_REQUEST", Option: "RefreshEachRequest", field: func(s *Settings) any { return &s.RefreshEachRequest }},
	{Name: "new_id_at_login", Default: "true", Records: true, Go: "session.LogIn(ctx, s, …)", field: func(s *Settings) any { return &s.NewIDAtLogin }},
	{Name: "sign_id", Default: "true", Records: true, Go: "Keys", field: func(s *Settings) any { return &s.SignID }},
	{Name: "hash_id", Default: "false", Records: true, Option: "HashID", field: func(s *Settings) any { return &s.HashID }},
	{Name: "id_maker", Default: randomIDs, Choices: []string{randomIDs, countedIDs, clockIDs}, Records: true, Go: "Options.Rand", field: func(s *Settings) any { return &s.IDMaker }},
	{Name: "http_only", Default: "true", Flask: "SESSION_COOKIE_HTTPONLY", Option: "Cookie.HttpOnly", field: func(s *Settings) any { return &s.HTTPOnly }},
	{Name: "secure", Default: "auto", Choices: []string{"auto", "true", "false"}, Flask: "SESSION_COOKIE_SECURE", Option: "Cookie.Secure", field: func(s *Settings) any { return &s.Secure }},
	{Name: "same_site", Default: "Lax", Choices: []string{"Lax", "Strict", "None", "unset"}, Flask: "SESSION_COOKIE_SAMESITE", Option: "Cookie.SameSite", field: func(s *Settings) any { return &s.SameSite }},
	{Name: "workers", Default: "1", Choices: []string{"1", "2"}, field: func(s *Settings) any { return &s.Workers }},
	{Name: "worker_keys", Default: workersShare, Choices: []string{workersShare, workersOwn}, field: func(s *Settings) any { return &s.WorkerKeys }},
	{Name: "worker_memory", Default: workersShare, Choices: []string{workersShare, workersOwn}, Records: true, field: func(s *Settings) any { return &s.WorkerMemory }},
}

// Named returns the setting of that name, if there is one.
func Named(name string) (Setting, bool) {
	i := slices.IndexFunc(Table[:], func(row Setting) bool { return row.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return Table[i], true
}

// Key reports whether the setting is a key, or several: keys are secret, and
// there is no list of choices for them.
func (r Setting) Key() bool { return r.Name == "secret_key" || r.Name == "fallback_keys" }

// Of returns the setting's value in s: a string, a bool, a [Duration], or a
// []string of keys.
func (r Setting) Of(s Settings) any {
	switch v := r.field(&s).(type) {
	case *string:
		return *v
	case *bool:
		return *v
	case *Duration:
		return *v
	case *[]string:
		return *v
	}
	panic("lab: setting " + r.Name + " is of a type that no form has")
}

// Text returns the setting's value in s as a form has it; "" for keys.
func (r Setting) Text(s Settings) string {
	switch v := r.Of(s).(type) {
	case bool:
		return strconv.FormatBool(v)
	case Duration:
		return v.String()
	case string:
		if !r.Key() {
			return v
		}
	}
	return ""
}

// Takes says in words what the setting can be, where there are these stores.
func (r Setting) Takes(stores []string) string {
	switch r.field(new(Settings)).(type) {
	case *bool:
		return "true, false"
	case *Duration:
		if r.Off {
			return "off, or a time such as 10s, 2h or 31d"
		}
		return "a time such as 10s, 2h or 31d"
	}
	switch {
	case r.Name == "store":
		return strings.Join(stores, ", ")
	case r.Key():
		return "a text, not too long"
	}
	return strings.Join(r.Choices, ", ")
}

// set sets the setting in s to the value in a form. Stores are the choices of
// the store. It reports whether the value is allowed.
func (r Setting) set(s *Settings, text string, stores []string) bool {
	switch v := r.field(s).(type) {
	case *bool:
		*v = text == "true"
		return text == "true" || text == "false"
	case *Duration:
		d, err := ParseDuration(text)
		*v = d
		return err == nil && (d != 0 || r.Off)
	case *string:
		choices := r.Choices
		if r.Name == "store" {
			choices = stores
		}
		*v = text
		return slices.Contains(choices, text)
	}
	return false
}
