package lab

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// clientOf tells who sent a request, as well as a server can: by the seat it
// brought, and by what it says of itself. The id tells clients of one kind apart.
func clientOf(r *http.Request, owner bool) (kind step.Client, id string) {
	agent := r.UserAgent()
	switch {
	case strings.HasPrefix(agent, "curl/"):
		kind = step.ClientCurl
	case strings.HasPrefix(agent, "Mozilla/") && owner:
		return step.ClientBrowser, string(step.ClientBrowser)
	case strings.HasPrefix(agent, "Mozilla/"):
		kind = step.ClientOther
	default:
		kind = step.ClientProgram
	}
	h := fnv.New32a()
	h.Write([]byte(agent))
	h.Write([]byte{0})
	h.Write([]byte(r.Header.Get("Accept-Language")))
	return kind, string(kind) + "-" + strconv.FormatUint(uint64(h.Sum32()), 36)
}

// mask hides the values of the product's own cookies in a Cookie header: they are
// not what is studied, and a projector is no place for them.
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
