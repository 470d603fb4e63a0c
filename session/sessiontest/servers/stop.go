package servers

import (
	"errors"
	"os"
	"time"
)

// Kill ends the server by SIGKILL, as a crash would, and returns once it has
// gone. A server that is not running is left alone.
func (s *Server) Kill() error {
	if s.gone == nil {
		return nil
	}
	if _, err := s.signalAll(os.Kill); err != nil {
		return err
	}
	return s.wait()
}

// Stop ends the server as an administrator would, and returns once it has gone:
// it ends what it is about to do, writes all to disk and drops its clients.
func (s *Server) Stop() error {
	if s.gone == nil {
		return errors.New("servers: it is not running")
	}
	if err := s.cmd.Process.Signal(s.kind.stop); err != nil {
		return err
	}
	return s.wait()
}

func (s *Server) wait() error {
	select {
	case <-s.gone:
		s.cmd, s.gone = nil, nil
		return nil
	case <-time.After(patience):
		return errors.New("servers: it does not end")
	}
}

// Close ends the server, if it runs, and removes its data.
func (s *Server) Close() error {
	var err error
	if s.gone != nil {
		s.Resume() // it may be paused
		if err = s.Stop(); err != nil {
			err = errors.Join(err, s.Kill())
		}
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}
