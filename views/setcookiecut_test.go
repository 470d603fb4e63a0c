package views

import "testing"

// A Set-Cookie line is cut so that what guards the cookie is whole.
func TestASetCookieLineIsCutBeforeItsGuards(t *testing.T) {
	const line = "Set-Cookie: session=NHCHDCN6ZKA3G6UY.tiGghPjY; HttpOnly; Path=/app/k7/; SameSite=Lax"
	for limit, want := range map[int]string{
		100: line,
		60:  "Set-Cookie: session=NHCHDCN6ZKA3G6U…; HttpOnly; SameSite=Lax",
		46:  "session=NHCHDCN6ZKA3G…; HttpOnly; SameSite=Lax",
		40:  "session=NHCHDCN…; HttpOnly; SameSite=Lax",
		31:  "session=NHCHDCN6…; SameSite=Lax",
		25:  "session=NHCHDC…; HttpOnly",
		19:  "session=NHCHDCN6ZK…",
		8:   "session…",
	} {
		if got := fitWire(line, limit); got != want || width(got) > limit {
			t.Errorf("%d: %q; want %q", limit, got, want)
		}
	}
}

// What deletes the cookie is whole before what guards it.
func TestASetCookieLineKeepsWhatDeletesTheCookie(t *testing.T) {
	const line = "Set-Cookie: session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/app/k7/; SameSite=Lax"
	for limit, want := range map[int]string{
		60: "Set-Cookie: session=…; Max-Age=0; HttpOnly; SameSite=Lax",
		46: "session=…; Max-Age=0; HttpOnly; SameSite=Lax",
		36: "session=…; Max-Age=0; SameSite=Lax",
		33: "session=…; Max-Age=0; HttpOnly",
		24: "session=…; Max-Age=0",
	} {
		if got := fitWire(line, limit); got != want || width(got) > limit {
			t.Errorf("%d: %q; want %q", limit, got, want)
		}
	}
}
