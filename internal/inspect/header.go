package inspect

import "strings"

// fromHeaders reads the lines Cookie and Set-Cookie, as they stand in a request or
// response, in what curl -v prints, and in code that names them. Where there is
// such a line no other counts; a token of a line Authorization is the last resort.
func fromHeaders(text string) (found []cookie, ok bool) {
	var tokens []cookie
	for line := range strings.SplitSeq(text, "\n") {
		if len(found) >= maxCookies {
			break
		}
		kind, rest := header(line)
		switch kind {
		case "set-cookie":
			found, ok = append(found, setCookies(rest)...), true
		case "cookie":
			found, ok = append(found, sentCookies(strings.Split(rest, ";"))...), true
		case "authorization":
			tokens = append(tokens, cookie{value: bare(rest)})
		}
	}
	if !ok && tokens != nil {
		return tokens, true
	}
	return found, ok
}

// header returns which of the headers that matter a line is, and what it says.
func header(line string) (kind, value string) {
	line = strings.TrimLeft(trimmed(line), "<>* [{")
	for _, kind := range []string{"set-cookie", "cookie", "authorization"} {
		rest := strings.TrimLeft(line, `"'`)
		if len(rest) < len(kind) || !strings.EqualFold(rest[:len(kind)], kind) {
			continue
		}
		rest = strings.TrimLeft(rest[len(kind):], `"' `)
		// The tools of browsers copy a tab for the colon.
		if value := strings.TrimLeft(rest, ":\t"); value != rest {
			return kind, unquote(trimmed(value))
		}
	}
	return "", ""
}

// sentCookies are those of a line that a browser sends.
func sentCookies(pairs []string) (found []cookie) {
	for i, pair := range pairs {
		if len(found) == maxCookies {
			break
		}
		if c := pairOf(pair); c.name != "" || i == 0 && c.value != "" {
			found = append(found, c)
		}
	}
	return found
}

// setCookies are those of what a server sends: one, whose attributes follow it,
// and more where a program joined several lines with commas.
func setCookies(line string) (found []cookie) {
	for line != "" && len(found) < maxCookies {
		pair, rest, _ := strings.Cut(line, ";")
		found = append(found, pairOf(pair))
		line = nextCookie(rest)
	}
	return found
}

// nextCookie returns what follows the comma in a line of attributes behind which
// another cookie begins. Dates have a comma too.
func nextCookie(line string) string {
	offset := 0
	for piece := range strings.SplitSeq(line, ";") {
		fields := strings.Split(piece, ",")
		at := offset + len(fields[0]) + 1
		for _, field := range fields[1:] {
			name, _, ok := strings.Cut(field, "=")
			if ok && token(trimmed(name)) && isAttribute(fields[0]) {
				return line[at:]
			}
			at += len(field) + 1
		}
		offset += len(piece) + 1
	}
	return ""
}

// isAttribute reports whether a piece of a line is an attribute of Set-Cookie.
func isAttribute(pair string) bool {
	return attributes[strings.ToLower(trimmed(before(pair, "=")))]
}

func before(s, sep string) string {
	s, _, _ = strings.Cut(s, sep)
	return s
}

var attributes = map[string]bool{
	"expires": true, "max-age": true, "domain": true, "path": true, "secure": true, "httponly": true,
	"samesite": true, "partitioned": true, "priority": true,
}
