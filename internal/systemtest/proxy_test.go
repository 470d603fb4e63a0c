package systemtest

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// A proxy is a slow way to a server. It counts who is on it.
type proxy struct {
	net.Listener
	target string

	mu      sync.Mutex
	delay   time.Duration
	dead    bool
	changed chan struct{} // closed when delay is another
	open    int           // connections
	most    int           // that were open at once since slow was called
}

// newProxy returns a proxy that ends with t, and is not slow yet.
func newProxy(t *testing.T, target string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { l.Close() })
	p := &proxy{Listener: l, target: target, changed: make(chan struct{})}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(client)
		}
	}()
	return p
}

// slow makes what clients send arrive that much later, also what is on its way.
func (p *proxy) slow(delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay, p.most = delay, p.open
	close(p.changed)
	p.changed = make(chan struct{})
}

// die makes the network swallow what clients send, until it is revived: but what was
// connected and said something meanwhile is never heard again, nor told so.
func (p *proxy) die(dead bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dead = dead
}

func (p *proxy) swallows() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

// mostOpen is how many connections there were at once since slow was called.
func (p *proxy) mostOpen() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.most
}

func (p *proxy) count(by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open += by
	p.most = max(p.most, p.open)
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	p.count(+1)
	defer p.count(-1)
	gone := make(chan struct{})
	defer close(gone)
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
	type chunk struct {
		came  time.Time
		bytes []byte
	}
	chunks := make(chan chunk, 1000) // so that a client that goes is noticed at once
	defer close(chunks)
	go func() {
		defer server.Close()
		for c := range chunks {
			if !p.wait(c.came, gone) {
				return
			}
			server.Write(c.bytes)
		}
	}()
	for lost := false; ; {
		b := make([]byte, 16<<10)
		n, err := client.Read(b)
		if err != nil {
			return
		}
		if lost = lost || p.swallows(); lost {
			continue
		}
		chunks <- chunk{time.Now(), b[:n]}
	}
}

// wait waits until it is time for what came then, unless its client goes first.
func (p *proxy) wait(came time.Time, gone <-chan struct{}) bool {
	for {
		p.mu.Lock()
		left, changed := time.Until(came.Add(p.delay)), p.changed
		p.mu.Unlock()
		if left <= 0 {
			return true
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-changed:
		case <-gone:
			timer.Stop()
			return false
		}
		timer.Stop()
	}
}
