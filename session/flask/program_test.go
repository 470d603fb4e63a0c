package flask_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// errMissing is a KeyError: Flask answers 500, and still refreshes the cookie.
var errMissing = errors.New("no such key")

// program is what was recorded from Flask, in Go: the note's three routes, and
// others that show a rule each.
var program = map[string]func(http.ResponseWriter, *sessions.Session) (body string, err error){
	"/": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.Set(s, "uname", "momo")
		session.Set(s, "pwd", "123")
		session.SetPermanent(s, true)
		return "Hello World!", nil
	},
	"/getSession/": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		if uname, ok := session.Get(s, "uname"); ok {
			return fmt.Sprint(uname), nil
		}
		return "没有session", nil
	},
	"/deleteSession/": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.Clear(s)
		return "删除成功", nil
	},
	"/plain": nil, // a view that does not touch the session
	"/read": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		if uname, ok := session.Get(s, "uname"); ok && uname != nil {
			return fmt.Sprint(uname), nil
		}
		return "None", nil
	},
	"/del/nothing": func(http.ResponseWriter, *sessions.Session) (string, error) { return "", errMissing },
	"/del/pwd": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.Pop(s, "pwd")
		return "gone", nil
	},
	"/permanent-on": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.SetPermanent(s, true)
		return "on", nil
	},
	"/nested-init": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.Set(s, "cart", map[string]any{"items": []any{1}})
		return "init", nil
	},
	"/nested-mutate": appendToCart,
	"/nested-mutate-flag": func(w http.ResponseWriter, s *sessions.Session) (string, error) {
		body, err := appendToCart(w, s)
		session.Set(s, "cart", s.Values["cart"]) // session.modified = True
		return body, err
	},
	"/flash": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		session.Set(s, "_flashes", []any{flask.Tuple{"message", "hi"}, flask.Tuple{"error", "watch out"}})
		return "flashed", nil
	},
	"/flashed": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		flashes, ok := session.Pop(s, "_flashes")
		if !ok {
			flashes = []any{}
		}
		body, err := json.Marshal(flashes)
		return strings.ReplaceAll(string(body), ",", ", "), err
	},
	"/counter": func(_ http.ResponseWriter, s *sessions.Session) (string, error) {
		n, _ := s.Values["n"].(int64)
		session.Set(s, "n", n+1)
		return fmt.Sprint(n + 1), nil
	},
	"/other-cookie": func(w http.ResponseWriter, s *sessions.Session) (string, error) {
		http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark", Path: "/"})
		session.Set(s, "uname", "momo")
		return "two cookies", nil
	},
}

func appendToCart(_ http.ResponseWriter, s *sessions.Session) (string, error) {
	cart := s.Values["cart"].(map[string]any)
	items := append(cart["items"].([]any), 2)
	cart["items"] = items
	return fmt.Sprint(len(items)), nil
}

// serve returns the program as a handler.
func serve(store *session.CookieStore) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		view, found := program[r.URL.Path]
		if !found {
			http.NotFound(w, r)
			return
		}
		var body string
		var change func(*sessions.Session) error
		if view != nil && r.Method != "OPTIONS" {
			change = func(s *sessions.Session) (err error) {
				body, err = view(w, s)
				return err
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := store.Update(w, r, "session", change); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		if view == nil {
			body = "plain"
		}
		_, _ = io.WriteString(w, body)
	}
}
