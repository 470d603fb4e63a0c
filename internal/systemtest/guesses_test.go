package systemtest

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

func TestTheProgramTellsOfGuesses(t *testing.T) {
	p := start(t, "--data", t.TempDir())
	var bench struct{ App string }
	getJSON(t, http.DefaultClient, p.url+"/en/lab", &bench)
	slowed := 0
	for i := range 40 {
		r, err := http.NewRequestWithContext(t.Context(), "GET", p.url+bench.App+"me", nil)
		check(t, err)
		r.Header.Set("Cookie", fmt.Sprintf("session=canary%d.x", i))
		res, err := http.DefaultClient.Do(r)
		check(t, err)
		res.Body.Close()
		if res.StatusCode == http.StatusTooManyRequests {
			slowed++
		}
	}
	check(t, p.Process.Signal(syscall.SIGTERM))
	check(t, p.Wait())
	said := p.stderr.String()
	if strings.Count(said, "unknown session ids") != 1 || strings.Contains(said, "canary") {
		t.Errorf("%d of 40 guesses were slowed, and the log says %q; want one line without an id", slowed, said)
	}
}
