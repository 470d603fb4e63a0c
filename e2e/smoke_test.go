package e2e

import (
	"net/http"
	"testing"
)

func TestTheAppStartsAgainOnItsData(t *testing.T) {
	first := startApp(t)
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	p := open(t, startAppOn(t, first.Data).URL, View{})
	if got := p.Go("/").Status; got != http.StatusOK {
		t.Errorf("GET / = %d; want 200", got)
	}
}
