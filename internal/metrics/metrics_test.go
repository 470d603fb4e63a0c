package metrics_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/metrics"
	"github.com/sessionlab/sessionlab/internal/step"
)

// counts returns the lines that Prometheus reads.
func counts(m *metrics.Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestWhatHappensIsCounted(t *testing.T) {
	m := metrics.New()
	m.Request("GET", "/:lang/lab", 200, time.Millisecond)
	m.Request("GET", "/:lang/lab", 200, time.Second)
	m.Stream()
	m.Stream()()
	m.Evictions(func() int64 { return 7 })
	recorded := &step.Step{Op: step.OpSet, Mechanism: "server", Store: "sqlite", Events: []step.Event{
		{Lane: step.LaneServer, Kind: step.CookieRead, Detail: "session=canary"},
		{Lane: step.LaneStore, Kind: step.LoadAsked, Detail: "canary"},
		{Lane: step.LaneStore, Kind: step.LoadFound, Detail: "canary", Took: 1000},
		{Lane: step.LaneStore, Kind: step.SaveConflict, Why: "save"},
		{Lane: step.LaneStore, Kind: step.StoreFailed, Why: "delete"},
	}}
	m.Recorded("b", recorded, nil)
	m.Recorded("b", &step.Step{Mechanism: "flask"}, errors.New("canary"))
	got := counts(m)
	for _, want := range []string{
		`sessionlab_http_requests_total{code="200",method="GET",route="/:lang/lab"} 2`,
		`sessionlab_http_request_seconds_sum{route="/:lang/lab"} 1.001`,
		`sessionlab_live_streams 1`,
		`sessionlab_memory_evictions_total 7`,
		`sessionlab_steps_total{mechanism="server",op="set",outcome="stored"} 1`,
		`sessionlab_steps_total{mechanism="flask",op="none",outcome="failed"} 1`,
		`sessionlab_store_operations_total{op="load",outcome="found",store="sqlite"} 1`,
		`sessionlab_store_operations_total{op="save",outcome="conflict",store="sqlite"} 1`,
		`sessionlab_store_operations_total{op="delete",outcome="failed",store="sqlite"} 1`,
		`sessionlab_store_operation_seconds_sum{op="load",store="sqlite"} 0.001`,
		`go_goroutines `,
	} {
		if !strings.Contains(got, want+"\n") && !strings.Contains(got, "\n"+want) {
			t.Errorf("there is no line %q", want)
		}
	}
	if strings.Contains(got, "canary") {
		t.Error("what was in a step is among the counts")
	}
}
