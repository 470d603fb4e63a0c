package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// A client is a connection that speaks just enough HTTP/1.1 to cost little beside
// the servers it measures: answers with a Content-Length, one at a time.
type client struct {
	addr     string
	deadline time.Time // for all it asks
	spins    bool      // while it waits, see polled
	accept   string    // header lines that say what it takes; "" for anything
	conn     net.Conn  // nil: to be opened
	input    io.Reader // of conn
	out      []byte    // the request
	in       [32 << 10]byte
}

// An answer is a response. Its parts are good until the next one.
type answer struct {
	status int
	cookie []byte // name=value of the last Set-Cookie, nil if there was none
	body   []byte
	close  bool
}

func (c *client) open() error {
	conn, err := (&net.Dialer{Deadline: c.deadline}).Dial("tcp", c.addr)
	if err != nil {
		return err
	}
	c.conn, c.input = conn, conn
	if c.spins {
		if c.input, err = polled(conn.(*net.TCPConn)); err != nil {
			return err
		}
	}
	return conn.SetDeadline(c.deadline)
}

func (c *client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// ask sends a request and reads its answer. An empty form means GET, else POST.
func (c *client) ask(path string, cookie, form []byte) (answer, error) {
	if c.conn == nil {
		if err := c.open(); err != nil {
			return answer{}, err
		}
	}
	c.write(path, cookie, form)
	if _, err := c.conn.Write(c.out); err != nil {
		return answer{}, err
	}
	a, err := c.read()
	if err == nil && a.close {
		c.close()
	}
	return a, err
}

// write puts the request together.
func (c *client) write(path string, cookie, form []byte) {
	method := "GET "
	if len(form) > 0 {
		method = "POST "
	}
	b := append(c.out[:0], method...)
	b = append(b, path...)
	b = append(b, " HTTP/1.1\r\nHost: "...)
	b = append(b, c.addr...)
	b = append(b, "\r\nUser-Agent: bench\r\n"...)
	b = append(b, cmp.Or(c.accept, "Accept: */*\r\n")...)
	if len(cookie) > 0 {
		b = append(b, "Cookie: "...)
		b = append(b, cookie...)
		b = append(b, "\r\n"...)
	}
	if len(form) > 0 {
		b = append(b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "...)
		b = strconv.AppendInt(b, int64(len(form)), 10)
		b = append(b, "\r\n"...)
	}
	b = append(b, "\r\n"...)
	c.out = append(b, form...)
}

var (
	errTooLarge = errors.New("the answer is too large")
	headEnd     = []byte("\r\n\r\n")
)

// read reads one answer.
func (c *client) read() (answer, error) {
	n, head := 0, -1
	for head < 0 {
		if n == len(c.in) {
			return answer{}, errTooLarge
		}
		more, err := c.input.Read(c.in[n:])
		if err != nil {
			return answer{}, fmt.Errorf("read: %w", err)
		}
		n += more
		head = bytes.Index(c.in[:n], headEnd)
	}
	a, length, err := parseHead(c.in[:head+2])
	if err != nil {
		return answer{}, err
	}
	start := head + len(headEnd)
	end := start + length
	if end > len(c.in) {
		return answer{}, errTooLarge
	}
	for n < end {
		more, err := c.input.Read(c.in[n:])
		if err != nil {
			return answer{}, fmt.Errorf("read: %w", err)
		}
		n += more
	}
	if n > end {
		return answer{}, errors.New("there is more than one answer")
	}
	a.body = c.in[start:end]
	return a, nil
}

// parseHead reads the head of an answer, up to its last line end.
func parseHead(head []byte) (a answer, length int, err error) {
	line, rest, _ := bytes.Cut(head, []byte("\r\n"))
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) || len(line) < 12 {
		return a, 0, fmt.Errorf("not an answer in HTTP/1.1: %q", line)
	}
	if a.status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return a, 0, fmt.Errorf("no status: %q", line)
	}
	length = -1
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\r\n"))
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case is(name, "content-length"):
			if length, err = strconv.Atoi(string(value)); err != nil || length < 0 {
				return a, 0, fmt.Errorf("no length: %q", line)
			}
		case is(name, "set-cookie"):
			a.cookie, _, _ = bytes.Cut(value, []byte(";"))
		case is(name, "connection"):
			a.close = is(value, "close")
		}
	}
	if length < 0 {
		return a, 0, errors.New("no Content-Length")
	}
	return a, length, nil
}

// is compares without regard to case; want is in lower case.
func is(b []byte, want string) bool {
	if len(b) != len(want) {
		return false
	}
	for i := range b {
		if b[i]|0x20 != want[i] && b[i] != want[i] {
			return false
		}
	}
	return true
}
