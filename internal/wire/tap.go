package wire

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
)

const (
	// maxHead is the size in bytes up to which a head is collected.
	maxHead = 64 << 10
	// maxQueued bounds the bytes of heads that wait for their handler.
	// net/http reads 4 KiB ahead, so only a hijacked connection gets there.
	maxQueued = 2 * maxHead
	// maxLine is net/http's limit for a chunk-size line and for trailers.
	maxLine = 4 << 10
	// maxIdle is the buffer size a connection may keep between requests.
	maxIdle = 4 << 10
	// maxStray is how many line end bytes net/http tolerates after a POST.
	maxStray = 4
)

// phase is what the next byte of a connection belongs to.
type phase uint8

const (
	inHead phase = iota
	inBody
	inChunkSize
	inChunk
	inChunkEnd
	inTrailer
	lost // no way back: no more heads from this connection
)

// tap finds the heads in the bytes a server reads from one connection. net/http
// reads during handlers too, from another goroutine, hence the lock.
type tap struct {
	skipStar bool // "OPTIONS *" does not reach the handler

	mu     sync.Mutex
	phase  phase
	buf    []byte // the head, chunk-size line or trailer so far
	line   int    // where the current line starts in buf
	left   uint64 // bytes left of the body or chunk
	stray  int    // line end bytes still tolerated before a head
	queue  []*Head
	queued int // bytes of the heads queued since the queue was last empty
}

// feed shows the tap the next bytes of the connection.
func (t *tap) feed(p []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(p) > 0 && t.phase != lost {
		switch t.phase {
		case inHead:
			p = t.head(p)
		case inBody, inChunk:
			p = t.skip(p)
		case inChunkSize, inChunkEnd:
			p = t.chunkLine(p)
		case inTrailer:
			p = t.trailer(p)
		}
	}
}

// claim takes the oldest head off the queue, or returns nil if that is not the
// head of r.
func (t *tap) claim(r *http.Request) *Head {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.queue) == 0 || !t.queue[0].matches(r) {
		t.queue = nil
		t.lose()
		return nil
	}
	h := t.queue[0]
	n := copy(t.queue, t.queue[1:])
	t.queue[n] = nil
	if t.queue = t.queue[:n]; n == 0 {
		t.queued = 0
	}
	return h
}

// head collects a head up to its blank line.
func (t *tap) head(p []byte) []byte {
	if t.stray > 0 && len(t.buf) == 0 && (p[0] == '\r' || p[0] == '\n') {
		t.stray--
		return p[1:]
	}
	p, done := t.block(p, maxHead)
	if done {
		raw := string(t.buf)
		if t.reset(); cap(t.buf) > maxIdle {
			t.buf = nil
		}
		t.complete(raw)
	}
	return p
}

// complete queues a head for its handler and sets out for the body.
func (t *tap) complete(raw string) {
	h, f, ok := parseHead(raw)
	if !ok {
		t.lose()
		return
	}
	if !t.skipStar || !strings.HasPrefix(h.Line, "OPTIONS * ") {
		if t.queued += len(raw); t.queued > maxQueued {
			t.lose()
			return
		}
		t.queue = append(t.queue, h)
	}
	t.stray = 0
	if strings.HasPrefix(h.Line, "POST ") {
		t.stray = maxStray
	}
	switch {
	case f.chunked:
		t.phase = inChunkSize
	case f.length > 0:
		t.phase, t.left = inBody, f.length
	}
}

// skip passes over the body or the chunk.
func (t *tap) skip(p []byte) []byte {
	n := min(uint64(len(p)), t.left)
	if t.left -= n; t.left == 0 {
		if t.phase == inBody {
			t.phase = inHead
		} else {
			t.phase = inChunkEnd
		}
	}
	return p[n:]
}

// block collects lines up to and including a blank one, at most limit bytes.
func (t *tap) block(p []byte, limit int) (rest []byte, done bool) {
	for len(p) > 0 {
		var whole bool
		if p, whole = t.take(p, limit); !whole {
			break
		}
		line := t.buf[t.line:]
		if len(line) == 1 || len(line) == 2 && line[0] == '\r' {
			return p, true
		}
		t.line = len(t.buf)
	}
	return p, false
}

// take moves bytes to the buffer up to and including the next LF and reports
// whether it got that far. Beyond limit the tap is lost.
func (t *tap) take(p []byte, limit int) (rest []byte, whole bool) {
	n := len(p)
	if i := bytes.IndexByte(p, '\n'); i >= 0 {
		n, whole = i+1, true
	}
	if len(t.buf)+n > limit {
		t.lose()
		return nil, false
	}
	t.buf = append(t.buf, p[:n]...)
	return p[n:], whole
}

// reset empties the buffer.
func (t *tap) reset() { t.buf, t.line = t.buf[:0], 0 }

// lose gives up on the connection. Heads found before are still good.
func (t *tap) lose() { t.phase, t.buf = lost, nil }
