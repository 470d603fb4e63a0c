package jar

import (
	"net/url"
	"strings"
)

// requestPath returns the path of u as it goes over the wire.
func requestPath(u *url.URL) string {
	if path := u.EscapedPath(); strings.HasPrefix(path, "/") {
		return path
	}
	return "/"
}

// defaultPath is the path of a cookie that names none: the directory of the
// page that set it (RFC 6265bis section 5.1.4).
func defaultPath(u *url.URL) string {
	path := requestPath(u)
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return path[:i]
	}
	return "/"
}

// pathMatch reports whether a cookie of cookiePath is sent to path. The match
// ends at a slash: /lab covers /lab/x, not /laboratory.
func pathMatch(path, cookiePath string) bool {
	rest, ok := strings.CutPrefix(path, cookiePath)
	return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(cookiePath, "/"))
}
