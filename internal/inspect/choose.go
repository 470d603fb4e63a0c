package inspect

import (
	"slices"
	"strings"
)

// choose returns the index of the cookie that is meant: of those with the name
// that is asked for, or of all, the one that looks most like a session, and of
// equals the first. Keys are not tried: some cost a thousand hashes.
func choose(found []cookie, name string) int {
	asked := len(namesakes(found, name)) > 0
	best, most := 0, -1
	for i, c := range found {
		if asked && c.name != name {
			continue
		}
		if len(found) == 1 {
			break
		}
		r := look(c, found, Options{Name: c.name})
		if n := weight(&r); n > most {
			best, most = i, n
		}
	}
	return best
}

// weight says how much a cookie looks like a session. What is signed or encrypted
// comes first, then ids whose maker is known, data, other ids, and the rest. A name
// that speaks of a session decides between two of a kind.
func weight(r *Report) int {
	var n int
	switch {
	case r.Format == Empty, r.Format == Balancer, r.Sure == Unrecognised, r.Variant == "signature":
		n = 0
	case r.Format == Opaque && r.Sure == Guess:
		n = 4
	case r.Format == Encoded:
		n = 6
	case r.Format == Opaque:
		n = 8
	case r.Sure == Guess:
		n = 10
	default:
		n = 12
	}
	name := strings.ToLower(r.Name)
	for _, word := range []string{"sess", "sid", "auth", "token"} {
		if strings.Contains(name, word) {
			return n + 1
		}
	}
	return n
}

// namesakes are the cookies with a name, which browsers send where paths or domains
// differ.
func namesakes(found []cookie, name string) (same []cookie) {
	for _, c := range found {
		if name != "" && c.name == name {
			same = append(same, c)
		}
	}
	return same
}

// others are the names of the cookies that were not chosen.
func others(found []cookie, chosen cookie) (names []string) {
	for _, c := range found {
		if c.name != "" && c.name != chosen.name && !slices.Contains(names, c.name) {
			names = append(names, c.name)
		}
	}
	return names
}
