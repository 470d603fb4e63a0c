// Package flask reads and writes Flask's own session cookie, byte for byte: what
// is made here opens in Flask 3.1 with itsdangerous 2.2 and the same SECRET_KEY,
// and the other way round.
//
//	session=eyJ1bmFtZSI6Im1vbW8ifQ.ZVPxAA.urYftEQnfwm2a3Q8NC6MYBvUgaA
//	        payload                stamp  signature
//
// The payload is the values as JSON in base64url without padding: anybody can
// read it. If zlib makes it shorter, it is the compressed JSON after a dot. The
// stamp is when it was signed: Unix seconds, big-endian, in base64url. The
// signature is HMAC-SHA1 over payload.stamp, under HMAC-SHA1(SECRET_KEY,
// "cookie-session"); that salt is the same in every Flask program.
//
// [Codec] is the format alone, and [NewStore] a session store of it. A
// [Serializer] is what both are made of.
//
// # Types
//
// Flask tags what JSON has no type for. In Go it is
//
//	Python              Go
//	None, bool, str     nil, bool, string
//	int                 int64, or *big.Int if it is too large for one
//	float               float64, NaN and the infinities among them
//	list                []any
//	dict                map[string]any
//	tuple               Tuple
//	bytes               []byte
//	Markup              Markup
//	uuid.UUID           UUID
//	datetime            time.Time, in UTC and whole seconds
//
// That is what is read. Written are also Go's other numbers, maps whose keys are
// strings or whole numbers (which become strings, as in Python), slices, arrays,
// pointers, and what encoding/json makes of a struct. Strings must be valid UTF-8,
// but for one thing: half of a surrogate pair, which Python allows, is in Go the
// three bytes that UTF-8 would have for it (WTF-8). U+D800 is "\xed\xa0\x80", and
// is written as \ud800 again.
//
// # Limits
//
// Cookies come from strangers, so what is read is bounded: [MaxJSON] bytes of JSON,
// nested 500 deep at most, and as many values as take a third of a mebibyte.
//
// Two things are refused that Flask reads, since they depend on what Go has not: a
// Markup of a list, a dict, bytes or a datetime, which is Python's text for it, and
// a tuple of a dict of more than one key, which has the order of the dict. So is a
// datetime that is of the year 10000 in UTC, which Flask can read but not write.
package flask
