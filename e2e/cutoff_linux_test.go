package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestHeldRun(t *testing.T) {
	if os.Getenv(heldRun) == "" {
		t.Skip("only for TestARunThatIsCutOffLeavesNothing")
	}
	app := startApp(t)
	for _, with := range browsers {
		with.page(t, app.URL, View{}).Go("/")
	}
	fmt.Println("open:", os.Getpid(), os.TempDir())
	<-t.Context().Done()
}

func TestARunThatIsCutOffLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(goTest, run int) error{
		"go test is killed": func(goTest, _ int) error { return syscall.Kill(goTest, syscall.SIGKILL) },
		// As Ctrl-C does. But a run in the background may have been told to ignore that.
		"the run is told to end": func(_, run int) error { return syscall.Kill(run, syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goTest, run, dir := holdRun(t)
			of := processesOf(run, dir)
			for _, program := range []string{"sessionlab", "chromium", "firefox-esr"} {
				if !slices.ContainsFunc(of, func(p process) bool { return strings.HasPrefix(p.name, program) }) {
					t.Errorf("the run has not started %s, but %v", program, of)
				}
			}
			if err := cut(goTest.Process.Pid, run); err != nil {
				t.Fatal(err)
			}
			_ = goTest.Wait() // it was killed, or says that the run was
			for end := time.Now().Add(patience()); len(of) > 0; <-time.After(20 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("the run has left %v", of)
				}
				of = slices.DeleteFunc(append(of, processesOf(run, dir)...), func(p process) bool { return !p.running() })
			}
			next, err := newRunDir(tempDir)
			if err != nil {
				t.Fatal(err)
			}
			defer next.Close()
			defer os.Remove(next.Name())
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Errorf("the next run has not removed %s: %v", dir, err)
			}
		})
	}
}

// holdRun starts a run below a process that stands in for "go test", and waits
// until its browsers are open.
func holdRun(t *testing.T) (goTest *exec.Cmd, run int, dir string) {
	t.Helper()
	for _, program := range []string{"chromium", "firefox-esr"} {
		_, err := exec.LookPath(program)
		requireTool(t, program, err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	built, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	goTest = exec.Command("sh", "-c", `"$@"; exit $?`, "sh", self, "-test.run=^TestHeldRun$", "-test.timeout="+(10*patience()).String())
	goTest.Env = append(os.Environ(), heldRun+"="+built, "TMPDIR="+tempDir)
	stdout, err := goTest.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := start(goTest); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = goTest.Process.Kill()
		_ = goTest.Wait()
	})
	var said strings.Builder
	for lines := bufio.NewScanner(stdout); lines.Scan(); fmt.Fprintln(&said, lines.Text()) {
		if n, _ := fmt.Sscanf(lines.Text(), "open: %d %s", &run, &dir); n == 2 {
			return goTest, run, dir
		}
	}
	t.Fatalf("the browsers of the run are not open:\n%s", said.String())
	return nil, 0, ""
}
