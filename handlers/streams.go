package handlers

import "sync"

// defaultSeatStreams is more tabs than a learner looks at.
const defaultSeatStreams = 20

// streams counts the live streams that are open. Each holds a connection for as long
// as its client likes.
type streams struct {
	perSeat, inAll int // at most; no limit in all if 0

	mu    sync.Mutex
	seats map[string]int // by hash; those with any
	open  int
}

// begin counts one more stream of a seat until end is called. It reports false, and
// counts nothing, where there is no room for one.
func (s *streams) begin(seat string) (end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seats[seat] >= s.perSeat || s.inAll > 0 && s.open >= s.inAll {
		return nil, false
	}
	s.seats[seat]++
	s.open++
	return func() { s.end(seat) }, true
}

func (s *streams) end(seat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	if s.seats[seat]--; s.seats[seat] == 0 {
		delete(s.seats, seat)
	}
}
