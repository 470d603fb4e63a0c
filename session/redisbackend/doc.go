// Package redisbackend keeps sessions in Redis 6 or later, in Valkey, or in a
// cluster of either.
//
// A session is a hash under its own key, with the fields data, created, renewed,
// expires and version, so that redis-cli shows it as it is:
//
//	> HGETALL session:K4ZBAXKO3FQ2RGGZ7R3NVJ5DQKQUHHOB
//	1) "data"
//	2) "{\"uname\":\"momo\"}"
//	3) "created"
//	4) "1767225600000"
//	…
//
// Times are Unix milliseconds. What must be atomic touches that one key, so a
// cluster needs no hash tags. Whether a session has expired is judged by the field
// expires and the time that the caller gives. Redis removes the hash itself once
// real time has passed expires. A caller whose clock is ahead finds it expired
// before, and never gone while it is live. What was acknowledged outlives a crash as
// the server's appendonly and appendfsync say.
//
// Beside the sessions there is an index, in keys that begin with "session-index",
// which no session may have. It serves Range and Usage alone, and says of each
// family of keys, those that are alike up to their last colon, what they are, when
// they expire and how large they are. It is written after the session: one that
// was saved at the instant of a crash may be missing from it until it is saved
// again, and one that was deleted by hand is in it until it would have expired, or
// a Range or Usage finds it gone. Load, Save and Delete never look at it.
package redisbackend
