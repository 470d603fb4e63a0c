package inspect

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// supabaseName is the cookie that Supabase keeps its tokens in; a number behind it
// is a chunk's.
var supabaseName = regexp.MustCompile(`^sb-.+-auth-token(\.\d+)?$`)

// asSupabase recognises the cookie of Supabase: "base64-" and base64url of JSON
// with the tokens. A chunk alone cannot be read as JSON.
func asSupabase(in *input) *Report {
	data, ok := strings.CutPrefix(in.text, "base64-")
	named := supabaseName.FindStringSubmatch(in.opt.Name)
	if !ok && (named == nil || named[1] == "") || strings.Trim(data, base62Digits+"-_=") != "" {
		return nil
	}
	r := &Report{Format: Supabase, Sure: Certain}
	text, _ := anyBase64(data)
	if r.Payload = jsonOf(text); named == nil {
		if r.Sure = Likely; r.Payload == nil {
			return nil
		}
	}
	r.cut(in.text, span{Prefix, len(in.text) - len(data), ""}, span{Payload, len(data), string(r.Payload)})
	if r.Payload == nil {
		r.note("chunk")
		return r
	}
	r.note("supabase")
	if seconds, err := strconv.ParseInt(string(member(r.Payload, "expires_at")), 10, 64); err == nil {
		r.moment("expires", time.Unix(seconds, 0))
	}
	return r
}
