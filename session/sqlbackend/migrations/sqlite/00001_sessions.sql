-- +goose Up
-- Earlier versions made the same table without noting that they did.
CREATE TABLE IF NOT EXISTS sessions (
	id      TEXT PRIMARY KEY NOT NULL,
	data    TEXT NOT NULL,
	created INTEGER NOT NULL, -- times are Unix milliseconds
	renewed INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	version INTEGER NOT NULL
) WITHOUT ROWID;
