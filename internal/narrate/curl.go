package narrate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// cookieName is the cookie under study; the product's own are none of curl's
// business.
const cookieName = step.CookieName

// Curl returns a command line for a POSIX shell that sends a recorded request
// again, with the session cookie that it carried and no other. Origin is
// scheme://host. Where a browser asked for a page, the command asks for JSON. In
// place of a body that was too large to be kept it sends as many NULs.
func Curl(origin string, r step.Request) string {
	args := []string{"curl", "-i"}
	if strings.ContainsAny(r.Path, "[]{}") {
		args = append(args, "-g") // or curl takes them for patterns
	}
	if strings.Contains(r.Path, "/.") {
		args = append(args, "--path-as-is")
	}
	switch {
	case r.Method == "HEAD":
		args = append(args, "-I") // -X HEAD would wait for a body
	case r.Method != "GET" || r.Body != "" || r.Unread > 0:
		args = append(args, "-X", word(r.Method))
	}
	if accept := reading.Header(r, "Accept"); strings.Contains(accept, "text/html") || strings.Contains(accept, "application/json") {
		args = append(args, "-H", quote("Accept: application/json"))
	} else if accept != "" && accept != "*/*" {
		args = append(args, "-H", quote("Accept: "+accept))
	}
	if value, ok := reading.SentCookie(r, cookieName); ok {
		args = append(args, "-b", quote(cookieName+"="+value))
	}
	if r.Method != "HEAD" {
		args = append(args, body(r)...)
	}
	line := strings.Join(append(args, quote(address(origin, r.Path))), " ")
	switch {
	case r.Method == "HEAD":
	case r.Unread > 0:
		line = fmt.Sprintf("head -c %d /dev/zero | %s", r.Unread, line)
	case strings.Contains(r.Body, "\x00"):
		line = "printf " + quote(octal(r.Body)) + " | " + line // an argument cannot hold it
	}
	return line
}

// address is where the request went: a path, or a whole address as proxies get.
func address(origin, path string) string {
	if strings.HasPrefix(path, "/") {
		return origin + path
	}
	return path
}

// body returns the arguments that make curl send the body byte for byte.
func body(r step.Request) []string {
	piped := r.Unread > 0 || strings.Contains(r.Body, "\x00")
	if r.Body == "" && !piped {
		return nil
	}
	if kind, _ := reading.MediaType(r); kind == reading.FormType && !piped {
		fields := strings.Split(r.Body, "&")
		if slices.Contains(fields, "") { // -d '' would not bring its & along
			fields = []string{r.Body}
		}
		var args []string
		for _, field := range fields {
			flag := "-d"
			if strings.HasPrefix(field, "@") {
				flag = "--data-raw" // -d would read a file
			}
			args = append(args, flag, quote(field))
		}
		return args
	}
	kind := "Content-Type:" // none, where curl would add one
	if value := reading.Header(r, "Content-Type"); value != "" {
		kind += " " + value
	}
	args := []string{"-H", quote(kind)}
	if piped {
		return append(args, "--data-binary", "@-")
	}
	return append(args, "--data-raw", quote(r.Body))
}

// quote makes s one word of a shell: within single quotes nothing is special.
func quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// word is s, quoted only if it is not a plain word.
func word(s string) string {
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return quote(s)
		}
	}
	return s
}

// octal is s as a format for printf, where every byte survives.
func octal(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, `\%03o`, s[i])
	}
	return b.String()
}
