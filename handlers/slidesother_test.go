package handlers_test

import (
	"strings"
	"testing"
)

// A request of the learner's own browser shows the fields of its operation, and not the
// one that leads back to the page. The first 303 of a lesson is explained, once.
func TestAScreenShowsTheFieldsOfTheOperationAndSaysWhat303Is(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "login"), "en")
	r.goTo("POST /login")
	if got := r.screen(); !strings.Contains(got, "pwd=123&uname=momo") || strings.Contains(got, "back") {
		t.Errorf("the request shows other fields than those of the operation: %s", got)
	}
	const says = "303 only sends the browser on to the next page."
	if got := r.screen(); !strings.Contains(got, says) {
		t.Errorf("the first 303 is not explained: %s", got)
	}
	r.goOn()
	if got := r.screen(); !strings.Contains(got, "303 See Other") || strings.Contains(got, says) {
		t.Errorf("the second 303 is not there, or is explained once more: %s", got)
	}
}

// Where the cookie is encrypted, the values below it are said to be decrypted: on a screen,
// and on the page of the lesson. Flask's values need no key.
func TestAnEncryptedCookiesValuesAreSaidToBeDecrypted(t *testing.T) {
	const says = "decrypted by the server with its key"
	s := newCourse(t)
	r := s.project(t, bySlug(t, "where"), "en")
	r.goTo("Set pin = 4711")
	r.goOn()
	if got := r.pane("duo-browser"); strings.Contains(got, says) {
		t.Errorf("Flask's cookie is said to be decrypted: %s", got)
	}
	r.goTo("Cookie, encrypted (gorilla)")
	r.goOn() // logs in
	if got := r.pane("duo-browser"); !strings.Contains(got, says) {
		t.Errorf("the values of an encrypted cookie stand below it without a word: %s", got)
	}
	r.follow(r.first("a", hasID("leave")))
	if got := r.pane("duo-browser"); !strings.Contains(got, says) {
		t.Errorf("on the page of the lesson they do: %s", got)
	}
}
