package e2e

import "sync"

// To open a window takes a browser longer than most tests take. A test that ends
// leaves its tab to the next one, cleaned: at no page, with no cookie, storage,
// history or look of before. What it has in its cache is of another address: each
// test has an app of its own.

// spares are tabs that are clean.
type spares[T any] struct {
	mu   sync.Mutex
	tabs []T
}

// take returns one of them, if there is one.
func (s *spares[T]) take() (tab T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.tabs) - 1; n >= 0 {
		tab, s.tabs = s.tabs[n], s.tabs[:n]
		return tab, true
	}
	return tab, false
}

func (s *spares[T]) put(tab T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tabs = append(s.tabs, tab)
}

// cleanOrigin empties what scripts of the page may have stored, and returns whose
// it was.
const cleanOrigin = `(() => {
	try {
		sessionStorage.clear()
		localStorage.clear()
	} catch {} // a page without an origin has neither
	return location.origin
})()`
