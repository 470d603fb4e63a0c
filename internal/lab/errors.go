package lab

// A StoreError reports a store of sessions that could not answer, by its name. A
// [session.Error] reports the same of the store that the app uses.
type StoreError struct {
	Store string
	Op    string // "count", "list", "weigh", "save", "delete"
	Err   error
}

func (e *StoreError) Error() string { return "lab: " + e.Store + ": " + e.Op + ": " + e.Err.Error() }

// Unwrap returns the store's own error.
func (e *StoreError) Unwrap() error { return e.Err }

// storeFault wraps err unless it is nil.
func storeFault(store, op string, err error) error {
	if err == nil {
		return nil
	}
	return &StoreError{store, op, err}
}
