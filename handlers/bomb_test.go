package handlers_test

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
)

// flaskPayload is what a cookie of Flask's carries, compressed by somebody who keeps to
// no limit.
func flaskPayload(t testing.TB, json string) string {
	t.Helper()
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, err := w.Write([]byte(json))
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return "." + base64.RawURLEncoding.EncodeToString(z.Bytes())
}

// flaskSigned signs a payload as Flask does, whatever it is.
func flaskSigned(key, payload string, now time.Time) string {
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha1.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	base64url := base64.RawURLEncoding.EncodeToString
	signed := payload + "." + base64url(binary.BigEndian.AppendUint32(nil, uint32(now.Unix())))
	return signed + "." + base64url(mac(mac([]byte(key), "cookie-session"), signed))
}

// flaskBombs are JSON of more than a cookie should hold.
var flaskBombs = map[string]string{
	"zeros":        strings.Repeat("\x00", 4<<20),
	"objects":      `{"a":[` + strings.Repeat(`{"":0},`, 149000) + `0]}`,
	"few objects":  `{"a":[` + strings.Repeat(`{"":0},`, 9000) + `0]}`,
	"numbers":      `{"a":[` + strings.Repeat(`0,`, 30000) + `0]}`,
	"some numbers": `{"a":[` + strings.Repeat(`0,`, 4000) + `0]}`,
	"brackets":     `{"a":` + strings.Repeat("[", 30000) + strings.Repeat("]", 30000) + `}`,
	"nested":       strings.Repeat(`{"a":`, 400) + "1" + strings.Repeat("}", 400),
	"nested more":  strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000),
	"string":       `{"a":"` + strings.Repeat("x", flask.MaxJSON-8) + `"}`,
	"long string":  `{"a":"` + strings.Repeat("x", 1<<20) + `"}`,
	"escapes":      `{"a":"` + strings.Repeat(`\"`, flask.MaxJSON/2-4) + `"}`,
	"characters":   `{"a":"` + strings.Repeat(`é`, flask.MaxJSON/2-4) + `"}`,
	"tuple":        `{"a":{" t":"` + strings.Repeat("x", 5000) + `"}}`,
}

// What a cookie costs whose sender has no key is little. Who has the key, as a
// learner has that of his own bench, may store as much by a cookie as in a record.
func TestAHostileFlaskCookieIsASmallStep(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask, "secret_key", "dev")
	db := s.open()
	payloads := make(map[string]string)
	for name, json := range flaskBombs {
		payloads[name] = flaskPayload(t, json)
	}
	for _, accept := range []string{"application/json", "text/html"} {
		s.carrying("session=a.b.c").With("Accept", accept).Get(l.app + "get?key=a").Want(200) // whatever is made once is made now
		for name, payload := range payloads {
			for key, most := range map[string]struct{ allocated, step, answer int }{
				"guess": {1 << 20, 48 << 10, 4 << 10}, "dev": {12 << 20, 10 * flask.MaxJSON, 3 * flask.MaxJSON},
			} {
				c := s.carrying("session="+flaskSigned(key, payload, s.clock.Now())).With("Accept", accept)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				answer := c.Get(l.app + "get?key=a").Want(200)
				runtime.ReadMemStats(&after)
				var recorded string
				if err := db.QueryRow(`SELECT step FROM steps ORDER BY n DESC`).Scan(&recorded); err != nil {
					t.Fatal(err)
				}
				allocated := int(after.TotalAlloc - before.TotalAlloc)
				if allocated > most.allocated || len(recorded) > most.step || len(answer.Body) > most.answer {
					t.Errorf("%s signed with %q: %d bytes are allocated for a step of %d and an answer of %d; want %+v at most",
						name, key, allocated, len(recorded), len(answer.Body), most)
				}
			}
		}
	}
	n := len(l.steps())
	for i := range n {
		for _, p := range l.step(i + 1).Before.Cookie.Parts {
			if len(p.Decoded) > 4<<10 {
				t.Errorf("step %d tells %d bytes of what a part says", i+1, len(p.Decoded))
			}
		}
	}
	if want := 2 + 4*len(flaskBombs); n != want {
		t.Errorf("%d steps; want %d", n, want)
	}
	mustBeWell(t, s, l)
}
