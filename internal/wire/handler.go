package wire

import (
	"context"
	"net"
	"net/http"
)

type (
	tapKey  struct{}
	headKey struct{}
)

// ConnContext is for [http.Server.ConnContext]: it lets [Handler] find the tap
// of the connection a request arrived on. It returns ctx unchanged if c did not
// come from a listener made by [Listen].
func ConnContext(ctx context.Context, c net.Conn) context.Context {
	tapped, ok := c.(*conn)
	if !ok {
		return ctx
	}
	srv, ok := ctx.Value(http.ServerContextKey).(*http.Server)
	tapped.tap.skipStar = ok && !srv.DisableGeneralOptionsHandler
	return context.WithValue(ctx, tapKey{}, tapped.tap)
}

// Handler returns a handler that attaches to each request the head it arrived
// with, for [Request], and calls next. It must be the outermost handler of the
// server and be installed once: it takes one head off the connection for every
// request, whether or not somebody asks for it, and so stays in step.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, ok := r.Context().Value(tapKey{}).(*tap)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		head := t.claim(r)
		if head == nil {
			next.ServeHTTP(w, r)
			return
		}
		tapped := r.WithContext(context.WithValue(r.Context(), headKey{}, head))
		next.ServeHTTP(w, tapped)
		// The server deletes the temporary files of uploads, but looks for
		// them in its own request.
		r.MultipartForm = tapped.MultipartForm
	})
}

// Request returns the head r arrived with, or false if it is not known: the
// connection is not tapped, the tap lost its place in it, or the server lacks
// [Handler]. The caller must not modify the head's Headers.
func Request(r *http.Request) (Head, bool) {
	head, ok := r.Context().Value(headKey{}).(*Head)
	if !ok {
		return Head{}, false
	}
	return *head, true
}
