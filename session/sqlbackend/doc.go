// Package sqlbackend keeps sessions in a table of an SQL database. There is one
// implementation, [Backend]; what differs between database systems is data, a
// [Dialect]. Packages sqlite, mysql and postgres open databases for [SQLite],
// [MySQL] and [PostgreSQL]; their tables are made and changed by migrations.
//
// Values are stored as text, so that a session can be read in the database's own
// shell, with the bytes exactly as they were given. Bytes that a database does not
// take for text are stored as digits.
package sqlbackend
