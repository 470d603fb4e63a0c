package main

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"time"
)

const (
	stepPageName = "page"
	stepsBefore  = 20 // on the bench whose page is asked for
)

// stepPageKind asks for the page of a step as a browser does.
var stepPageKind = &kind{
	step:   "/en/lab?step=" + strconv.Itoa(stepsBefore/2),
	accept: "Accept: text/html\r\nAccept-Encoding: gzip\r\n",
	shows:  func(body []byte, _ int) bool { return bytes.HasPrefix(body, []byte{0x1f, 0x8b}) },
}

// stepPageOf is a build of the product that is asked for the page of a step.
func stepPageOf(name, program, dir string) contender {
	const what = "Session Lab: the page of a step, gzipped"
	return contender{name, what, startProduct(program, filepath.Join(dir, name)), stepPages}
}

// stepPages aims each connection at a bench of its own, with steps on it.
func stepPages(s *server) ([]*target, error) {
	targets := make([]*target, connections)
	for i := range targets {
		seat, err := walked(s)
		if err != nil {
			return nil, err
		}
		targets[i] = stepPageKind.at("")
		targets[i].cookie = seat
	}
	return targets, nil
}

// walked makes a bench, takes steps on it, and returns the cookie of its seat.
func walked(s *server) ([]byte, error) {
	c := client{addr: s.addr, deadline: time.Now().Add(patience)}
	defer c.close()
	app, seat, err := newBench(&c)
	if err != nil {
		return nil, err
	}
	var session []byte
	path, form := app+"login", "uname=momo&pwd=123"
	for n := range stepsBefore {
		if n > 0 {
			path, form = app+"set", fmt.Sprintf("key=key%d&value=value+%d", n%5, n)
		}
		a, err := c.ask(path, session, []byte(form))
		if err != nil || a.status != http.StatusOK {
			return nil, fmt.Errorf("step %d: status %d, %v", n+1, a.status, err)
		}
		if a.cookie != nil {
			session = bytes.Clone(a.cookie)
		}
	}
	return seat, nil
}
