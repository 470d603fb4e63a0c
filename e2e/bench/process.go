package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"syscall"
	"time"
)

// patience is how long a server may take to start, to answer and to stop.
const patience = 20 * time.Second

// The CPUs that servers and the load run on.
const (
	serverCPU = 0
	loadCPU   = 1
)

// A server is the process of a contender.
type server struct {
	addr   string // 127.0.0.1 and a port
	cmd    *exec.Cmd
	output output
	ended  chan struct{} // closed when the process has
}

// launch starts a server and waits until it has said where it listens.
func launch(ctx context.Context, cmd *exec.Cmd, cpus ...int) (*server, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	cmd.Stdout, cmd.Stderr = w, w
	err = startOn(cmd, cpus...)
	w.Close()
	if err != nil {
		r.Close()
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	s := &server{cmd: cmd, ended: make(chan struct{})}
	said := make(chan string, 1)
	go func() {
		defer close(s.ended)
		s.output.read(r, said)
		r.Close()
		cmd.Wait()
	}()
	select {
	case s.addr = <-said:
		return s, nil
	case <-s.ended:
		err = errors.New("it ended")
	case <-time.After(patience):
		err = errors.New("it does not say where it listens")
	case <-ctx.Done():
		err = ctx.Err()
	}
	s.stop()
	return nil, fmt.Errorf("start %s: %w\n%s", cmd.Path, err, s.output.tail())
}

// stop ends the process: gently, or else by force.
func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.cmd.Process.Kill()
		<-s.ended
	}
}

// output keeps the last of what a server writes.
type output struct {
	mu  sync.Mutex
	buf []byte
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// read reads lines until the end, and sends the first address in them to said.
func (o *output) read(r *os.File, said chan<- string) {
	const most = 4 << 10
	found := false
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if m := address.FindSubmatch(lines.Bytes()); m != nil && !found {
			found = true
			said <- string(m[1])
		}
		o.mu.Lock()
		o.buf = append(append(o.buf, lines.Bytes()...), '\n')
		o.buf = o.buf[max(0, len(o.buf)-most):]
		o.mu.Unlock()
	}
}

func (o *output) tail() []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	return bytes.Clone(o.buf)
}
