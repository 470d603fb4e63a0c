-- +goose Up
-- Benches that were removed: their addresses are nobody's any more.
CREATE TABLE gone (
	bench TEXT PRIMARY KEY,
	at    INTEGER NOT NULL -- milliseconds since 1970
) WITHOUT ROWID;
