package ascode

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

const hostile = "a'b\"c\\d\n\u202e*/ # 密钥 \x00 `"

func writing(change func(*lab.Settings)) Writing {
	s := lab.DefaultSettings("V0hEoM1p7vXb3tq9Zc2rLwYd5sKfGu8a")
	if change != nil {
		change(&s)
	}
	return Writing{Settings: s, Path: "/app/q7mz/", Prefix: "session:q7mz:", Secret: true, Say: func(id string) string {
		return "say " + id[strings.LastIndexByte(strings.TrimSuffix(id, ".comment"), '.')+1:]
	}}
}

// variety are settings that differ in all that is written.
func variety() map[string]Writing {
	all := map[string]Writing{
		"defaults": writing(nil),
		"other": writing(func(s *lab.Settings) {
			s.Store, s.SecretKey, s.FallbackKeys = "memory", hostile, []string{"old", hostile}
			s.Lifetime, s.IdleTimeout = lab.Duration(36*time.Hour+90*time.Second), lab.Duration(20*time.Minute)
			s.AbsoluteTimeout = lab.Duration(24*time.Hour + 1500*time.Millisecond)
			s.RefreshEachRequest, s.NewIDAtLogin, s.HashID, s.HTTPOnly = false, false, true, false
			s.Secure, s.SameSite = "true", "None"
		}),
		"weak": writing(func(s *lab.Settings) { s.SecretKey = "dev" }),
		"bare": writing(func(s *lab.Settings) { s.SignID, s.Secure, s.SameSite = false, "false", "unset" }),
	}
	for _, m := range step.Mechanisms[1:] {
		w := all["other"]
		w.Settings.Mechanism = m
		all[m] = w
	}
	again := all["flask"]
	again.Settings = left(again.Settings)
	all["again"] = again
	hidden := all["other"]
	hidden.Secret, hidden.HTTPS, hidden.Settings.Secure = false, true, "auto"
	all["hidden"] = hidden
	return all
}

// left are the settings of a bench that has left Flask's cookies and come back.
func left(s lab.Settings) lab.Settings {
	row := lab.BenchRow{Settings: s}
	data, err := lab.EncodeBench(row)
	if err == nil {
		err = lab.DecodeBench(&row, []byte(strings.TrimSuffix(data, "}")+`,"over":{"flask":"2027-01-15T08:00:01Z"}}`))
	}
	if err != nil {
		panic(err)
	}
	return row.Settings
}

func TestFlaskConfigSaysTheSettings(t *testing.T) {
	for name, wants := range map[string][]string{
		"defaults": {
			"# say random\nSECRET_KEY = 'V0hEoM1p7vXb3tq9Zc2rLwYd5sKfGu8a'\n",
			"PERMANENT_SESSION_LIFETIME = timedelta(days=31)\n", "SESSION_REFRESH_EACH_REQUEST = True\n",
			"SESSION_COOKIE_HTTPONLY = True\n", "# say secure_auto\nSESSION_COOKIE_SECURE = False\n", "SESSION_COOKIE_SAMESITE = 'Lax'\n",
			"SESSION_COOKIE_PATH = '/app/q7mz/'\n", "#   store = sqlite\n#     say store.comment\n", "#   idle_timeout = off\n#     say idle_timeout.comment\n",
		},
		"other": {
			`SECRET_KEY = 'a\'b"c\\d\n\u202e*/ # 密钥 \x00 ` + "`'", `SECRET_KEY_FALLBACKS = ['old', 'a\'b`,
			"timedelta(days=1, hours=12, minutes=1, seconds=30)\n", "SESSION_REFRESH_EACH_REQUEST = False\n",
			"SESSION_COOKIE_HTTPONLY = False\n", "SESSION_COOKIE_SECURE = True\n", "SESSION_COOKIE_SAMESITE = 'None'\n",
			"absolute_timeout = 1d1.5s",
		},
		"gorilla": {"SESSION_COOKIE_SAMESITE = 'None'\n", "# say gorilla"},
		"bare":    {"SESSION_COOKIE_SAMESITE = None\n", "SESSION_COOKIE_SECURE = False\n", "sign_id = off"},
		"hidden":  {"SECRET_KEY = '••••••••'", "SECRET_KEY_FALLBACKS = ['••••••••', '••••••••']\n", "# say secure_auto\nSESSION_COOKIE_SECURE = True\n"},
	} {
		got := variety()[name].Flask()
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: Flask() = %s\nwant %q in it", name, got, want)
			}
		}
	}
	if got := variety()["flask"].Flask(); strings.Contains(got, "say no_setting") {
		t.Errorf("Flask() = %s; want all of it to be settings of Flask", got)
	}
	if got := variety()["defaults"].Flask(); strings.Contains(got, "FALLBACKS") {
		t.Errorf("Flask() without fallback keys = %s", got)
	}
}

func TestGoSaysTheSettings(t *testing.T) {
	for name, wants := range map[string][]string{
		"defaults": {"// say go_new_id\n", `[]byte("V0hEoM1p7vXb3tq9Zc2rLwYd5sKfGu8a")`, "31 * 24 * time.Hour", "http.SameSiteLaxMode", `"/app/q7mz/"`, "0, // say off"},
		"other":    {"24*time.Hour + 12*time.Hour + time.Minute + 30*time.Second", "20 * time.Minute", "http.SameSiteNoneMode", `[]byte("old")`},
		"bare":     {"http.SameSiteDefaultMode", "nil, // say go_unsigned"},
		"weak":     {`[]byte("dev"),`, "WeakKeys: true, // say go_weak"},
		"hidden":   {`[]byte("••••••••")`},
		"flask":    {"var keys = [][]byte{", `[]byte("old")`, "// say go_flask\nvar options = session.CookieOptions{", "http.SameSiteNoneMode"},
		"gorilla":  {"// say go_gorilla\n"},
		"again":    {"time.Unix(1800000001, 0), // say go_since\n"},
	} {
		got, err := variety()[name].Go()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: Go() = %s\nwant %q in it", name, got, want)
			}
		}
	}
}

func TestHiddenKeysAreNowhere(t *testing.T) {
	w := variety()["other"]
	w.Secret, w.Settings.SecretKey, w.Settings.FallbackKeys = false, "topmost-secret", []string{"older-secret"}
	code, err := w.Go()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{w.Flask(), code} {
		if strings.Contains(text, "-secret") {
			t.Errorf("a key shows in %s", text)
		}
	}
}

// The comments are the last thing on a line of code: none may begin another.
func TestCommentsAreOneLineInBothLanguages(t *testing.T) {
	words := i18n.Load()
	for _, lang := range i18n.Langs {
		for _, id := range Comments() {
			text := words.Text(lang)
			if !text.Has(id) || strings.ContainsAny(text.T(id), "\r\n") {
				t.Errorf("%s: comment %q = %q; want one line", lang, id, text.T(id))
			}
		}
	}
}

func TestGoCompiles(t *testing.T) {
	folder := t.TempDir()
	args := []string{"build"}
	for name, w := range variety() {
		name += "Settings"
		code, err := w.Go()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		imports, use := Imports, fmt.Sprintf("\nvar _ = session.New(session.NewMemory(), %s)\n", name)
		if w.Settings.Mechanism != step.MechanismServer {
			imports = strings.Replace(imports, `"crypto/rand"`, "", 1)
			use = fmt.Sprintf("\nvar _ = session.NewCookieStore(flask.NewSerializer(%[1]sKeys...), %[1]s)\n", name)
			imports = strings.Replace(imports, `lab/session"`, `lab/session"`+"\n"+`"github.com/sessionlab/sessionlab/session/flask"`, 1)
		}
		code = strings.Replace(strings.Replace(code, "var options", "var "+name, 1), "var keys", "var "+name+"Keys", 1)
		file := "package settings\n\n" + imports + "\n" + code + use
		if _, err := parser.ParseFile(token.NewFileSet(), name+".go", file, parser.AllErrors); err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, file)
		}
		path := filepath.Join(folder, name+".go")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
	if err != nil {
		t.Errorf("go build: %v\n%s", err, out)
	}
}

func TestEverySettingHasItsWords(t *testing.T) {
	words := i18n.Load()
	for _, lang := range i18n.Langs {
		text := words.Text(lang)
		for _, row := range lab.Table {
			ids := []string{"name", "note", "after"}
			for _, choice := range row.Choices {
				ids = append(ids, "choice."+choice)
			}
			for _, id := range ids {
				if id = "setting." + row.Name + "." + id; !text.Has(id) {
					t.Errorf("%s: there is no %s", lang, id)
				}
			}
		}
	}
}
