package systemtest

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// root is the folder of the module.
const root = "../.."

// patience is how long a test waits for what may never come. It bounds nothing but
// hangs: a busy machine needs a while for what a quiet one does at once.
const patience = 3 * time.Minute

// build builds the program once for all tests, as it is handed out.
var build = sync.OnceValues(func() (program string, err error) {
	if err := noteSources(); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "sessionlab")
	if err != nil {
		return "", err
	}
	if err := dist(dir, runtime.GOOS+"/"+runtime.GOARCH); err != nil {
		return "", err
	}
	built, err := filepath.Glob(filepath.Join(dir, "sessionlab-*"))
	if err != nil || len(built) != 1 {
		return "", fmt.Errorf("dist: built %q, %v; want one program", built, err)
	}
	return built[0], os.Chmod(dir, 0o755) // some tests run it as another user
})

// dist builds the program for systems, with checksums.
func dist(dir string, systems ...string) error {
	cmd := exec.Command(filepath.Join(root, ".ci/dist"), append([]string{dir}, systems...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("dist: %w\n%s", err, out)
	}
	return nil
}

// noteSources reads all folders of the module. The go command notes what tests read,
// and would else take results from its cache where only the program has changed.
func noteSources() error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "e2e") {
			return fs.SkipDir
		}
		return err
	})
}

// pool has servers that tests share. They leave them running, and empty or not.
var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if program, err := build(); err == nil {
		os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

// command is the program with flags, and no settings from the environment.
func command(t *testing.T, flags ...string) *exec.Cmd {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, flags...)
	cmd.Env = []string{"HOME=" + t.TempDir()}
	cmd.Dir = t.TempDir()
	return cmd
}

// A process is the program at work.
type process struct {
	*exec.Cmd
	url    string
	out    *bufio.Reader // what it says after its address
	stderr bytes.Buffer  // to be read after Wait
}

func start(t *testing.T, flags ...string) *process {
	t.Helper()
	return startWith(t, func(*exec.Cmd) {}, flags...)
}

// startWith starts the program in another way than most.
func startWith(t *testing.T, change func(*exec.Cmd), flags ...string) *process {
	t.Helper()
	if !slices.Contains(flags, "--addr") {
		flags = append([]string{"--addr", "127.0.0.1:0"}, flags...)
	}
	p := &process{Cmd: command(t, flags...)}
	p.Stderr = &p.stderr
	change(p.Cmd)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	p.out = bufio.NewReader(out)
	line, err := p.out.ReadString('\n')
	if err != nil {
		_ = p.Wait()
		t.Fatalf("it said nothing: %v\n%s", err, &p.stderr)
	}
	_, p.url, _ = strings.Cut(strings.TrimSpace(line), "http://")
	p.url = "http://" + p.url
	return p
}

// eventually waits for what takes a while, however busy the machine is.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); !done(); <-tick.C {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %v", what, patience)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
