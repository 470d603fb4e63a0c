// Package redisstate stores seats, benches, steps, entries and jars in Redis, where several
// processes work on them together.
//
// What Redis holds of it, each key readable in redis-cli:
//
//	lab:key              the key of seats, made once for all processes
//	lab:seat:HASH        a hash: issued, used, bench, ended
//	lab:seats            hashes of seats by when they were issued, to be swept
//	lab:bench:{ID}       a hash: settings, created, used, version, steps, next, bytes; of a removed one: gone
//	lab:bench:{ID}:steps a hash: the JSON of each step by its number
//	lab:bench:{ID}:lines a list: a summary of each step, as they were stored
//	lab:bench:{ID}:jars  a hash: the jar of a browser that the bench opened, by its client id
//	lab:bench:{ID}:entries a list: the JSON of what happened between steps, in order
//	lab:benches          ids of benches by when they were used, to be swept
//	lab:gone             ids of removed benches by when they were, to be forgotten
//	lab:news             a channel: "PROCESS ID" when a step or an entry was stored, or a bench deleted
//
// The braces keep a bench on one server of a cluster. What must be atomic touches
// the keys of one bench or one seat alone. The two lists for sweeping are written
// before what they list: after a crash they may name what was not stored, but never
// miss what was.
//
// What was acknowledged is as durable as Redis is configured: with appendonly yes
// and appendfsync always it survives the death of Redis, with its default of
// every second the last second may be lost.
package redisstate
