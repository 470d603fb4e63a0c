package handlers

import (
	"bytes"
	"context"
	"strconv"
	"sync"

	"github.com/a-h/templ"
	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/accept"
)

// buffers and zippers are reused: a page is some 40 kB, and a gzip writer more. This
// one takes a third of the time of compress/gzip. Level 6 takes a fifth longer for 1 %
// less, and level 4 has 5 % more: too much for the page of a step in Chinese.
var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	zippers = sync.Pool{New: func() any {
		z, err := gzip.NewWriterLevel(nil, 5)
		if err != nil {
			panic(err) // the level is a constant
		}
		return z
	}}
)

// render sends a page, once all of it is there: a page that fails half-way is an
// error and not half a page.
func (h *core) render(c echo.Context, status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	ctx := context.WithoutCancel(c.Request().Context()) // the page that says it took too long comes too late otherwise
	if err := page.Render(ctx, buf); err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	if !isRecorded(c) {
		header.Add("Vary", "Accept-Encoding")
	}
	if isRecorded(c) || !accept.Gzip(c.Request().Header.Values("Accept-Encoding")) {
		return c.Blob(status, "text/html; charset=utf-8", buf.Bytes())
	}
	zipped := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(zipped)
	zip(zipped, buf.Bytes())
	header.Set("Content-Encoding", "gzip")
	header.Set("Content-Length", strconv.Itoa(zipped.Len())) // else it goes in chunks
	return c.Blob(status, "text/html; charset=utf-8", zipped.Bytes())
}

// zip compresses a page. Writing to a buffer cannot fail.
func zip(to *bytes.Buffer, page []byte) {
	to.Reset()
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(to)
	_, _ = z.Write(page)
	_ = z.Close()
}

// isRecorded reports whether the answer becomes part of a step: those are sent as
// plain as they are shown.
func isRecorded(c echo.Context) bool { return infoOf(c).recording != nil }
