package main

import (
	"fmt"
	"net"
	"net/http"

	"github.com/sessionlab/sessionlab/internal/metrics"
)

// A meter counts what the server does, and shows it on an address of its own.
type meter struct {
	*metrics.Metrics
	net.Listener
}

// openMeter opens what --metrics asks for.
func openMeter(addr string) (*meter, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	return &meter{metrics.New(), l}, nil
}

// routes are the one there is.
func (m *meter) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	return mux
}
