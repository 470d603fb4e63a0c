package systemtest

import (
	"bufio"
	"crypto/sha256"
	"debug/pe"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The tests of this package start what dist builds for this system. For another
// one it can only be built, which takes a minute where nothing is cached; so one
// stands for all that task dist builds.
func TestDistBuildsForOtherSystemsWithChecksums(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	check(t, dist(dir, "windows/amd64"))
	const name = "sessionlab-windows-amd64.exe"
	program, err := pe.Open(filepath.Join(dir, name))
	check(t, err)
	defer program.Close()
	if program.Machine != pe.IMAGE_FILE_MACHINE_AMD64 {
		t.Errorf("it is for machine %#x; want amd64", program.Machine)
	}
	sums, err := os.Open(filepath.Join(dir, "SHA256SUMS"))
	check(t, err)
	defer sums.Close()
	bytes, err := os.ReadFile(filepath.Join(dir, name))
	check(t, err)
	line, err := bufio.NewReader(sums).ReadString('\n')
	if want := fmt.Sprintf("%x", sha256.Sum256(bytes)); err != nil || strings.Fields(line)[0] != want || !strings.HasSuffix(line, name+"\n") {
		t.Errorf("SHA256SUMS begins with %q, %v; want %s for %s", line, err, want, name)
	}
}

func TestDistIsForSixSystems(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(root, ".ci/dist"))
	check(t, err)
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, processor := range []string{"amd64", "arm64"} {
			if !strings.Contains(string(script), system+"/"+processor) {
				t.Errorf("dist does not build for %s/%s", system, processor)
			}
		}
	}
}

func TestVersionIsTheCommit(t *testing.T) {
	commit := "(devel)"
	// The go command finds the commit of a clone, and none in a worktree of it.
	if git, err := os.Stat(filepath.Join(root, ".git")); err == nil && git.IsDir() {
		if out, err := exec.Command("git", "-C", root, "rev-parse", "--short=12", "HEAD").Output(); err == nil {
			commit = strings.TrimSpace(string(out))
		}
	}
	said, err := command(t, "--version").Output()
	check(t, err)
	if !regexp.MustCompile(`^sessionlab \S+ go1\.\S+ \w+/\w+\n$`).Match(said) || !strings.Contains(string(said), commit) {
		t.Errorf("--version says %q; want one line with %s", said, commit)
	}
}
