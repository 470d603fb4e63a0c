package inspect

import "strings"

// asJavaID recognises the ids of Java servers: Tomcat's 32 hexadecimal digits, and
// under their usual name those of others. Behind the id may stand which machine
// has the session: ".node1" of Tomcat and Jetty, "!-123!456" of WebLogic, ":clone"
// of WebSphere.
func asJavaID(in *input) *Report {
	if new(Report).asUUID(in.text) {
		return nil
	}
	named := in.opt.Name == "JSESSIONID"
	i := strings.IndexAny(in.text, ".!:")
	if i < 0 {
		i = len(in.text)
	}
	id, route := in.text[:i], in.text[i:]
	letters, bits := entropy(id)
	tomcat := len(id) == 32 && (letters == "0-9 A-F" || letters == "0-9")
	if letters == "" || !octets(route) || strings.ContainsAny(route, "=%/") ||
		!(tomcat && (named || len(route) > 1 && route[0] == '.') || named && len(id) >= 20) {
		return nil
	}
	r := &Report{Format: Opaque, Sure: Likely, Variant: "jsessionid"}
	if route == "" {
		r.id(id, letters, bits)
		return r
	}
	r.cut(in.text, span{ID, len(id), ""}, span{Separator, 1, ""}, span{Route, len(route) - 1, ""})
	r.note("id-bits", "N", bits, "Letters", letters)
	r.note("server-side-maybe")
	return r
}
