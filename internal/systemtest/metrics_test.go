package systemtest

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	p := start(t, "--data", t.TempDir(), "--metrics", addr)
	var bench struct{ App string }
	getJSON(t, http.DefaultClient, p.url+"/en/lab", &bench)
	if a := set(p.url+bench.App, "", "canary", "canary"); a.err != nil {
		t.Fatal(a.err)
	}
	counts := ""
	eventually(t, "the request is counted", func() bool {
		counts = body(t, "http://"+addr+"/metrics")
		return strings.Contains(counts, `sessionlab_http_requests_total{code="200",method="POST",route="/app/:bench/set"} 1`)
	})
	for _, want := range []string{
		"sessionlab_bench_bytes ", "sessionlab_benches_removed_total 0\n",
		`sessionlab_steps_total{mechanism="server",op="set",outcome="stored"} 1`,
		`sessionlab_store_operations_total{op="save",outcome="done",store="sqlite"} 1`,
	} {
		if !strings.Contains(counts, want) {
			t.Errorf("metrics have no %s", want)
		}
	}
	if !regexp.MustCompile(`(?m)^sessionlab_benches [1-9]`).MatchString(counts) { // 2 for a minute, if it was made while benches were counted
		t.Error("metrics have no bench")
	}
	for _, secret := range []string{"canary", strings.Trim(strings.TrimPrefix(bench.App, "/app/"), "/")} {
		if strings.Contains(counts, secret) {
			t.Errorf("metrics tell %s", secret)
		}
	}
	res, err := http.Get(p.url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("/metrics where learners are = %d; want 404", res.StatusCode)
	}
}

// body returns what is at an address, or nothing as long as there is nobody.
func body(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
