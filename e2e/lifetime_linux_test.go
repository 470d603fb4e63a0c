package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// endWithThisProcess has a program be killed when this process ends.
func endWithThisProcess(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// endWithParent has this process be killed when the one that started it ends, as
// "go test" may: nobody would read the results. It belongs to the calling thread,
// which therefore stays with its goroutine.
func endWithParent() error {
	runtime.LockOSThread()
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); errno != 0 {
		return fmt.Errorf("prctl: %w", errno)
	}
	return nil
}

// A process is one of the machine's.
type process struct {
	pid     int
	parent  int
	started string // in ticks since the machine was: a pid may be used again
	name    string
}

// statOf reads what the kernel says of a process, unless it has ended.
func statOf(pid int) (p process, ok bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	open, shut := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if err != nil || shut < 0 {
		return p, false
	}
	fields := strings.Fields(string(stat[shut+1:])) // from the third on
	parent, _ := strconv.Atoi(fields[1])
	p = process{pid: pid, parent: parent, started: fields[19], name: string(stat[open+1 : shut])}
	return p, fields[0] != "Z"
}

// running reports whether the process has not ended yet.
func (p process) running() bool {
	now, ok := statOf(p.pid)
	return ok && now.started == p.started
}

// processesOf returns the processes that came of a run: by descent, or because
// they were told of its directory.
func processesOf(run int, dir string) []process {
	paths, _ := filepath.Glob("/proc/[0-9]*")
	all := make(map[int]process)
	for _, path := range paths {
		pid, _ := strconv.Atoi(filepath.Base(path))
		if p, ok := statOf(pid); ok {
			all[pid] = p
		}
	}
	var of []process
	for pid, p := range all {
		told, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
		args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		ours := bytes.Contains(append(told, args...), []byte(dir))
		for up := p; up.pid != 0 && !ours; up = all[up.parent] {
			ours = up.pid == run
		}
		if ours {
			of = append(of, p)
		}
	}
	return of
}
