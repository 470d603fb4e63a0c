// Package desktop is for people who start the program by a double click: it tells
// that they did, and opens the page in their browser.
package desktop

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/inconshreveable/mousetrap"
)

// Open has the person's browser show a page. It does not wait for the browser.
func Open(page string) error {
	command := opener(runtime.GOOS, page)
	cmd := exec.Command(command[0], command[1:]...) // #nosec G204 -- one of three programs, and an address of ours
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

// opener is the command by which a system opens a page.
func opener(goos, page string) []string {
	switch goos {
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", page}
	case "darwin":
		return []string{"open", page}
	}
	return []string{"xdg-open", page}
}

// DoubleClicked reports whether a double click started the program. When in doubt
// it did not: a browser that opens on a server or in a test helps nobody.
func DoubleClicked() bool {
	home, _ := os.UserHomeDir()
	dir, _ := os.Getwd()
	return started{
		goos: runtime.GOOS, args: os.Args, getenv: os.Getenv,
		explorer: mousetrap.StartedByExplorer(), terminal: hasTerminal(), home: dir != "" && dir == home,
	}.byDoubleClick()
}

// hasTerminal reports whether the process belongs to a terminal, also where its
// output is sent elsewhere.
func hasTerminal() bool {
	tty, err := os.Open("/dev/tty")
	if err == nil {
		tty.Close()
	}
	return err == nil
}

// A started is how a program was started.
type started struct {
	goos     string
	args     []string // the program and its flags
	getenv   func(string) string
	explorer bool // by the Windows Explorer
	terminal bool // from a terminal
	home     bool // in the home folder
}

func (s started) byDoubleClick() bool {
	if len(s.args) != 1 || s.getenv("CI") != "" {
		return false
	}
	switch s.goos {
	case "windows":
		return s.explorer
	case "darwin": // Finder has Terminal run the whole path, in the home folder
		return s.terminal && s.home && filepath.IsAbs(s.args[0]) && s.getenv("TERM_PROGRAM") == "Apple_Terminal"
	}
	return !s.terminal && (s.getenv("DISPLAY") != "" || s.getenv("WAYLAND_DISPLAY") != "")
}
