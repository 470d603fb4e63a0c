package announce_test

import (
	"net"
	"slices"
	"testing"

	"github.com/sessionlab/sessionlab/internal/announce"
)

func TestAddressesAreThoseThatABrowserOpens(t *testing.T) {
	own := []net.Addr{
		address(t, "127.0.0.1/8"), address(t, "::1/128"),
		address(t, "2001:db8::5/64"), address(t, "fe80::1/64"), address(t, "169.254.7.7/16"),
		address(t, "192.168.1.5/24"), address(t, "10.0.0.5/8"),
	}
	all := []string{"http://192.168.1.5:8203", "http://10.0.0.5:8203", "http://[2001:db8::5]:8203"}
	for _, test := range []struct {
		listening string
		own       []net.Addr
		here      string
		network   []string
	}{
		{"127.0.0.1:8080", own, "http://127.0.0.1:8080", nil},
		{"192.168.1.5:80", own, "http://192.168.1.5:80", nil},
		{"[::1]:8080", own, "http://[::1]:8080", nil},
		{"0.0.0.0:8203", own, "http://127.0.0.1:8203", all},
		{"[::]:8203", own, "http://127.0.0.1:8203", all},
		{"[::]:8203", nil, "http://127.0.0.1:8203", nil},
	} {
		listening, err := net.ResolveTCPAddr("tcp", test.listening)
		if err != nil {
			t.Fatal(err)
		}
		here, network := announce.URLs(listening, test.own)
		if here != test.here || !slices.Equal(network, test.network) {
			t.Errorf("URLs(%s) = %s, %q; want %s, %q", test.listening, here, network, test.here, test.network)
		}
	}
}

// address is one of an interface.
func address(t *testing.T, cidr string) net.Addr {
	t.Helper()
	ip, network, err := net.ParseCIDR(cidr)
	if err != nil {
		t.Fatal(err)
	}
	return &net.IPNet{IP: ip, Mask: network.Mask}
}
