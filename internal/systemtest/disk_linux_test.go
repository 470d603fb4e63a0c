package systemtest

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// F-07: on a disk that is full the server says so to whoever writes, shows what
// there is, and goes on when there is space again. Its file stays whole.
func TestAFullDiskRefusesWritesAndHarmsNothing(t *testing.T) {
	p, data := startOnSmallDisk(t, "4m")
	file := filepath.Join(data, "sessionlab.db")
	v := visit(t, p.url)
	l := &learner{visitor: v, store: "sqlite"}
	mustBe(t, "before", []answer{l.click()}, ok)
	memory := &learner{visitor: visit(t, p.url), store: "memory"}
	memory.want(200, "/en/lab/settings", "store", "memory")
	mustBe(t, "before", []answer{memory.click()}, ok)
	for _, l := range []*learner{l, memory} {
		l.see200(t) // the seat is stored with the first step that is seen
	}

	filler := filepath.Join(data, "filler")
	fill(t, filler)
	var full answer
	for range 1000 { // what SQLite has of its own is used up
		if full = l.click(); !ok(full) {
			break
		}
	}
	noSpace := func(a answer) bool {
		return a.status == http.StatusServiceUnavailable && (a.code == "store_unavailable" || a.code == "step_not_stored") && a.message != "" && !raw(a.body)
	}
	mustBe(t, "on a full disk", []answer{full, memory.click(), l.click(), l.ask("GET", l.app+"me")}, noSpace)
	for _, l := range []*learner{l, memory} {
		l.see200(t)
	}
	if got := get(t, http.DefaultClient, p.url+"/healthz"); got != 200 {
		t.Errorf("healthz = %d on a full disk; want 200", got)
	}
	if got, err := query(file, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("on a full disk, integrity_check says %q, %v; want ok", got, err)
	}

	check(t, os.Remove(filler))
	eventually(t, "writes are taken again", func() bool { return ok(l.click()) && ok(memory.click()) })
	mustBe(t, "with space again", []answer{l.click(), memory.click()}, ok)
	if got, err := query(file, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("with space again, integrity_check says %q, %v; want ok", got, err)
	}
	ended(t, p)
}

// A log that cannot be written keeps nobody from working: /dev/full takes nothing,
// and says that there is no space.
func TestAFullDiskForTheLogHoldsUpNobody(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	check(t, err)
	defer full.Close()
	p := startWith(t, func(cmd *exec.Cmd) { cmd.Stderr = full }, "--data", t.TempDir(), "--log-level", "DEBUG")
	l := &learner{visitor: visit(t, p.url), store: "sqlite"}
	for range 20 {
		mustBe(t, "without a log", []answer{l.click()}, ok)
	}
}

// F-01: a folder that nobody may enter any more does not take the file away from who
// has it open.
func TestAFolderThatLosesItsRightsHoldsUpNobody(t *testing.T) {
	data, err := os.MkdirTemp("", "data")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(data) })
	p := startWith(t, func(cmd *exec.Cmd) {
		cmd.Dir = "/"
		if os.Geteuid() == 0 { // whom no rights keep out
			const nobody = 65534
			check(t, os.Chown(data, nobody, nobody))
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
	}, "--data", data)
	l := &learner{visitor: visit(t, p.url), store: "sqlite"}
	mustBe(t, "before", []answer{l.click()}, ok)
	check(t, os.Chmod(filepath.Join(data, "sessionlab.db"), 0))
	check(t, os.Chmod(data, 0))
	for range 20 {
		mustBe(t, "without rights", []answer{l.click()}, ok)
	}
	l.see200(t)
	if got := get(t, l.Client, p.url+"/readyz"); got != 200 {
		t.Errorf("readyz = %d while all can be read and written; want 200", got)
	}
	check(t, os.Chmod(data, 0o700))
	mustBe(t, "with rights again", []answer{l.click()}, ok)
	ended(t, p)
}

// see200 checks that the learner's bench can be seen.
func (l *learner) see200(t *testing.T) {
	t.Helper()
	for _, path := range []string{"/en/lab", "/en/lab/steps/1", "/en/lab/export.json"} {
		if got := get(t, l.Client, l.base+path); got != http.StatusOK {
			t.Errorf("%s, %s: %d; want 200", l.store, path, got)
		}
	}
}

// fill writes a file until there is no space.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	check(t, err)
	defer f.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	if !strings.Contains(err.Error(), "no space left") {
		t.Fatalf("the disk is filled until %v; want that there is no space left", err)
	}
}

// startOnSmallDisk starts the program with its data on a disk of its own, and returns
// the folder as others see it. The disk is mounted where only the program is, so it
// goes when that ends.
func startOnSmallDisk(t *testing.T, size string) (p *process, data string) {
	t.Helper()
	disk := t.TempDir()
	p = startWith(t, func(cmd *exec.Cmd) {
		mount := []string{"unshare", "--mount"}
		if os.Geteuid() != 0 {
			mount = append(mount, "--user", "--map-root-user")
		}
		const script = `mount -t tmpfs -o size="$0" small "$1" && shift && exec "$@"`
		mount = append(mount, "sh", "-c", script, size, disk)
		program, err := exec.LookPath(mount[0])
		check(t, err)
		cmd.Args = append(mount, append([]string{cmd.Path}, cmd.Args[1:]...)...)
		cmd.Path = program
	}, "--data", disk, "--burst", "100000", "--rate", "100000")
	return p, filepath.Join(fmt.Sprintf("/proc/%d/root", p.Process.Pid), disk)
}
