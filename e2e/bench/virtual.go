package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"time"
)

const virtualName = "virtual"

// virtualKind has a virtual browser send what productKind sends as a stranger. The
// session's cookie is in its jar; what goes over this connection is that of the seat.
var virtualKind = &kind{fields: "op=set&", form: true, shows: showsStep, session: true}

// virtualOf is a build of the product whose benches get their requests from virtual
// browsers.
func virtualOf(name, program, dir string) contender {
	const what = "Session Lab: the same step by a virtual browser"
	return contender{name, what, startProduct(program, filepath.Join(dir, name)), virtualBenches(4 * connections)}
}

// virtualBenches aims at virtual browsers of n new benches, as their owners.
func virtualBenches(n int) func(*server) ([]*target, error) {
	return func(s *server) ([]*target, error) {
		c := client{addr: s.addr, deadline: time.Now().Add(patience)}
		defer c.close()
		targets := make([]*target, n)
		for i := range targets {
			a, err := c.ask("/en/lab", nil, nil)
			if err != nil {
				return nil, err
			}
			seat := append([]byte(nil), a.cookie...)
			if a, err = c.ask("/en/lab/browsers", seat, []byte("name=Alice")); err != nil {
				return nil, err
			}
			var browser struct{ ID string }
			if err := json.Unmarshal(a.body, &browser); err != nil || a.status != http.StatusOK || browser.ID == "" {
				return nil, fmt.Errorf("new browser: status %d: %.300q", a.status, a.body)
			}
			targets[i] = virtualKind.at("/en/lab/browsers/" + browser.ID + "/send")
			targets[i].cookie = seat
		}
		return targets, nil
	}
}
