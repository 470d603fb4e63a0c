package sessiontest

import (
	"testing"

	"github.com/gorilla/sessions"
)

// StoreTraits is what a store of gorilla/sessions does otherwise than
// [TestStore] would have it. The zero value claims nothing.
type StoreTraits struct {
	// Stateless says that values live in the cookie, so that a copy of the cookie
	// outlives the session's deletion.
	Stateless bool

	// DropsZeroMaxAge says that a session whose MaxAge is 0 is deleted instead of
	// lasting until the browser is closed.
	DropsZeroMaxAge bool
}

// TestStore checks a store against what handlers that use gorilla/sessions rely
// on. The function new returns a store without sessions; each check has its own.
func TestStore(t *testing.T, new func(t testing.TB) sessions.Store, traits StoreTraits) {
	for _, check := range storeChecks {
		t.Run(check.name, func(t *testing.T) {
			check.run(&visit{TB: t, store: new(t), traits: traits})
		})
	}
}

// storeChecks are the checks of TestStore, by the behaviour they demand.
var storeChecks = []struct {
	name string
	run  func(v *visit)
}{
	{"Get returns the same session throughout a request", getCaches},
	{"New does not return a registered session", newIsNew},
	{"a saved session is found by the next request", saveAndFind},
	{"values that are not saved are gone", unsaved},
	{"a removed value stays removed", removedValue},
	{"no cookie makes a new session", noCookie},
	{"a garbage cookie makes a new session", garbageCookie},
	{"a tampered cookie makes a new session", tamperedCookie},
	{"a cookie is good for its own name only", foreignName},
	{"two names are independent", twoNames},
	{"two visitors are independent", twoVisitors},
	{"options of one session are its own", ownOptions},
	{"a negative MaxAge deletes session and cookie", negativeMaxAge},
	{"a zero MaxAge keeps the session until the browser is closed", zeroMaxAge},
	{"a positive MaxAge is the cookie's", positiveMaxAge},
	{"sessions.Save saves every session of a request", saveAll},
}
