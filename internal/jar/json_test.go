package jar

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestJSONKeepsEveryCookie(t *testing.T) {
	u := parse(t, "https://lab.example.org/dir/page")
	var j, back Jar
	for _, line := range []string{"a=1", "b=\xe9\x80; Max-Age=60; Secure; HttpOnly; SameSite=Strict", "bare", "c=没有; Domain=example.org; Path=/; Partitioned; Secure"} {
		j.SetCookie(u, line, time.Now())
	}
	data, err := json.Marshal(struct{ Jar Jar }{j})
	if err != nil {
		t.Fatal(err)
	}
	var held struct{ Jar *Jar }
	held.Jar = &back
	if err := json.Unmarshal(data, &held); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(j, back) {
		t.Errorf("after JSON: %+v; want %+v", back, j)
	}
}

func TestJSONOfAnEmptyJar(t *testing.T) {
	data, err := json.Marshal(Jar{})
	if err != nil || string(data) != "[]" {
		t.Errorf("Marshal(Jar{}) = %s, %v; want []", data, err)
	}
}

func TestJSONFieldNames(t *testing.T) {
	j, _ := set(t, "https://lab.example.org/", "a=1; HttpOnly")
	data, _ := json.Marshal(j)
	want := `[{"name":"a","value":"1","domain":"lab.example.org","host_only":true,"path":"/","secure":false,"http_only":true,` +
		`"same_site":"Default","persistent":false,"created":"2026-11-22T19:25:20Z","last_used":"2026-11-22T19:25:20Z"}]`
	if string(data) != want {
		t.Errorf("Marshal() = %s; want %s", data, want)
	}
}

func TestUnmarshalRefusesWhatNoHeaderCouldSet(t *testing.T) {
	cookie := func(name, value, domain, path, sameSite string) string {
		c, _ := json.Marshal(Cookie{Name: name, Value: value, Domain: domain, Path: path, SameSite: SameSite(sameSite)})
		return string(c)
	}
	good := cookie("a", "1", "h", "/", "Lax")
	crowd := make([]string, MaxPerDomain+1)
	many := make([]string, MaxCookies+1)
	for i := range crowd {
		crowd[i] = cookie(fmt.Sprint(i), "1", "h", "/", "Lax")
	}
	for i := range many {
		many[i] = cookie(fmt.Sprint(i), "1", fmt.Sprint("h", i), "/", "Lax")
	}
	for _, in := range []string{
		`{}`, `[1]`, `[`,
		cookie("", "", "h", "/", "Lax"),
		cookie("a", "1\r\nX: y", "h", "/", "Lax"),
		cookie("a", "1; b=2", "h", "/", "Lax"),
		cookie("a=b", "1", "h", "/", "Lax"),
		cookie("a", "1", "", "/", "Lax"),
		cookie("a", "1", "h", "", "Lax"),
		cookie("a", "1", "h", "/", "lax"),
		cookie("a", strings.Repeat("v", MaxPairSize), "h", "/", "Lax"),
		good + "," + good,
		strings.Join(crowd, ","),
		strings.Join(many, ","),
	} {
		if in[0] == '{' && in != `{}` {
			in = "[" + in + "]"
		}
		j, _ := set(t, "https://lab.example.org/", "kept=1")
		if err := json.Unmarshal([]byte(in), j); err == nil {
			t.Errorf("Unmarshal(%.60s) = nil; want an error", in)
		}
		if len(j.cookies) != 1 || j.cookies[0].Name != "kept" {
			t.Errorf("Unmarshal(%.60s) changed the jar", in)
		}
	}
	var j Jar
	if err := json.Unmarshal([]byte("["+good+"]"), &j); err != nil {
		t.Errorf("Unmarshal(%s) = %v; want nil", good, err)
	}
}
