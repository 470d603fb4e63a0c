package browser_test

import (
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/wire"
)

// BenchmarkSend is what a request costs that crosses the wire within the process, both its
// sides together, apart from what answers it.
func BenchmarkSend(b *testing.B) {
	answer := []byte(`{"ok":true,"op":"set","step":7,"result":"b","session":{"a":"b"}}` + "\n")
	l := browser.Listen()
	server := wire.NewServer(origin.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			b.Error(err)
		}
		_, _ = w.Write(answer)
	})), slog.DiscardHandler)
	server.ConnContext = origin.ConnContext(server.ConnContext)
	go func() { _ = server.Serve(wire.Listen(l)) }()
	defer server.Close()
	c := browser.NewClient(l)
	r := browser.Request{Method: "POST", URL: address(b, "http://127.0.0.1:8080/app/abcdefghijkl/set"), Form: "key=a&value=b", Language: "en"}
	b.ReportAllocs()
	for b.Loop() {
		if res, err := c.Send(b.Context(), "alice", "session=0123456789abcdef", r); err != nil || res.Status != http.StatusOK {
			b.Fatal(res, err)
		}
	}
}
