package e2e

import (
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
	code := m.Run()
	quitChromium()
	quitFirefox()
	if dir, err := buildDir(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

var buildDir = sync.OnceValues(func() (string, error) {
	return os.MkdirTemp("", "sessionlab-e2e-")
})

// binary builds the product, once for all tests, and returns its path.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := buildDir()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "sessionlab")
	build := exec.Command("go", "build", "-o", bin, ".")
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
