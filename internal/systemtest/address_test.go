package systemtest

import (
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

func TestAServerOnAllAddressesSaysWhichABrowserOpens(t *testing.T) {
	p := start(t, "--addr", "0.0.0.0:0", "--data", t.TempDir())
	if !strings.HasPrefix(p.url, "http://127.0.0.1:") {
		t.Errorf("it says it is at %s; want an address that a browser on this machine opens", p.url)
	}
	check(t, p.Process.Signal(syscall.SIGTERM))
	said, err := io.ReadAll(p.out)
	check(t, err)
	check(t, p.Wait())
	_, port, _ := strings.Cut(strings.TrimPrefix(p.url, "http://"), ":")
	own, err := net.InterfaceAddrs()
	check(t, err)
	want := 0
	for _, addr := range own {
		if ip := addr.(*net.IPNet).IP; ip.IsGlobalUnicast() {
			want++
			if url := "http://" + net.JoinHostPort(ip.String(), port); !strings.Contains(string(said), "On the network it is at "+url+"\n") {
				t.Errorf("it says\n%s\nwant %s, which this machine has", said, url)
			}
		}
	}
	if got := strings.Count(string(said), "\n"); got != want {
		t.Errorf("it says\n%s\nwant one line for each of %d addresses", said, want)
	}
}

func TestAServerOnOneAddressSaysThatOne(t *testing.T) {
	p := start(t, "--addr", "127.0.0.1:0", "--data", t.TempDir())
	if got := get(t, http.DefaultClient, p.url+"/healthz"); got != 200 {
		t.Errorf("healthz = %d at the address it says", got)
	}
	check(t, p.Process.Signal(syscall.SIGTERM))
	if said, err := io.ReadAll(p.out); len(said) > 0 || err != nil {
		t.Errorf("after its address it says %q, %v; want no more", said, err)
	}
	check(t, p.Wait())
}
