//go:build !linux

package servers

import (
	"errors"
	"os"
	"os/exec"
)

func as(*exec.Cmd, string) error { return nil }

func (s *Server) own(string) error { return nil }

// Pause is for Linux only.
func (s *Server) Pause() error { return errors.ErrUnsupported }

// Resume is for Linux only.
func (s *Server) Resume() error { return errors.ErrUnsupported }

func (s *Server) signalAll(sig os.Signal) ([]int, error) {
	return []int{s.cmd.Process.Pid}, s.cmd.Process.Signal(sig)
}
