package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// pinSelf has this process run on one CPU. Threads that are there already would
// not follow, so it begins anew: a new image keeps the CPUs of the thread that
// asked for it.
func pinSelf(cpu int) error {
	const done = "SESSIONLAB_BENCH_PINNED"
	if os.Getenv(done) != "" {
		return nil
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := pinThread(cpu); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(self, os.Args, append(os.Environ(), done+"=1"))
}

// startOn starts cmd on some CPUs: it inherits those of the thread that starts
// it. It is killed if this process dies.
func startOn(cmd *exec.Cmd, cpus ...int) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := pinThread(cpus...); err != nil {
		return err
	}
	err := cmd.Start()
	if back := pinThread(loadCPU); back != nil {
		return back
	}
	return err
}

// dieWithUs has the process of cmd end when this one does.
func dieWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }

func pinThread(cpus ...int) error {
	var set unix.CPUSet
	for _, cpu := range cpus {
		set.Set(cpu)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("two CPUs are needed: pin to %v: %w", cpus, err)
	}
	return nil
}

// cpuTime returns how long a process and its children have run on CPUs so far.
func cpuTime(pid int) (time.Duration, error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil {
		return 0, err
	}
	var sum time.Duration
	for _, thread := range threads {
		stat, err := os.ReadFile(thread + "/schedstat")
		if err != nil {
			return 0, err
		}
		ran, _, _ := strings.Cut(string(stat), " ")
		ns, err := strconv.ParseInt(ran, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(ns)
		children, err := os.ReadFile(thread + "/children")
		if err != nil {
			return 0, err
		}
		for child := range strings.FieldsSeq(string(children)) {
			pid, err := strconv.Atoi(child)
			if err != nil {
				return 0, err
			}
			more, err := cpuTime(pid)
			if err != nil {
				return 0, err
			}
			sum += more
		}
	}
	return sum, nil
}

// polled reads from conn by asking again and again rather than by waiting. A load
// that sleeps must be woken by the server, which costs that more than a short
// answer does, and all the more the slower it is.
func polled(conn *net.TCPConn) (io.Reader, error) {
	raw, err := conn.SyscallConn()
	return poller{raw}, err
}

type poller struct{ syscall.RawConn }

func (p poller) Read(b []byte) (n int, err error) {
	for {
		closed := p.RawConn.Read(func(fd uintptr) bool {
			n, err = unix.Read(int(fd), b)
			return true
		})
		switch {
		case closed != nil: // or past its deadline
			return 0, closed
		case err == unix.EAGAIN || err == unix.EINTR:
			runtime.Gosched()
		case err == nil && n == 0:
			return 0, io.EOF
		default:
			return max(0, n), err
		}
	}
}
