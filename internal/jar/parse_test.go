package jar

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestParseSetCookieSplitsTheLine(t *testing.T) {
	long := strings.Repeat("v", MaxPairSize)
	for _, test := range []struct {
		rule, line, name, value string
		want                    Reason
	}{
		{"BK-01", "a=1\x01", "", "", ReasonControlCharacter},
		{"BK-01", "a=1; Path=/\n", "", "", ReasonControlCharacter},
		{"BK-01", "a=1\x7f", "", "", ReasonControlCharacter},
		{"BK-01", "a=1\x00", "", "", ReasonControlCharacter},
		{"BK-01", "a=1\t2", "a", "1\t2", ""},
		{"BK-02", "value", "", "value", ""},
		{"BK-02", "a=b=c", "a", "b=c", ""},
		{"BK-02", "=v", "", "v", ""},
		{"BK-03", " \t a \t=\t \"1\" ", "a", `"1"`, ""},
		{"BK-04", "", "", "", ReasonEmpty},
		{"BK-04", " = ; Path=/", "", "", ReasonEmpty},
		{"BK-04", "a=", "a", "", ""},
		{"BK-04", "a=" + long[1:], "a", long[1:], ""},
		{"BK-04", "a=" + long, "a", long, ReasonTooLarge},
		{"BK-22", "a=%3B%20; Path=/", "a", "%3B%20", ""},
	} {
		name, value, _, reason := ParseSetCookie(test.line)
		if name != test.name || value != test.value || reason != test.want {
			t.Errorf("%s: ParseSetCookie(%.40q) = %.40q, %.40q, %q; want %.40q, %.40q, %q",
				test.rule, test.line, name, value, reason, test.name, test.value, test.want)
		}
	}
}

func TestParseSetCookieExplainsAttributes(t *testing.T) {
	long := "/" + strings.Repeat("p", MaxAttributeSize)
	line := "a=1; PATH = /x ;; Path=/y; Secure; Path=" + long + "; Max-Age=60; Expires=Fri, 01 Jan 2038 00:00:00 GMT; Max-Age=+6; Expires=soon; Lab=on; X; \u017fecure"
	_, _, got, _ := ParseSetCookie(line)
	want := []Attribute{
		{"PATH", "/x", ReasonOverridden},
		{"Path", "/y", ""},
		{"Secure", "", ""},
		{"Path", long, ReasonAttributeTooLarge},
		{"Max-Age", "60", ""},
		{"Expires", "Fri, 01 Jan 2038 00:00:00 GMT", ReasonOverridden},
		{"Max-Age", "+6", ReasonUnreadableAttribute},
		{"Expires", "soon", ReasonUnreadableAttribute},
		{"Lab", "on", ReasonUnknownAttribute},
		{"X", "", ReasonUnknownAttribute},
		{"\u017fecure", "", ReasonUnknownAttribute},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("ParseSetCookie(%q) attributes = %+v; want %+v", line, got, want)
	}
}

func TestAttributeValuesOf1024OctetsStillCount(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	path := "/" + strings.Repeat("p", MaxAttributeSize-1)
	var j Jar
	if got := j.SetCookie(u, "a=1; Path="+path, recorded).Cookie.Path; got != path {
		t.Errorf("Path of 1024 octets: stored %q; want it kept", got)
	}
	if got := j.SetCookie(u, "a=1; Path="+path+"p", recorded).Cookie.Path; got != "/" {
		t.Errorf("Path of 1025 octets: stored %.20q; want the default", got)
	}
}

func TestMaxAge(t *testing.T) {
	for _, test := range []struct {
		in   string
		want time.Duration
		ok   bool
	}{
		{"60", time.Minute, true},
		{"0060", time.Minute, true},
		{"0", 0, true},
		{"-0", -time.Second, true},
		{"-99999999999999999999", -time.Second, true},
		{"34560000", MaxLifetime, true},
		{"34560001", MaxLifetime, true},
		{"99999999999999999999", MaxLifetime, true},
		{"", 0, false},
		{"-", 0, false},
		{"--1", 0, false},
		{"+60", 0, false},
		{"60s", 0, false},
		{"6 0", 0, false},
		{"1.5", 0, false},
		{"\"60\"", 0, false},
		{"٣", 0, false},
	} {
		if got, ok := parseMaxAge(test.in); got != test.want || ok != test.ok {
			t.Errorf("parseMaxAge(%q) = %v, %v; want %v, %v", test.in, got, ok, test.want, test.ok)
		}
	}
}

func TestDate(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Fri, 01 Jan 2027 02:03:04 GMT", "2027-01-01T02:03:04Z"},
		{"Friday, 01-Jan-27 02:03:04 GMT", "2027-01-01T02:03:04Z"},
		{"Fri Jan  1 02:03:04 2027", "2027-01-01T02:03:04Z"},
		{"Fri, 01 Jan 2027 02:03:04 +0800", "2027-01-01T02:03:04Z"},
		{"2027 january 1st 2:3:4pm", "2027-01-01T02:03:04Z"},
		{"01 Jan 70 00:00:00", "1970-01-01T00:00:00Z"},
		{"01 Jan 69 00:00:00", "2069-01-01T00:00:00Z"},
		{"01 Jan 99 00:00:00", "1999-01-01T00:00:00Z"},
		{"29 Feb 2028 00:00:00", "2028-02-29T00:00:00Z"},
		{"29 Feb 2027 00:00:00", ""},
		{"31 Apr 2027 00:00:00", ""},
		{"00 Jan 2027 00:00:00", ""},
		{"32 Jan 2027 00:00:00", ""},
		{"01 Jan 1601 00:00:00", "1601-01-01T00:00:00Z"},
		{"01 Jan 1600 00:00:00", ""},
		{"01 Jan 10000 00:00:00", ""},
		{"01 Jan 2027 24:00:00", ""},
		{"01 Jan 2027 00:60:00", ""},
		{"01 Jan 2027 00:00:60", ""},
		{"01 Jan 2027 00:00", ""},
		{"01 Jan 2027 000:00:00", ""},
		{"01 Anf 2027 00:00:00", ""},
		{"2027-01-01T00:00:00Z", ""},
		{"-1", ""},
		{"tomorrow", ""},
		{"", ""},
	} {
		got := ""
		if date, ok := parseDate(test.in); ok {
			got = date.Format(time.RFC3339)
		}
		if got != test.want {
			t.Errorf("parseDate(%q) = %q; want %q", test.in, got, test.want)
		}
	}
}
