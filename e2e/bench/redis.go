package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/sessionlab/sessionlab/session/redisbackend"
)

// redisStore starts a Redis that keeps its data in memory alone, as a child on
// the CPU of this process, whose work counts as the contender's.
func redisStore() (*redisbackend.Backend, func() error, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	host, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	cmd := exec.Command("redis-server", "--bind", host, "--port", port, "--save", "", "--appendonly", "no", "--loglevel", "warning")
	cmd.Stderr = os.Stderr
	dieWithUs(cmd)
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	backend, err := redisbackend.Open("redis://" + net.JoinHostPort(host, port))
	if err != nil {
		return nil, nil, err
	}
	closed := func() error {
		return errors.Join(backend.Close(), cmd.Process.Signal(syscall.SIGTERM), cmd.Wait())
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		err := backend.Ping(context.Background())
		if err == nil {
			return backend, closed, nil
		}
		if time.Now().After(deadline) {
			return nil, nil, errors.Join(fmt.Errorf("redis-server does not answer: %w", err), closed())
		}
	}
}
