// Package servers starts real database servers and proxies for tests, on free ports
// of 127.0.0.1 and with data of their own.
//
// A test that needs a server is skipped where its programs are not installed,
// unless the variable CI is set, which makes that a failure.
package servers

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// patience is how long a server may take to start or to stop on a busy machine.
const patience = 3 * time.Minute

// A Server is a server that was started for a test. Its methods must not be
// called concurrently.
type Server struct {
	Addr string // host:port
	URL  string // what a client is given to connect: a URL, or MariaDB's DSN

	kind kind
	dir  string // holds data and log
	cmd  *exec.Cmd
	gone chan struct{} // closed when cmd has ended
}

// A kind is how a server is run.
type kind struct {
	// find returns the program, or an error if it is not installed.
	find func() (program string, err error)
	// prepare makes the data in dir, once. It may be nil.
	prepare func(dir string) error
	// configure writes what the server reads to listen at addr. It may be nil.
	configure func(dir, addr string) error
	// args are of the program, for data in dir.
	args func(dir, port string) []string
	// ready returns nil if the server at the other end of c answers.
	ready func(c net.Conn) error
	// url makes a URL of an address.
	url func(addr string) string
	// stop asks the server to end, whatever its clients are about.
	stop syscall.Signal
	// user is the one to run as for who is root, or empty for root.
	user string
}

// launch starts a server of a kind, whose Close removes it. It is an errMissing
// if its programs are not installed.
func launch(k kind) (*Server, error) {
	program, err := k.find()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMissing, err)
	}
	dir, err := os.MkdirTemp("", "server-")
	if err != nil {
		return nil, err
	}
	s := &Server{kind: k, dir: dir}
	err = s.prepare()
	for range 3 { // another may take the port meanwhile
		if err == nil {
			err = s.listen()
		}
		if err != nil {
			break
		}
		if err = s.Start(); err == nil {
			return s, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(program), err), s.Close())
}

var errMissing = errors.New("not installed")

// systemProgram finds a program of the system's: not everybody has their path.
func systemProgram(name string) (string, error) {
	if program, err := exec.LookPath("/usr/sbin/" + name); err == nil {
		return program, nil
	}
	return exec.LookPath(name)
}

func (s *Server) prepare() error {
	if err := s.own(s.dir); err != nil {
		return err
	}
	if s.kind.prepare == nil {
		return nil
	}
	return s.kind.prepare(s.dir)
}

// listen chooses a port.
func (s *Server) listen() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.Addr = l.Addr().String()
	s.URL = s.kind.url(s.Addr)
	if err := l.Close(); err != nil {
		return err
	}
	if s.kind.configure == nil {
		return nil
	}
	return s.kind.configure(s.dir, s.Addr)
}

// Start starts the server again after Kill or Stop, with the data and the port
// it had, and returns once it answers.
func (s *Server) Start() error {
	deadline := time.Now().Add(patience)
	for s.gone == nil {
		if err := s.run(); err != nil {
			return err
		}
		err := s.await(deadline)
		if err == nil {
			return nil
		}
		s.Kill()
		if time.Now().After(deadline) {
			return fmt.Errorf("%w\n%s", err, s.log())
		}
		time.Sleep(100 * time.Millisecond) // processes of the last run may still be ending
	}
	return errors.New("servers: it is running")
}

// run starts the process.
func (s *Server) run() error {
	program, err := s.kind.find()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(program, s.kind.args(s.dir, port)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, log, log
	cmd.Env = append(os.Environ(), "HOME="+s.dir, "XDG_CONFIG_HOME="+s.dir, "XDG_DATA_HOME="+s.dir)
	if err := as(cmd, s.kind.user); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	gone := make(chan struct{})
	go func() {
		cmd.Wait()
		close(gone)
	}()
	s.cmd, s.gone = cmd, gone
	return nil
}

// await waits until the server answers.
func (s *Server) await(deadline time.Time) error {
	for {
		err := s.ask()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		select {
		case <-s.gone:
			return errors.New("the server ended")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (s *Server) ask() error {
	c, err := net.Dial("tcp", s.Addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	return s.kind.ready(c)
}

// log returns the end of what the server has written.
func (s *Server) log() string {
	text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return strings.TrimSpace(string(text[max(0, len(text)-2000):]))
}
