-- +goose Up
-- What happened to a bench between its steps.
CREATE TABLE entries (
	bench TEXT NOT NULL,
	n     INTEGER NOT NULL,
	entry TEXT NOT NULL, -- JSON
	PRIMARY KEY (bench, n)
) WITHOUT ROWID;
