package e2e

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// A run of the tests ends in many ways: it is through, a key is pressed, its time
// is up, somebody kills it. In each case the programs that it started end with it.
// Its files are below one directory; where it cannot remove that, the next run does.

// patience is how long a test waits for one thing before it takes it for a hang.
// It is no measure of speed: a busy machine is given a longer -timeout.
var patience = sync.OnceValue(func() time.Duration {
	timeout := flag.Lookup("test.timeout").Value.(flag.Getter).Get().(time.Duration)
	if timeout == 0 { // without end
		timeout = time.Hour
	}
	return timeout / 10
})

// start starts a program that ends with this process. Linux kills it when the
// thread that started it ends: one thread starts all of them, and stays.
func start(cmd *exec.Cmd) error {
	endWithThisProcess(cmd)
	started := make(chan error, 1)
	starter() <- func() { started <- cmd.Start() }
	return <-started
}

var starter = sync.OnceValue(func() chan<- func() {
	starts := make(chan func())
	go func() {
		runtime.LockOSThread()
		for start := range starts {
			start()
		}
	}()
	return starts
})

// runDirs are the directories of runs, in the directory for temporary files.
const runDirs = "sessionlab-browsers-*"

// newRunDir makes a directory that is locked until it is closed, or this process
// ends, and removes those of runs that have been cut off.
func newRunDir(temp string) (*os.File, error) {
	alone, err := lock(temp, 0) // no other run has made its directory and not locked it yet
	if err != nil {
		return nil, err
	}
	defer alone.Close()
	old, err := filepath.Glob(filepath.Join(temp, runDirs))
	if err != nil {
		return nil, err
	}
	for _, dir := range old {
		if abandoned, err := lock(dir, syscall.LOCK_NB); err == nil {
			err = errors.Join(removeAll(dir), abandoned.Close())
			if err != nil {
				return nil, err
			}
		}
	}
	dir, err := os.MkdirTemp(temp, runDirs)
	if err != nil {
		return nil, err
	}
	return lock(dir, 0)
}

// lock locks a directory. With LOCK_NB it fails where another process has the lock.
func lock(dir string, how int) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|how); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	return f, nil
}

// removeAll removes a folder in which a browser that was ended may still write for a
// moment.
func removeAll(dir string) (err error) {
	for range 50 {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		<-time.After(20 * time.Millisecond)
	}
	return err
}
