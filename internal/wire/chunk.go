package wire

import (
	"bufio"
	"bytes"
	"net/textproto"
	"strconv"
)

// chunkLine reads the line that starts or ends a chunk (RFC 9112 section 7.1).
func (t *tap) chunkLine(p []byte) []byte {
	limit := maxLine
	if t.phase == inChunkEnd {
		limit = len("\r\n")
	}
	p, whole := t.take(p, limit)
	if !whole {
		return p
	}
	if t.phase == inChunkEnd {
		t.chunkEnd()
	} else {
		t.chunkSize()
	}
	return p
}

func (t *tap) chunkEnd() {
	if string(t.buf) != "\r\n" {
		t.lose()
		return
	}
	t.reset()
	t.phase = inChunkSize
}

func (t *tap) chunkSize() {
	size, ok := parseChunkSize(t.buf)
	if !ok {
		t.lose()
		return
	}
	t.reset()
	if t.phase, t.left = inChunk, size; size == 0 {
		t.phase = inTrailer
	}
}

// parseChunkSize is as strict as net/http: unlike in a head a bare LF does not
// end the line, and white space is allowed at its very end only.
func parseChunkSize(line []byte) (uint64, bool) {
	line, ok := bytes.CutSuffix(line, []byte("\r\n"))
	if !ok || bytes.IndexByte(line, '\r') >= 0 {
		return 0, false
	}
	line = bytes.TrimRight(line, " \t")
	line, _, _ = bytes.Cut(line, []byte(";"))
	if len(line) > 16 {
		return 0, false
	}
	size, err := strconv.ParseUint(string(line), 16, 64)
	return size, err == nil
}

// trailer passes over the trailer section, which is mostly just a blank line.
// One that net/http refuses ends the tap, as the place where the next head
// starts is then uncertain.
func (t *tap) trailer(p []byte) []byte {
	p, done := t.block(p, maxLine)
	if !done {
		return p
	}
	if len(t.buf) > len("\r\n") {
		r := textproto.NewReader(bufio.NewReader(bytes.NewReader(t.buf)))
		if _, err := r.ReadMIMEHeader(); err != nil {
			t.lose()
			return p
		}
	}
	t.reset()
	t.phase = inHead
	return p
}
