package session

import "time"

// makeRoom removes a record, if there are as many as there may be: of a few that
// chance brings up in a large group, the one that was changed or refreshed longest
// ago. An order of all records would cost each of them more than its times do, and
// this comes close to it, as in Redis. What fills the memory pays for it. The
// caller holds the lock.
func (m *Memory) makeRoom() {
	if m.Max <= 0 || m.size < m.Max {
		return
	}
	start := m.largeGroup()
	m.remove(start, m.groups[start].idle())
	m.evicted.Add(1)
}

// largeGroup returns the largest group of some that chance brings up.
func (m *Memory) largeGroup() (start string) {
	const some = 64
	seen := 0
	for s, g := range m.groups { // which begins anywhere
		if len(g) > len(m.groups[start]) {
			start = s
		}
		if seen++; seen == some {
			break
		}
	}
	return start
}

// idle returns the record idle for longest of a few that chance brings up.
func (g group) idle() (end string) {
	const few = 16
	var since time.Time
	seen := 0
	for e, p := range g {
		rec, _ := entry{e, p}.unpack()
		if seen == 0 || rec.Renewed.Before(since) {
			end, since = e, rec.Renewed
		}
		if seen++; seen == few {
			break
		}
	}
	return end
}

// Evicted returns how many records had to go, live or expired, because there were
// Max of them.
func (m *Memory) Evicted() int64 { return m.evicted.Load() }
