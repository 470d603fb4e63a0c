package flask_test

import (
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

// A cookie made here is the one that Flask makes of the same values at the same
// second, with the same SECRET_KEY.
func ExampleCodec() {
	codec := flask.Codec{
		Keys:   [][]byte{[]byte("lab-secret-key-for-vectors")},
		MaxAge: 2 * time.Hour,
		Now:    func() time.Time { return time.Unix(1700000000, 0) },
	}
	cookie, err := codec.Encode(map[string]any{"uname": "momo", "pwd": "123", "_permanent": true})
	fmt.Println(cookie, err)
	values, err := codec.Decode(cookie)
	fmt.Println(values, err)
	_, err = codec.Decode(cookie[:len(cookie)-2])
	fmt.Println(err)
	// Output:
	// eyJfcGVybWFuZW50Ijp0cnVlLCJwd2QiOiIxMjMiLCJ1bmFtZSI6Im1vbW8ifQ.ZVPxAA.gF8Ftn6T3NHkUA-Fq1UUG5tOqW0 <nil>
	// map[_permanent:true pwd:123 uname:momo] <nil>
	// session: cookie: signature
}

// A store of such cookies follows Flask's rules for when a cookie is sent.
func ExampleNewStore() {
	opt := session.DefaultCookieOptions()
	opt.Now = func() time.Time { return time.Unix(1700000000, 0) }
	store := flask.NewStore([][]byte{[]byte("lab-secret-key-for-vectors")}, opt)

	w := httptest.NewRecorder()
	err := store.Update(w, httptest.NewRequest("GET", "/", nil), "session", func(s *sessions.Session) error {
		session.Set(s, "uname", "momo")
		return nil
	})
	fmt.Println(w.Header().Get("Set-Cookie"), err)
	// Output:
	// session=eyJ1bmFtZSI6Im1vbW8ifQ.ZVPxAA.urYftEQnfwm2a3Q8NC6MYBvUgaA; HttpOnly; Path=/; SameSite=Lax <nil>
}
