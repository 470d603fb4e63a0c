package lab

import (
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A sender is what a request says of who sent it, its cookie aside.
type sender struct {
	kind step.Client
	id   string
	one  bool // it is one client; otherwise clients that look alike share the id
}

// senderOf decides by the listener that the request came by, then by the seat
// in it, and otherwise by its headers.
func senderOf(r *http.Request, owner bool) sender {
	if o := origin.Of(r.Context()); o != origin.Network {
		return sender{step.ClientVirtual, clientID(string(o)), true}
	}
	agent := r.UserAgent()
	kind := step.ClientProgram
	switch {
	case strings.HasPrefix(agent, "curl/"):
		kind = step.ClientCurl
	case strings.HasPrefix(agent, "Mozilla/") && owner:
		return sender{step.ClientBrowser, string(step.ClientBrowser), true}
	case strings.HasPrefix(agent, "Mozilla/"):
		kind = step.ClientOther
	}
	h := fnv.New32a()
	h.Write([]byte(agent))
	h.Write([]byte{0})
	h.Write([]byte(r.Header.Get("Accept-Language")))
	return sender{kind, string(kind) + "-" + strconv.FormatUint(uint64(h.Sum32()), 36), false}
}

// mask hides the values of the product's own cookies in a Cookie header:
// learners do not study them, and everybody in a room can read a projector.
func mask(header string, secret func(name string) bool) (masked string, hidden bool) {
	pairs := strings.Split(header, ";")
	for i, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if ok && value != "" && secret(strings.TrimSpace(name)) {
			pairs[i] = name + "=" + strings.Repeat("•", 8)
			hidden = true
		}
	}
	if !hidden {
		return header, false
	}
	return strings.Join(pairs, ";"), true
}

// contextOf is the request with the context that SameSite depends on, as far as
// the browser says what it was.
func contextOf(r *http.Request, u *url.URL) jar.Request {
	from := jar.Request{URL: u, Method: r.Method}
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		from.SiteForCookies = &url.URL{Scheme: "http", Host: "elsewhere.invalid"} // whichever it was
		from.TopLevelNavigation = r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	return from
}
