package sqlbackend

// A Dialect is how one database system says what a [Backend] does. Statements
// are complete, with their placeholders; their arguments are bound in the order
// in which the fields' comments name them. Times are Unix milliseconds.
type Dialect struct {
	Name   string // the system, as traces name it
	Schema string // creates the table unless it is there

	// Load: key. Columns: data, created, renewed, expires, version.
	Load string
	// Insert: key, data, created, renewed, expires, now. It must change no row if
	// there is a live one, and may replace an expired one.
	Insert string
	// Update: data, created, renewed, expires, key, version, now. It must change
	// no row but a live one of that version.
	Update string
	// Remove: key. Delete: key, version.
	Remove, Delete string

	// Expired: now, from, limit. Column: the keys of expired records, not less
	// than from, in ascending order.
	Expired string
	// Sweep: key, now. It removes the record only if it has expired.
	Sweep string
	// Range: from, to, now, limit. Columns: the key, and then those of Load, of
	// live records with from <= key < to, in ascending order.
	Range string
	// Usage: from, to, now. Columns: how many live records there are with from <=
	// key < to, and how many bytes their data are.
	Usage string
	// End is an argument that every key is less than.
	End any
}

// SQLite is for SQLite 3.43 and later.
//
// Keys and data are TEXT, which SQLite stores byte for byte, also where it is
// not valid UTF-8 or holds a NUL; without a collation, keys are compared as
// bytes. Data are not a BLOB, so that JSON functions and every mode of the
// sqlite3 shell understand them.
//
// There is no index on expires: it would make every Save 40 % dearer in order to
// spare one scan a sweep, and in WAL mode a scan holds up nobody.
var SQLite = Dialect{
	Name: "sqlite",
	Schema: `CREATE TABLE IF NOT EXISTS sessions (
	id      TEXT PRIMARY KEY NOT NULL,
	data    TEXT NOT NULL,
	created INTEGER NOT NULL, -- times are Unix milliseconds
	renewed INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	version INTEGER NOT NULL
) WITHOUT ROWID`,

	Load: `SELECT data, created, renewed, expires, version FROM sessions WHERE id = ?`,
	Insert: `INSERT INTO sessions (id, data, created, renewed, expires, version) VALUES (?, ?, ?, ?, ?, 1) ` +
		`ON CONFLICT (id) DO UPDATE SET data = excluded.data, created = excluded.created, ` +
		`renewed = excluded.renewed, expires = excluded.expires, version = 1 WHERE expires <= ?`,
	Update: `UPDATE sessions SET data = ?, created = ?, renewed = ?, expires = ?, version = version + 1 ` +
		`WHERE id = ? AND version = ? AND expires > ?`,
	Remove: `DELETE FROM sessions WHERE id = ?`,
	Delete: `DELETE FROM sessions WHERE id = ? AND version = ?`,

	Expired: `SELECT id FROM sessions WHERE expires <= ? AND id >= ? ORDER BY id LIMIT ?`,
	Sweep:   `DELETE FROM sessions WHERE id = ? AND expires <= ?`,
	Range: `SELECT id, data, created, renewed, expires, version FROM sessions ` +
		`WHERE id >= ? AND id < ? AND expires > ? ORDER BY id LIMIT ?`,
	Usage: `SELECT count(*), coalesce(sum(octet_length(data)), 0) FROM sessions ` +
		`WHERE id >= ? AND id < ? AND expires > ?`,
	End: []byte{0}, // a BLOB is greater than any TEXT
}
