package flask_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// A scenario is a row of requests, with what Flask answered.
type scenario struct {
	ID     string
	Config map[string]any
	Steps  []struct {
		Request struct {
			Method, Path string
			Cookie       *string
			Now          int64
		}
		Response struct {
			Status      int
			ContentType string `json:"content_type"`
			Body        *string
			SetCookie   []string `json:"set_cookie"`
			Vary        string
		}
	}
}

// store returns what the settings of a Flask program make.
func (s scenario) store(t *testing.T, now func() time.Time) *session.CookieStore {
	keys := [][]byte{[]byte("lab-secret-key-for-vectors")}
	opt := session.CookieOptions{Lifetime: 2 * time.Hour, RefreshEachRequest: true, Now: now}
	opt.Cookie = sessions.Options{Path: "/", HttpOnly: true}
	for name, value := range s.Config {
		text, _ := value.(string)
		on, _ := value.(bool)
		switch name {
		case "SECRET_KEY":
			keys[0] = []byte(text)
		case "SECRET_KEY_FALLBACKS":
			for _, key := range value.([]any) {
				keys = append(keys, []byte(key.(string)))
			}
		case "PERMANENT_SESSION_LIFETIME":
			opt.Lifetime = 31 * 24 * time.Hour
			if seconds, ok := value.(json.Number); ok {
				n, _ := seconds.Int64()
				opt.Lifetime = time.Duration(n) * time.Second
			}
		case "SESSION_REFRESH_EACH_REQUEST":
			opt.RefreshEachRequest = on
		case "SESSION_COOKIE_DOMAIN":
			opt.Cookie.Domain = text
		case "SESSION_COOKIE_PATH":
			opt.Cookie.Path = text
		case "SESSION_COOKIE_HTTPONLY":
			opt.Cookie.HttpOnly = on
		case "SESSION_COOKIE_SECURE":
			opt.Cookie.Secure = on
		case "SESSION_COOKIE_PARTITIONED":
			opt.Cookie.Partitioned = on
		case "SESSION_COOKIE_SAMESITE":
			opt.Cookie.SameSite = map[string]http.SameSite{"Lax": http.SameSiteLaxMode, "Strict": http.SameSiteStrictMode, "None": http.SameSiteNoneMode}[text]
		case "cookie_key": // which key the first cookie was signed with
		default:
			t.Fatalf("an unknown setting: %s", name)
		}
	}
	return flask.NewStore(keys, opt)
}

// otherwise is what ours does in another way, by scenario and path: see the
// reasons.
var otherwise = map[string]string{
	// A change inside a value is seen, as in every session.Store, by what is saved.
	"nested /nested-mutate": "Set-Cookie",
	// Without a key, Flask has no session at all: Vary is left out, and even
	// clearing what is not there fails.
	"no-secret-key /getSession/":    "Vary",
	"no-secret-key /":               "Vary",
	"no-secret-key /deleteSession/": "all",
}

func TestProgramAnswersAsUnderFlask(t *testing.T) {
	for _, sc := range readGolden(t).Scenarios {
		t.Run(sc.ID, func(t *testing.T) {
			var now int64
			handler := serve(sc.store(t, func() time.Time { return time.Unix(now, 0) }))
			for i, step := range sc.Steps {
				now = step.Request.Now
				r := httptest.NewRequest(step.Request.Method, step.Request.Path, nil)
				if step.Request.Cookie != nil {
					r.Header.Set("Cookie", *step.Request.Cookie)
				}
				w := httptest.NewRecorder()
				handler(w, r)
				want, differs := step.Response, otherwise[sc.ID+" "+step.Request.Path]
				if differs == "all" {
					continue
				}
				if w.Code != want.Status {
					t.Errorf("step %d: status %d; want %d", i, w.Code, want.Status)
				}
				if body := w.Body.String(); want.Body != nil && body != *want.Body && step.Request.Method == "GET" {
					t.Errorf("step %d: body %q; want %q", i, body, *want.Body)
				}
				lines := w.Result().Header["Set-Cookie"]
				if equal := strings.Join(lines, "\n") == strings.Join(want.SetCookie, "\n"); equal == (differs == "Set-Cookie") {
					t.Errorf("step %d: Set-Cookie %q; want %q", i, lines, want.SetCookie)
				}
				if vary := strings.Join(w.Result().Header["Vary"], ", "); vary != want.Vary && differs != "Vary" {
					t.Errorf("step %d: Vary %q; want %q", i, vary, want.Vary)
				}
			}
		})
	}
}

// answer is what the /read view answers to a request with that Cookie header.
func answer(header string, keys []string, now, lifetime int64) *httptest.ResponseRecorder {
	opt := session.CookieOptions{
		Lifetime: time.Duration(lifetime) * time.Second, RefreshEachRequest: true,
		Cookie: sessions.Options{HttpOnly: true}, Now: func() time.Time { return time.Unix(now, 0) },
	}
	r := httptest.NewRequest("GET", "/read", nil)
	r.Header["Cookie"] = []string{header}
	w := httptest.NewRecorder()
	serve(flask.NewStore(codec(keys, now, lifetime).Keys, opt))(w, r)
	return w
}

func TestRefusedCookiesAreAnsweredAsByFlask(t *testing.T) {
	for _, row := range readGolden(t).Decode {
		t.Run(row.ID, func(t *testing.T) {
			w := answer("session="+row.Cookie, row.Keys, row.Now, row.MaxAge)
			want := row.Flask
			if want.Status == http.StatusInternalServerError { // ours is an empty session
				want.Status, want.Body, want.Vary = http.StatusOK, "None", "Cookie"
			}
			lines := w.Result().Header["Set-Cookie"]
			if w.Code != want.Status || strings.Join(lines, "\n") != strings.Join(want.SetCookie, "\n") {
				t.Errorf("status %d, Set-Cookie %q; want %d, %q", w.Code, lines, want.Status, want.SetCookie)
			}
			if want.Vary != w.Header().Get("Vary") {
				t.Errorf("Vary = %q; want %q", w.Header().Get("Vary"), want.Vary)
			}
			// Python writes other values than strings in words of its own.
			if body := w.Body.String(); body != want.Body && !strings.ContainsAny(want.Body, "[{'") {
				t.Errorf("body = %q; want %q", body, want.Body)
			}
		})
	}
}

func TestCookieHeadersAreReadAsByFlask(t *testing.T) {
	for _, row := range readGolden(t).CookieHeader {
		t.Run(row.ID, func(t *testing.T) {
			w := answer(row.CookieHeader, []string{"lab-secret-key-for-vectors"}, 1700000000, 7200)
			lines := w.Result().Header["Set-Cookie"]
			if body := w.Body.String(); body != row.Uname || w.Code != row.Status || strings.Join(lines, "\n") != strings.Join(row.SetCookie, "\n") {
				t.Errorf("%d, %q, Set-Cookie %q; want %d, %q, %q", w.Code, body, lines, row.Status, row.Uname, row.SetCookie)
			}
		})
	}
}
