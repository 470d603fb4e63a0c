package e2e

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	if mode := os.Getenv(fakeAppMode); mode != "" {
		os.Exit(fakeApp(mode))
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// tempDir is the directory for temporary files that the run has its own in.
var tempDir = os.TempDir()

// run runs the tests, with all temporary files in a directory of their own.
func run(m *testing.M) (code int, err error) {
	flag.Parse() // patience goes by -timeout
	if err := endWithParent(); err != nil {
		return 0, err
	}
	dir, err := newRunDir(tempDir)
	if err != nil {
		return 0, err
	}
	if err := os.Setenv("TMPDIR", dir.Name()); err != nil {
		return 0, err
	}
	code = m.Run()
	quitChromium()
	quitWindowed()
	quitFirefox()
	return code, errors.Join(os.RemoveAll(dir.Name()), dir.Close())
}

// heldRun is the environment variable that turns the test binary into a run that
// opens both browsers and is not through until it is cut off. It has the path of the
// product.
const heldRun = "E2E_HELD_RUN"

// binary builds the product, once for all tests, and returns its path.
var binary = sync.OnceValues(func() (string, error) {
	if built := os.Getenv(heldRun); built != "" {
		return built, nil
	}
	bin := filepath.Join(os.TempDir(), "sessionlab")
	build := exec.Command("go", "build", "-trimpath", "-o", bin, ".") // as .ci/dist does, so that all is compiled already
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

// requireTool ends the test when err says that a tool is missing: it skips the
// test on a developer's machine, and fails it where CI=true.
func requireTool(t testing.TB, tool string, err error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is missing (run setup.sh): %v", tool, err)
	default:
		t.Skipf("%s is missing (run setup.sh): %v", tool, err)
	}
}
