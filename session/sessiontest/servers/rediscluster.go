package servers

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// redisNode is a Redis server that can be part of a cluster. Its peers reach it
// at its port and 10000, or, since ports end at 65535, less 10000.
var redisNode = kind{
	find: redis.find,
	args: func(dir, port string) []string {
		n, _ := strconv.Atoi(port)
		return append(redis.args(dir, port), "--cluster-enabled", "yes",
			"--cluster-port", strconv.Itoa(busPort(n)), "--cluster-node-timeout", "1000")
	},
	ready: redis.ready,
	url:   redis.url,
	stop:  redis.stop,
}

func busPort(port int) int {
	const distance = 10_000
	if port+distance > 65535 {
		return port - distance
	}
	return port + distance
}

// slots is how many a Redis cluster has.
const slots = 16384

// RedisCluster starts a cluster of three Redis servers, each with a third of the
// keys and without a replica, and ends it with t.
func RedisCluster(t testing.TB) []*Server {
	t.Helper()
	nodes := make([]*Server, 3)
	for i := range nodes {
		nodes[i] = single(t, redisNode)
	}
	for i, s := range nodes {
		first, last := i*slots/len(nodes), (i+1)*slots/len(nodes)-1
		ask(t, s, fmt.Sprintf("CLUSTER ADDSLOTSRANGE %d %d", first, last))
		ask(t, s, fmt.Sprintf("CLUSTER SET-CONFIG-EPOCH %d", i+1))
	}
	for _, s := range nodes[1:] {
		host, port, _ := net.SplitHostPort(nodes[0].Addr)
		n, _ := strconv.Atoi(port)
		ask(t, s, fmt.Sprintf("CLUSTER MEET %s %d %d", host, n, busPort(n)))
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if whole(t, nodes) {
			for _, s := range nodes { // or a busy machine would make them give each other up
				ask(t, s, "CONFIG SET cluster-node-timeout 60000")
			}
			return nodes
		}
		if time.Now().After(deadline) {
			t.Fatal("the nodes do not become a cluster")
		}
	}
}

// whole reports whether all nodes know each other and serve all slots.
func whole(t testing.TB, nodes []*Server) bool {
	t.Helper()
	for _, s := range nodes {
		info := ask(t, s, "CLUSTER INFO")
		if !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d", len(nodes))) {
			return false
		}
	}
	return true
}

// ask sends a command to a Redis server and returns its answer, which must not be
// an error.
func ask(t testing.TB, s *Server, command string) string {
	t.Helper()
	c, err := net.Dial("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, command+"\r\n"); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	answer, err := r.ReadString('\n')
	answer = strings.TrimSuffix(answer, "\r\n")
	if n, text := strings.CutPrefix(answer, "$"); err == nil && text { // that many bytes follow
		size, _ := strconv.Atoi(n)
		bulk := make([]byte, size)
		_, err = io.ReadFull(r, bulk)
		answer = string(bulk)
	}
	if err != nil || strings.HasPrefix(answer, "-") {
		t.Fatalf("%s: %q, %v", command, answer, err)
	}
	return answer
}
