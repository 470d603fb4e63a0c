package sqlbackend

import "strings"

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
	Name:       "sqlite",
	Migrations: "migrations/sqlite",
	Forget:     `DELETE FROM ` + versions + ` WHERE version_id > 0 AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sessions')`,

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

// MySQL is for MySQL 8.0 and MariaDB 10.5, and later. Keys have 255 bytes at most.
//
// Keys are VARBINARY: every collation of MySQL's that MariaDB has too takes
// spaces at the end for nothing. Data are text, since only that is shown as such
// by all shells and understood by JSON functions.
//
// Whether a row that is in Insert's way has expired is asked once, before it is
// overwritten: assignments are made from left to right, and no stored version is
// 0.
var MySQL = Dialect{
	Name:       "mysql",
	Migrations: "migrations/mysql",
	Forget:     `DELETE FROM ` + versions + ` WHERE version_id > 0 AND NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'sessions')`,
	TextData:   true,

	Load: `SELECT data, created, renewed, expires, version FROM sessions WHERE id = ?`,
	Insert: `INSERT INTO sessions (id, data, created, renewed, expires, version) VALUES (?, ?, ?, ?, ?, 1) ` +
		`ON DUPLICATE KEY UPDATE version = IF(expires <= ?, 0, version), ` +
		`data = IF(version = 0, VALUES(data), data), created = IF(version = 0, VALUES(created), created), ` +
		`renewed = IF(version = 0, VALUES(renewed), renewed), expires = IF(version = 0, VALUES(expires), expires), ` +
		`version = IF(version = 0, 1, version)`,
	Update: `UPDATE sessions SET data = ?, created = ?, renewed = ?, expires = ?, version = version + 1 ` +
		`WHERE id = ? AND version = ? AND expires > ?`,
	Remove: `DELETE FROM sessions WHERE id = ?`,
	Delete: `DELETE FROM sessions WHERE id = ? AND version = ?`,

	Expired: `SELECT id FROM sessions WHERE expires <= ? AND id >= ? ORDER BY id LIMIT ?`,
	Sweep:   `DELETE FROM sessions WHERE id = ? AND expires <= ?`,
	Range: `SELECT id, data, created, renewed, expires, version FROM sessions ` +
		`WHERE id >= ? AND id < ? AND expires > ? ORDER BY id LIMIT ?`,
	Usage: `SELECT count(*), coalesce(sum(IF(data LIKE 'hex:%', (octet_length(data) - 4) DIV 2, octet_length(data))), 0) ` +
		`FROM sessions WHERE id >= ? AND id < ? AND expires > ?`,
	End: strings.Repeat("\xff", 256), // keys are shorter
}

// PostgreSQL is for PostgreSQL 12 and later, in databases whose encoding is UTF8.
//
// Keys and data are TEXT, which psql shows as it is and ->> understands, where
// BYTEA would be shown as digits; with the collation "C", keys are compared as
// bytes.
var PostgreSQL = Dialect{
	Name:       "postgres",
	Migrations: "migrations/postgres",
	Forget:     `DELETE FROM ` + versions + ` WHERE version_id > 0 AND to_regclass('sessions') IS NULL`,
	TextKeys:   true,
	TextData:   true,

	Load: `SELECT data, created, renewed, expires, version FROM sessions WHERE id = $1`,
	Insert: `INSERT INTO sessions (id, data, created, renewed, expires, version) VALUES ($1, $2, $3, $4, $5, 1) ` +
		`ON CONFLICT (id) DO UPDATE SET data = excluded.data, created = excluded.created, ` +
		`renewed = excluded.renewed, expires = excluded.expires, version = 1 WHERE sessions.expires <= $6`,
	Update: `UPDATE sessions SET data = $1, created = $2, renewed = $3, expires = $4, version = version + 1 ` +
		`WHERE id = $5 AND version = $6 AND expires > $7`,
	Remove: `DELETE FROM sessions WHERE id = $1`,
	Delete: `DELETE FROM sessions WHERE id = $1 AND version = $2`,

	Expired: `SELECT id FROM sessions WHERE expires <= $1 AND id >= $2 ORDER BY id LIMIT $3`,
	Sweep:   `DELETE FROM sessions WHERE id = $1 AND expires <= $2`,
	Range: `SELECT id, data, created, renewed, expires, version FROM sessions ` +
		`WHERE id >= $1 AND id < $2 AND expires > $3 ORDER BY id LIMIT $4`,
	Usage: `SELECT count(*), coalesce(sum(CASE WHEN data LIKE 'hex:%' THEN (octet_length(data) - 4) / 2 ELSE octet_length(data) END), 0) ` +
		`FROM sessions WHERE id >= $1 AND id < $2 AND expires > $3`,
	End: keyTextEnd,
}
