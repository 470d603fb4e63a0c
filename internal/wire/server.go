package wire

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer returns a server of h whose requests are tapped, if it is given
// connections from [Listen], and which no client can hold up: not by a slow head,
// a slow body or a slow reading of the answer, nor by a large head. A handler that
// streams sets its own deadlines by http.ResponseController. What clients do
// wrong is logged at debug level.
func NewServer(h http.Handler, log slog.Handler) *http.Server {
	return &http.Server{
		Handler:           Handler(h),
		ConnContext:       ConnContext,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      15 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log, slog.LevelDebug),
	}
}
