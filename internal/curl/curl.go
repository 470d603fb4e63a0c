// Package curl writes recorded requests as commands.
package curl

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Why there is no command for a request.
var (
	ErrSpelled = errors.New("curl: octets that are no UTF-8 were not recorded as they came")
	ErrLong    = errors.New("curl: the command would be too long to copy")
)

// most is how many bytes a command may have: more is no use in a terminal.
const most = 16 << 10

// Command returns a command line for a POSIX shell that sends a recorded request
// again, with the session cookie that it brought and no other; or [ErrSpelled] or
// [ErrLong] if there is none that sends the same. Origin is scheme://host. Where a
// browser asked for a page, the command asks for JSON. In place of a body that was
// too large to be stored it sends as many NULs.
//
// The command can be read and copied: all of it is visible, and what is not is
// written as octal numbers for printf.
func Command(origin string, r step.Request) (string, error) {
	if r.Spelled {
		return "", ErrSpelled
	}
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
	if value, ok := reading.SentCookie(r, step.CookieName); ok {
		args = append(args, "-b", quote(step.CookieName+"="+value))
	}
	if r.Method != "HEAD" {
		args = append(args, body(r)...)
	}
	line := strings.Join(append(args, quote(origin+r.Target())), " ")
	switch {
	case r.Method == "HEAD":
	case r.Unread > 0:
		line = fmt.Sprintf("head -c %d /dev/zero | %s", r.Unread, line)
	case !visible(r.Body):
		line = "printf " + format(r.Body) + " | " + line
	}
	if len(line) > most {
		return "", ErrLong
	}
	return line, nil
}

// body returns the arguments that make curl send the body byte for byte.
func body(r step.Request) []string {
	piped := r.Unread > 0 || !visible(r.Body)
	if r.Body == "" && !piped {
		return nil
	}
	if isForm(r) && !piped {
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

// isForm reports whether curl would send the same Content-Type by itself.
func isForm(r step.Request) bool { return reading.Header(r, "Content-Type") == reading.FormType }
