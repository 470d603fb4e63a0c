package inspect

import "strings"

// fromRows reads rows of tables: lines of curl's cookie jar, a format of Netscape,
// and those that the tools of browsers copy. A line that is no row is a comment or
// a heading; where there is no row at all, it is no table.
func fromRows(text string) (found []cookie, ok bool) {
	for line := range strings.SplitSeq(text, "\n") {
		if len(found) == maxCookies {
			break
		}
		c, isRow := jarLine(line)
		if !isRow {
			c, isRow = toolRow(line)
		}
		if isRow {
			found = append(found, c)
		}
	}
	return found, len(found) > 0
}

// jarLine reads "domain, subdomains, path, secure, expiry, name, value". A pound
// sign begins a comment, unless it marks a cookie that scripts cannot read.
func jarLine(line string) (c cookie, ok bool) {
	line = strings.TrimPrefix(line, "#HttpOnly_")
	f := columns(line)
	flag := func(s string) bool { return s == "TRUE" || s == "FALSE" }
	if len(f) == 6 {
		f = append(f, "")
	}
	if len(f) != 7 || strings.HasPrefix(line, "#") || !flag(f[1]) || !flag(f[3]) || f[2] == "" || f[2][0] != '/' ||
		strings.Trim(f[4], "-0123456789") != "" {
		return c, false
	}
	return cookie{name: f[5], value: f[6]}, true
}

// toolRow reads "name, value, domain, path, …", with tabs between. Where they
// became spaces, the path tells it from prose.
func toolRow(line string) (c cookie, ok bool) {
	f := columns(line)
	tabs := strings.Contains(line, "\t")
	heading := len(f) > 1 && strings.EqualFold(f[0], "name") && strings.EqualFold(f[1], "value")
	if len(f) < 2 || heading || !token(f[0]) || strings.ContainsAny(f[0], "=;") ||
		!tabs && (len(f) < 4 || f[3][0] != '/') {
		return c, false
	}
	return cookie{name: f[0], value: unquote(f[1])}, true
}

func columns(line string) []string {
	if !strings.Contains(line, "\t") {
		return strings.Fields(line)
	}
	f := strings.Split(line, "\t")
	for i := range f {
		f[i] = trimmed(f[i])
	}
	return f
}
