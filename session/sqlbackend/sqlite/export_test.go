package sqlite

// Waiting returns how many reads and writes wait for the one that runs.
func (db *DB) Waiting() int {
	db.shared.mu.Lock()
	defer db.shared.mu.Unlock()
	return len(db.shared.reads) + len(db.shared.writes)
}
