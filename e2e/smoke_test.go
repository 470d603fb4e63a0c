package e2e

import (
	"net/http"
	"testing"
)

func TestTheAppStartsAgainOnItsData(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		first := startApp(t)
		if err := first.Stop(); err != nil {
			t.Fatal(err)
		}
		p := with.page(t, startAppOn(t, first.Data).URL, View{})
		if got := p.Go("/"); got != http.StatusOK {
			t.Errorf("GET / = %d; want 200", got)
		}
	})
}
