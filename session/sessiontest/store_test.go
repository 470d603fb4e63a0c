package sessiontest_test

import (
	"testing"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session/sessiontest"
)

var key = []byte("0123456789abcdef0123456789abcdef")

func TestGorillaCookieStore(t *testing.T) {
	sessiontest.TestStore(t, func(testing.TB) sessions.Store {
		return sessions.NewCookieStore(key)
	}, sessiontest.StoreTraits{Stateless: true})
}

func TestGorillaFilesystemStore(t *testing.T) {
	sessiontest.TestStore(t, func(t testing.TB) sessions.Store {
		return sessions.NewFilesystemStore(t.TempDir(), key)
	}, sessiontest.StoreTraits{DropsZeroMaxAge: true})
}
