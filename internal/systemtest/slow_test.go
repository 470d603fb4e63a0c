package systemtest

import (
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// F-03: each store in turn takes for ever for what it is sent. It holds up nobody on
// another, takes no more than its share of connections, and leaves nothing behind.
func TestASlowStoreHoldsUpNoOther(t *testing.T) {
	const normal, slow = 20 * time.Millisecond, 24 * time.Hour
	// A pool has 16 connections. PostgreSQL's driver keeps one that it gives up, for
	// a while, and tells the server so by another.
	most := map[string]int{"redis": 2, "mysql": 16, "postgres": 3 * 16}
	stores := serverStores(t)
	proxies, flags := proxied(t, stores)
	addr := freeAddress(t)
	metrics := "http://" + addr + "/metrics"
	p := start(t, append(flags, "--data", t.TempDir(), "--metrics", addr)...)
	c := newClass(t, p, map[string]int{"redis": 20, "mysql": 30, "postgres": 30, "sqlite": 10})

	// The stores are so far away that all connections are needed, and stay.
	usual := func() {
		for _, far := range proxies {
			far.slow(normal)
		}
		began := time.Now()
		c.during(func() { c.await("all is as usual", began, 2, "", 200) })
	}
	usual()
	before := goroutines(t, metrics)
	for _, s := range stores {
		t.Run(names[s.name], func(t *testing.T) {
			c.t = t
			far := proxies[s.name]
			t.Cleanup(func() { far.slow(normal) })
			var began, slowed, eased, well time.Time
			c.during(func() {
				began = time.Now()
				c.await("all is as usual", began, 2, "", 200)
				far.slow(slow)
				slowed = time.Now()
				c.await("the slow store is given up", slowed, 1, s.name, 503)
				// One that the program has just closed may still count beside its successor.
				const closing = 4
				if got := far.mostOpen(); got > most[s.name]+closing {
					t.Errorf("%d connections to it were open at once; want %d at most, and %d that close", got, most[s.name], closing)
				}
				eased = time.Now()
				far.slow(normal)
				c.await("the store is used again", eased, 1, s.name, 200)
				well = time.Now()
			})
			of, others := split(c.between(slowed, well), s.name)
			mustBe(t, "on another store", others, ok)
			mustBe(t, "on the slow store", of, func(a answer) bool { return ok(a) || refused(a) })
			// Who queues behind the slow store waits for as long as those who are on it,
			// and not as before.
			_, before := split(c.between(began, slowed), s.name)
			late, usual, given := quantile(others, 0.95), quantile(before, 0.95), quantile(slices.DeleteFunc(of, ok), 0.5)
			t.Logf("one in twenty on another store waited %v or more, and %v before; half of those on the slow one waited %v", late, usual, given)
			if late > 2*usual+given/2 {
				t.Error("want those on another store to wait for hardly more than before")
			}
		})
	}
	c.t = t
	usual()
	const slack = 5
	after := 0
	eventually(t, "the goroutines go", func() bool {
		after = goroutines(t, metrics)
		return after <= before+slack || t.Failed()
	})
	t.Logf("%d goroutines before, %d after", before, after)
	ended(t, p)
}

// quantile is how long that part of the answers took at most.
func quantile(answers []answer, part float64) time.Duration {
	if len(answers) == 0 {
		return 0
	}
	took := make([]time.Duration, len(answers))
	for i, a := range answers {
		took[i] = a.took
	}
	slices.Sort(took)
	return took[int(part*float64(len(took)))]
}

// A network that swallows what it is sent tells nobody that it does. Stores behind
// it are found again as soon as it works, however many connections are lost in it.
func TestStoresBehindADeadNetworkAreFoundAgain(t *testing.T) {
	stores := serverStores(t)
	proxies, flags := proxied(t, stores)
	p := start(t, append(flags, "--data", t.TempDir())...)
	c := newClass(t, p, map[string]int{"redis": 20, "mysql": 20, "postgres": 20, "sqlite": 10})
	var dead, alive, well time.Time
	c.during(func() {
		c.await("all stores are used", time.Now(), 1, "", 200)
		dead = time.Now()
		for _, s := range stores {
			proxies[s.name].die(true)
		}
		for _, again := range []string{"", " again"} {
			began := time.Now()
			for _, s := range stores {
				c.await(s.name+" is given up"+again, began, 1, s.name, 503)
			}
		}
		alive = time.Now()
		for _, s := range stores {
			proxies[s.name].die(false)
		}
		c.await("all stores are used again", alive, 1, "", 200)
		well = time.Now()
		c.await("all stores are used as before", well, 1, "", 200)
	})
	meanwhile := c.between(dead, alive)
	mustBe(t, "in a dead network", meanwhile, func(a answer) bool {
		return refused(a) || unrecorded(a) || a.store == "sqlite" && ok(a) || a.began.Add(a.took).After(alive)
	})
	for _, s := range stores {
		if !slices.ContainsFunc(meanwhile, func(a answer) bool { return a.store == s.name && refused(a) }) {
			t.Errorf("in a dead network no answer says that %s is away", s.name)
		}
	}
	mustBe(t, "when the network lives", c.between(well, time.Now()), ok)
	ended(t, p)
}

// proxied returns a proxy for each store, and the flags to use the stores by them.
func proxied(t *testing.T, stores []serverStore) (proxies map[string]*proxy, flags []string) {
	t.Helper()
	proxies = map[string]*proxy{}
	for _, s := range stores {
		proxies[s.name] = newProxy(t, s.server.Addr)
		flags = append(flags, "--"+s.name, strings.Replace(s.server.URL, s.server.Addr, proxies[s.name].Addr().String(), 1))
	}
	return proxies, flags
}

var goGoroutines = regexp.MustCompile(`(?m)^go_goroutines (\d+)$`)

// goroutines is how many the program has once none has come or gone for a while.
func goroutines(t *testing.T, metrics string) (n int) {
	t.Helper()
	const quiet = 5 // times that it is asked
	same := 0
	eventually(t, "the goroutines settle", func() bool {
		found := goGoroutines.FindStringSubmatch(body(t, metrics))
		if found == nil {
			return false
		}
		was := n
		n, _ = strconv.Atoi(found[1])
		if same++; n != was {
			same = 0
		}
		return same >= quiet
	})
	return n
}

// freeAddress is an address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	return l.Addr().String()
}
