package lab

import (
	"maps"
	"slices"

	"github.com/sessionlab/sessionlab/session"
)

// withMemory returns stores with one in memory, whether or not benches can choose that.
// Where several processes serve one bench they cannot: another process may answer the next
// request. But all requests of a run are answered by the process that runs it.
func withMemory(stores map[string]session.Backend) map[string]session.Backend {
	if stores[memoryStore] != nil {
		return stores
	}
	all := map[string]session.Backend{memoryStore: session.NewMemory()}
	maps.Copy(all, stores)
	return all
}

// runStores are the names of the stores that a run can have.
func (l *Lab) runStores() []string { return slices.Sorted(maps.Keys(l.stores)) }
