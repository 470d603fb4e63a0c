package servers

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// as makes cmd run as a user, if this is root, and die with the test.
func as(cmd *exec.Cmd, name string) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	uid, gid, err := ids(name)
	if err == nil && uid != 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return err
}

// own gives a folder to the user of the server.
func (s *Server) own(dir string) error {
	uid, gid, err := ids(s.kind.user)
	if err != nil || uid == 0 {
		return err
	}
	return os.Chown(dir, uid, gid)
}

// ids are those of a user, or 0 if there is no need to become it.
func ids(name string) (uid, gid int, err error) {
	if name == "" || os.Geteuid() != 0 {
		return 0, 0, nil
	}
	u, err := user.Lookup(name)
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// Pause stops the server's processes where they are, as if the machine were
// infinitely slow: its connections stay open, and nothing is answered.
func (s *Server) Pause() error {
	family, err := s.signalAll(syscall.SIGSTOP)
	if err != nil {
		return err
	}
	// A thread may go on for a moment after the signal was sent.
	for deadline := time.Now().Add(patience); slices.ContainsFunc(family, runs); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			return errors.New("servers: it does not stop")
		}
	}
	return nil
}

// Resume lets the processes go on that Pause stopped.
func (s *Server) Resume() error {
	_, err := s.signalAll(syscall.SIGCONT)
	return err
}

// runs reports whether a process has a thread that is not stopped.
func runs(pid int) bool {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	return slices.ContainsFunc(threads, func(file string) bool {
		stat, err := os.ReadFile(file)
		fields := statFields(stat)
		return err == nil && len(fields) > 0 && !bytes.ContainsAny(fields[0], "TtZX")
	})
}

// statFields returns what follows the name in /proc/PID/stat, which is PID (NAME)
// STATE PARENT …, where NAME may hold anything.
func statFields(stat []byte) [][]byte {
	return bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
}

// signalAll signals the server's process and then its children, until it has no
// others, and returns them all: PostgreSQL's are in process groups of their own.
func (s *Server) signalAll(sig os.Signal) ([]int, error) {
	if s.gone == nil {
		return nil, errors.New("servers: it is not running")
	}
	family := []int{s.cmd.Process.Pid}
	for i := 0; i < len(family); i++ {
		// Asked before it is killed, since orphans have another parent.
		children, err := childrenOf(family[0])
		if err != nil {
			return nil, err
		}
		for _, pid := range children {
			if !slices.Contains(family, pid) {
				family = append(family, pid)
			}
		}
		err = syscall.Kill(family[i], sig.(syscall.Signal))
		if err != nil && err != syscall.ESRCH {
			return nil, fmt.Errorf("servers: signal: %w", err)
		}
	}
	return family, nil
}

// childrenOf returns the processes whose parent is parent.
func childrenOf(parent int) (pids []int, err error) {
	proc, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	for _, entry := range proc {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + entry.Name() + "/stat")
		if err != nil {
			continue // it has ended
		}
		fields := statFields(stat)
		if len(fields) > 1 && string(fields[1]) == strconv.Itoa(parent) {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}
