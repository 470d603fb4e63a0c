// Package sqlbackend keeps sessions in a table of an SQL database. There is one
// implementation, [Backend]; what differs between database systems is data, a
// [Dialect]. Package sqlite opens the database that [SQLite] is for.
//
// Values are stored as text, so that a session can be read in the database's own
// shell, with the bytes exactly as they were given.
package sqlbackend
