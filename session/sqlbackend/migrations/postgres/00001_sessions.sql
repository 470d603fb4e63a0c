-- +goose Up
CREATE TABLE sessions (
	id      TEXT COLLATE "C" PRIMARY KEY,
	data    TEXT NOT NULL,
	created BIGINT NOT NULL, -- times are Unix milliseconds
	renewed BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	version BIGINT NOT NULL
);
