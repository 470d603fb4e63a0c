package inspect

import (
	"encoding/base64"
	"strings"
)

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

// asSpring recognises Spring Session's cookie: base64 of a UUID, and perhaps of a
// dot and the machine's name.
func asSpring(in *input) *Report {
	data, err := base64.StdEncoding.DecodeString(in.text)
	if err != nil || len(data) < 36 || len(data) > 36 && data[36] != '.' || !readable(data) {
		return nil
	}
	r := &Report{Format: Opaque, Sure: Likely}
	if !r.asUUID(string(data[:36])) {
		return nil
	}
	r.Variant = "spring"
	const letters = 36 * 8 / 6 // the UUID ends where a letter does
	r.cut(in.text, span{ID, letters, string(data[:36])}, span{Route, len(in.text) - letters, string(data[36:])})
	r.note("server-side")
	return r
}

// asBalancer recognises the cookies by which the load balancers of AWS send a
// client to the same machine again. They are no sessions.
func asBalancer(in *input) *Report {
	name, variant := in.opt.Name, ""
	switch {
	case strings.HasPrefix(name, "AWSALB"):
		variant = "alb"
	case name == "AWSELB", name == "AWSELBCORS":
		variant = "elb"
	}
	letters, _ := entropy(in.text)
	if variant == "" || letters == "" || len(in.text) < 40 || variant == "elb" && letters != "0-9 A-F" {
		return nil
	}
	r := &Report{Format: Balancer, Sure: Likely, Variant: variant}
	r.cut(in.text, span{Route, len(in.text), ""})
	r.note("balancer")
	return r
}
