package inspect

import (
	"strconv"
	"strings"
)

// joined puts cookies together that are the chunks of one, as libraries spread
// what is too long for a cookie: name.0, name.1 (Supabase, Auth.js), or nameC1,
// nameC2 beside a name that says "chunks-2" (ASP.NET Core).
func joined(found []cookie) []cookie {
	at := map[string]int{}
	for i, c := range found {
		at[c.name] = i
	}
	used := make([]bool, len(found))
	for i, c := range found {
		base, numbered := strings.CutSuffix(c.name, ".0")
		first, prefix := 0, base+"."
		if strings.HasPrefix(c.value, "chunks-") {
			base, numbered, first, prefix = c.name, true, 1, c.name+"C"
		}
		whole, n := "", 0
		for numbered && base != "" && n < len(found) {
			j, ok := at[prefix+strconv.Itoa(first+n)]
			if !ok {
				break
			}
			whole, n = whole+found[j].value, n+1
		}
		if n+first < 2 {
			continue // a cookie, or a chunk alone
		}
		for k := range n {
			used[at[prefix+strconv.Itoa(first+k)]] = true
		}
		used[i] = false
		found[i] = cookie{name: base, value: whole, chunks: n}
	}
	rest := found[:0]
	for i, c := range found {
		if !used[i] {
			rest = append(rest, c)
		}
	}
	return rest
}
