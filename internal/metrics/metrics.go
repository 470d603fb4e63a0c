// Package metrics counts what a server does, for Prometheus. No label holds
// anything of a client's making, or a bench's id: each has few values, which the
// program knows.
package metrics

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Metrics are the counts of one server. They are safe for concurrent use.
type Metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	streams    prometheus.Gauge
	steps      *prometheus.CounterVec
	operations *prometheus.CounterVec
	waits      *prometheus.HistogramVec
}

// New returns Metrics that have counted nothing.
func New() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "sessionlab", Name: name, Help: help}, labels)
	}
	seconds := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "sessionlab", Name: name, Help: help,
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
		}, labels)
	}
	m := &Metrics{
		registry:  prometheus.NewRegistry(),
		requests:  counter("http_requests_total", "Requests that were answered, but for live streams.", "method", "route", "code"),
		durations: seconds("http_request_seconds", "How long answers took.", "route"),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "sessionlab", Name: "live_streams", Help: "Pages that are told of steps as they come.",
		}),
		steps:      counter("steps_total", "Steps that were recorded, or could not be.", "op", "mechanism", "outcome"),
		operations: counter("store_operations_total", "What apps under study asked of session stores, and how that went.", "store", "op", "outcome"),
		waits:      seconds("store_operation_seconds", "How long the commands of an operation took.", "store", "op"),
	}
	m.registry.MustRegister(m.requests, m.durations, m.streams, m.steps, m.operations, m.waits,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler shows all counts, as Prometheus reads them.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Evictions shows how many sessions had to go from a full memory, which evicted
// tells.
func (m *Metrics) Evictions(evicted func() int64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Namespace: "sessionlab", Name: "memory_evictions_total", Help: "Sessions that had to go from the memory store, because it was full.",
	}, func() float64 { return float64(evicted()) }))
}

// Benches shows what all benches take, and how many had to go because that was too
// much, which totals tells.
func (m *Metrics) Benches(totals func() (benches int, bytes, removed int64)) {
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "sessionlab", Name: name, Help: help}, value)
	}
	m.registry.MustRegister(
		gauge("benches", "Benches that are stored.", func() float64 { n, _, _ := totals(); return float64(n) }),
		gauge("bench_bytes", "Bytes that they take.", func() float64 { _, bytes, _ := totals(); return float64(bytes) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Namespace: "sessionlab", Name: "benches_removed_total", Help: "Benches that had to go, because there were too many or they took too much.",
		}, func() float64 { _, _, removed := totals(); return float64(removed) }))
}

// Request counts a request that was answered. The route is a pattern, and the
// method one that is known.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.durations.WithLabelValues(route).Observe(took.Seconds())
}

// Stream counts a live stream until ended is called.
func (m *Metrics) Stream() (ended func()) {
	m.streams.Inc()
	return m.streams.Dec
}

// Recorded counts a step, with what it asked of the session store. Err is why it could
// not be stored.
func (m *Metrics) Recorded(_ string, s *step.Step, err error) {
	op, outcome := string(s.Op), "stored"
	if op == "" {
		op = "none"
	}
	if err != nil {
		outcome = "failed"
	}
	m.steps.WithLabelValues(op, s.Mechanism, outcome).Inc()
	for _, e := range s.Events {
		if e.Lane != step.LaneStore {
			continue
		}
		op, outcome, _ := strings.Cut(string(e.Kind), ".")
		switch e.Kind {
		case step.LoadAsked, step.SaveAsked, step.DeleteAsked:
			continue // the answer is another event
		case step.StoreFailed, step.SaveConflict:
			op = string(e.Why)
		}
		m.operations.WithLabelValues(s.Store, op, outcome).Inc()
		m.waits.WithLabelValues(s.Store, op).Observe(float64(e.Took) / 1e6)
	}
}
