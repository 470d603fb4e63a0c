-- +goose Up
-- The table may be there if a migration was cut off: here it is no transaction.
CREATE TABLE IF NOT EXISTS sessions (
	id      VARBINARY(255) NOT NULL PRIMARY KEY,
	data    MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	created BIGINT NOT NULL, -- times are Unix milliseconds
	renewed BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	version BIGINT NOT NULL
) ENGINE = InnoDB;
