package lab

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
	"github.com/sessionlab/sessionlab/session/gorillacookie"
)

// A cookieSession has its data in the cookie itself, and no record.
type cookieSession struct {
	*session.CookieStore
	codec session.Codec

	// cut takes a value apart, as far as that can be done.
	cut func(value string, claim session.Claim) (parts, inside []step.Part)
}

func (m cookieSession) describe(c *step.Cookie) {
	claim := m.Inspect(c.Name, c.Raw)
	if claim.Valid {
		c.Values = objectOf(claim)
	}
	c.Parts, c.Inside = m.cut(c.Raw, claim)
}

// objectOf is the values of a cookie as a JSON object. It keeps them as they
// are, except a list of pairs, which Flask also reads as a dict.
func objectOf(claim session.Claim) json.RawMessage {
	plain := flask.PlainJSON(claim.JSON)
	if bytes.HasPrefix(bytes.TrimSpace(plain), []byte("{")) {
		return plain
	}
	object, err := json.Marshal(flask.Plain(claim.Values))
	if err != nil {
		return nil
	}
	return object
}

func (cookieSession) key(string) string { return "" }

func (m cookieSession) Reads(value string) string { return brief(m.codec.Peek(value).JSON) }

func (m cookieSession) Refuses(value string) string {
	return m.Inspect(step.CookieName, value).Reason()
}

func (m cookieSession) Opens(_ context.Context, value string) (bool, error) {
	return m.Inspect(step.CookieName, value).Valid, nil
}

// flaskCookies are signed as Flask signs them.
func flaskCookies(s Settings, b *Bench, secure bool) mechanism {
	codec := flask.NewSerializer(s.allKeys()...)
	return cookieSession{session.NewCookieStore(codec, s.cookieOptions(b, secure)), codec, cutFlask}
}

// cutFlask cuts PAYLOAD.TIMESTAMP.SIGNATURE. A payload that is compressed begins
// with a dot of its own.
func cutFlask(value string, claim session.Claim) (parts, inside []step.Part) {
	payload, stamp, signature := flask.Cut(value)
	if len(payload)+len(stamp)+len(signature)+2 != len(value) { // it has no two dots to cut at
		return []step.Part{{Kind: "other", Text: value}}, nil
	}
	verified := claim.Verified()
	made := step.Part{Kind: "timestamp", Text: stamp}
	if !claim.Stamp.IsZero() {
		made.Decoded = claim.Stamp.UTC().Format(time.RFC3339)
	}
	return []step.Part{
		{Kind: "payload", Text: payload, Decoded: brief(claim.JSON)}, {Kind: "dot", Text: "."},
		made, {Kind: "dot", Text: "."},
		{Kind: "signature", Text: signature, Valid: &verified},
	}, nil
}

// mostDecoded is how many bytes of a decoded part are shown: a few letters can
// decompress to very much, and anybody can send them.
const mostDecoded = 2 << 10

// brief cuts long text.
func brief(text []byte) string {
	if len(text) > mostDecoded {
		return strings.ToValidUTF8(string(text[:mostDecoded]), "") + "…"
	}
	return string(text)
}

// gorillaCookies are encrypted as gorilla/sessions does.
func gorillaCookies(s Settings, b *Bench, secure bool) mechanism {
	codec, err := gorillacookie.New(s.allKeys()...)
	if err != nil {
		panic(err) // settings have no empty key: see Settings.With
	}
	return cookieSession{session.NewCookieStore(codec, s.cookieOptions(b, secure)), codec, cutGorilla}
}

// cutGorilla cuts the decoded value: TIMESTAMP|SEALED|MAC. Binary parts are
// shown in hexadecimal.
func cutGorilla(value string, claim session.Claim) (parts, inside []step.Part) {
	cut, err := gorillacookie.Cut(value)
	if err != nil || cut.Stamp.IsZero() {
		return []step.Part{{Kind: "other", Text: value}}, nil
	}
	verified := claim.Verified()
	return []step.Part{{Kind: "encoded", Text: value}}, []step.Part{
		{Kind: "timestamp", Text: strconv.FormatInt(cut.Stamp.Unix(), 10), Decoded: cut.Stamp.Format(time.RFC3339)},
		{Kind: "dot", Text: "|"},
		{Kind: "iv", Text: hex.EncodeToString(cut.IV)},
		{Kind: "sealed", Text: hex.EncodeToString(cut.Ciphertext)},
		{Kind: "dot", Text: "|"},
		{Kind: "mac", Text: hex.EncodeToString(cut.MAC), Valid: &verified},
	}
}
