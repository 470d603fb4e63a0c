package session

import "time"

// makeRoom removes a record if Max is reached. It looks at a few random records
// of a large group, and removes the one that was changed longest ago. A list of
// all records in order would take more memory for each than its times do, and this
// comes close to it, as in Redis. The group that fills the memory loses the record.
// The caller holds the lock.
func (m *Memory) makeRoom() {
	if m.Max <= 0 || m.size < m.Max {
		return
	}
	start := m.largeGroup()
	m.remove(start, m.groups[start].idle())
	m.evicted.Add(1)
}

// largeGroup returns the largest of some random groups.
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

// idle returns the record that has been idle longest, of a few random ones.
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

// Evicted returns how many records, live or expired, were removed because Max
// was reached.
func (m *Memory) Evicted() int64 { return m.evicted.Load() }
