package session

import "strings"

// A group is the records whose keys differ only after the last colon, by that
// last part: the records of one app. So to list one app's records does not take
// a search through all.
type group map[string]packed

func split(key string) (start, end string) {
	i := strings.LastIndexByte(key, ':') + 1
	return key[:i], key[i:]
}

// group returns the group of what starts so. The caller holds the lock.
func (m *Memory) group(start string) group {
	g := m.groups[start]
	if g == nil {
		g = make(group)
		m.groups[strings.Clone(start)] = g
	}
	return g
}

// remove removes a record that is there. The caller holds the lock.
func (m *Memory) remove(start, end string) {
	g := m.groups[start]
	delete(g, end)
	if len(g) == 0 {
		delete(m.groups, start)
	}
	m.size--
}

// A listed record is one with all of its key.
type listed struct {
	start string
	entry
}

// list returns the records that are wanted of those whose keys begin with prefix.
func (m *Memory) list(prefix string, wanted func(Record) bool) []listed {
	var all []listed
	m.mu.RLock()
	defer m.mu.RUnlock()
	for start, g := range m.groups {
		rest, part := strings.CutPrefix(prefix, start)
		if !part && !strings.HasPrefix(start, prefix) {
			continue
		}
		for end, p := range g {
			if part && !strings.HasPrefix(end, rest) {
				continue
			}
			e := entry{end, p}
			if rec, _ := e.unpack(); wanted(rec) {
				all = append(all, listed{start, e})
			}
		}
	}
	return all
}
