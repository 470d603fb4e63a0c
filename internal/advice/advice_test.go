package advice

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

const goodKey = "V0hEoM1p7vXb3tq9Zc2rLwYd5sKfGu8a"

// ids returns the warnings of a situation by name.
func ids(s Situation) []string {
	var all []string
	for _, w := range Warnings(s) {
		all = append(all, w.ID)
	}
	return all
}

func TestDefaultSettingsNeedNoWarning(t *testing.T) {
	for _, https := range []bool{false, true} {
		s := Situation{Settings: lab.DefaultSettings(goodKey), Values: map[string]any{"uname": "momo"}, HTTPS: https, Host: "example.org"}
		if got := ids(s); got != nil {
			t.Errorf("Warnings(defaults, https %v) = %v; want none", https, got)
		}
	}
}

func TestWarningsAreTrueOfTheSituation(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Situation)
		want   []string
	}{
		"a password":                    {func(s *Situation) { s.Values = map[string]any{"pwd": "123"} }, []string{"password"}},
		"two passwords":                 {func(s *Situation) { s.Values = map[string]any{"pwd": 1, "password": 2} }, []string{"password"}},
		"open to scripts":               {func(s *Situation) { s.Settings.HTTPOnly = false }, []string{"http-only"}},
		"the same id after login":       {func(s *Situation) { s.Settings.NewIDAtLogin = false }, []string{"fixed-id"}},
		"None over http":                {func(s *Situation) { s.Settings.SameSite = "None" }, []string{"same-site-none"}},
		"None over https":               {func(s *Situation) { s.Settings.SameSite, s.HTTPS = "None", true }, nil},
		"None over https, never Secure": {func(s *Situation) { s.Settings.SameSite, s.Settings.Secure, s.HTTPS = "None", "false", true }, []string{"same-site-none"}},
		"Secure over http":              {func(s *Situation) { s.Settings.Secure = "true" }, []string{"secure-http"}},
		"Secure on this computer":       {func(s *Situation) { s.Settings.Secure, s.Host = "true", "127.0.0.1:8080" }, nil},
		"a common key":                  {func(s *Situation) { s.Settings.SecretKey = "dev" }, []string{"key-common"}},
		"a common key that signs nothing": {func(s *Situation) {
			s.Settings.SecretKey, s.Settings.SignID = "dev", false
		}, nil},
		"a common key that signs all": {func(s *Situation) {
			s.Settings.SecretKey, s.Settings.SignID, s.Settings.Mechanism = "dev", false, "flask"
		}, []string{"key-common"}},
		"several": {func(s *Situation) {
			s.Settings.SecretKey, s.Settings.HTTPOnly, s.Values = "dev", false, map[string]any{"密码": "123"}
		}, []string{"http-only", "password", "key-common"}},
	} {
		s := Situation{Settings: lab.DefaultSettings(goodKey), Host: "lab.example.org"}
		tt.change(&s)
		if got := ids(s); !slices.Equal(got, tt.want) {
			t.Errorf("%s: Warnings = %v; want %v", name, got, tt.want)
		}
	}
}

func TestPasswordWarningNamesTheKey(t *testing.T) {
	s := Situation{Settings: lab.DefaultSettings(goodKey), Values: map[string]any{"uname": "momo", "pwd": "123"}}
	if got := Warnings(s); len(got) != 1 || got[0] != (Warning{ID: "password", Lane: step.LaneStore, Key: "pwd"}) {
		t.Errorf("Warnings = %+v; want one about pwd, beside the store", got)
	}
}

func TestKeysThatLookLikePasswords(t *testing.T) {
	for key, want := range map[string]bool{
		"pwd": true, "PWD": true, "password": true, "user_password": true, "Passwd": true, "密码": true, "登录密码": true, "口令": true,
		"pass": true, "user_pass": true, "pw": true, "mima": true,
		"uname": false, "compass": false, "passenger": false, "city": false, "bypass": false, "": false, "_permanent": false,
	} {
		if got := secretName(key); got != want {
			t.Errorf("secretName(%q) = %v; want %v", key, got, want)
		}
	}
}

func TestKeysThatCanBeGuessed(t *testing.T) {
	for key, want := range map[string]string{
		"dev": "key-common", "Secret": "key-common", "change-me": "key-common", "123456": "key-common", "super secret key": "key-common",
		"your-secret-key-here": "key-common",
		"x":                    "key-short", "": "key-short", "momo1999": "key-short", "密码": "key-short",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": "key-simple", "abcdefghijklmnopqrstuvwxyz": "key-simple", "00000000000000000001": "key-simple",
		"abababababababababababab": "key-simple",
		goodKey:                    "", "correct horse battery staple": "",
	} {
		if got := weakness(key); got != want {
			t.Errorf("weakness(%q) = %q; want %q", key, got, want)
		}
	}
}

func TestRandomKeysAreGood(t *testing.T) {
	for range 2000 {
		b := make([]byte, 24)
		rand.Read(b)
		for _, key := range []string{base64.RawURLEncoding.EncodeToString(b), hex.EncodeToString(b)} {
			if got := weakness(key); got != "" {
				t.Fatalf("weakness(%q) = %q; want none", key, got)
			}
		}
	}
}

func TestHostsOfThisComputer(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST": true, "lab.localhost:80": true, "127.0.0.1": true, "127.0.0.1:8080": true,
		"[::1]:8080": true, "::1": true, "192.168.1.7:8080": false, "example.org": false, "localhost.example.org": false, "": false,
	} {
		if got := isLocal(host); got != want {
			t.Errorf("isLocal(%q) = %v; want %v", host, got, want)
		}
	}
}
