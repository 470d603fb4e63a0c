// Package announce finds the addresses to tell people, given the one that a server
// listens on.
package announce

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strconv"
)

// URLs returns the address of a server for a browser on this machine, and those
// for browsers on its networks. A server that listens on one address has just that
// one. One that listens on all has an address for each of own, which are those of
// the machine's interfaces; IPv4 comes first, for it is easier to type.
func URLs(listening *net.TCPAddr, own []net.Addr) (here string, network []string) {
	if !listening.IP.IsUnspecified() {
		return url(listening.IP.String(), listening.Port), nil
	}
	var ips []netip.Addr
	for _, addr := range own {
		prefix, err := netip.ParsePrefix(addr.String())
		if ip := prefix.Addr().Unmap(); err == nil && ip.IsGlobalUnicast() {
			ips = append(ips, ip)
		}
	}
	slices.SortStableFunc(ips, func(a, b netip.Addr) int { return cmp.Compare(a.BitLen(), b.BitLen()) })
	for _, ip := range ips {
		network = append(network, url(ip.String(), listening.Port))
	}
	return url("127.0.0.1", listening.Port), network
}

func url(host string, port int) string {
	return "http://" + net.JoinHostPort(host, strconv.Itoa(port))
}
