package session

import "time"

// makeRoom removes one record: of a few that chance brings up, the one that was
// changed or refreshed longest ago. An order of all records would cost each of
// them more than its times do, and this comes close to it, as in Redis. The
// caller holds the lock, and there is a record.
func (m *Memory) makeRoom() {
	const few = 16
	var (
		oldest string
		since  time.Time
		seen   int
	)
	for key, p := range m.records { // which begins anywhere
		rec, _ := entry{key, p}.unpack()
		if seen == 0 || rec.Renewed.Before(since) {
			oldest, since = key, rec.Renewed
		}
		if seen++; seen == few {
			break
		}
	}
	delete(m.records, oldest)
	m.evicted.Add(1)
}

// Evicted returns how many records had to go, live or expired, because there were
// Max of them.
func (m *Memory) Evicted() int64 { return m.evicted.Load() }
