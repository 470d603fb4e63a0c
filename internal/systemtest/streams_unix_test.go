//go:build unix

package systemtest

import (
	"context"
	"net/http"
	"os/exec"
	"testing"
)

// Streams stay open, so that as many as the system lets a process open files would
// leave it none for requests.
func TestStreamsLeaveRoomForRequests(t *testing.T) {
	p := startWith(t, func(cmd *exec.Cmd) {
		cmd.Args = append([]string{"/bin/sh", "-c", `ulimit -n 64 && exec "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
		cmd.Path = "/bin/sh"
	}, "--data", t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	transport := &http.Transport{MaxIdleConnsPerHost: 1}
	defer transport.CloseIdleConnections()
	statuses := map[int]int{}
	for range 200 { // without a cookie, each is one of another seat
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/en/lab/live", nil)
		check(t, err)
		res, err := transport.RoundTrip(req)
		check(t, err)
		defer res.Body.Close()
		statuses[res.StatusCode]++
	}
	if statuses[http.StatusOK] < 8 || statuses[http.StatusOK]+statuses[http.StatusTooManyRequests] != 200 {
		t.Errorf("streams were answered %v; want some, and 429 for the others", statuses)
	}
	l := &learner{visitor: visit(t, p.url), store: "sqlite"}
	for range 20 {
		mustBe(t, "beside many streams", []answer{l.click()}, ok)
	}
}
