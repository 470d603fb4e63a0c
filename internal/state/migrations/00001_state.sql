-- +goose Up
-- What the product remembers besides the sessions under study. Earlier versions
-- made the same tables without noting that they did.

CREATE TABLE IF NOT EXISTS meta (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS seats (
	hash   TEXT PRIMARY KEY, -- of the cookie's random bits
	issued INTEGER NOT NULL, -- times are milliseconds since 1970
	used   INTEGER NOT NULL,
	bench  INTEGER NOT NULL, -- the number of the seat's bench
	ended  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS benches (
	id       TEXT PRIMARY KEY,
	settings TEXT NOT NULL, -- JSON
	created  INTEGER NOT NULL,
	used     INTEGER NOT NULL
) WITHOUT ROWID;

-- The summary of a step stands beside it, so that listing steps reads no step.
CREATE TABLE IF NOT EXISTS steps (
	bench   TEXT NOT NULL,
	n       INTEGER NOT NULL,
	summary TEXT NOT NULL, -- JSON
	step    TEXT NOT NULL, -- JSON
	PRIMARY KEY (bench, n)
);

