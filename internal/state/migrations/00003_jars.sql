-- +goose Up
-- The jars of the browsers that a bench opened.
CREATE TABLE jars (
	bench  TEXT NOT NULL,
	client TEXT NOT NULL, -- its id
	jar    TEXT NOT NULL, -- JSON
	PRIMARY KEY (bench, client)
) WITHOUT ROWID;
