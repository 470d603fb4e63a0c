package session

import (
	"encoding/binary"
	"time"
)

// packed is a Record in one string, because in a map of small sessions most
// memory goes into what surrounds the values: the key, the times (in
// milliseconds since 1970) and the version as varints, then the values.
type packed string

// entry is a packed record and the key it begins with.
type entry struct {
	key    string
	packed packed
}

func pack(key string, rec Record) entry {
	b := make([]byte, 0, 128)
	b = append(b, key...)
	b = binary.AppendVarint(b, rec.Expires.UnixMilli())
	b = binary.AppendVarint(b, rec.Created.UnixMilli())
	b = binary.AppendVarint(b, rec.Renewed.UnixMilli())
	b = binary.AppendVarint(b, rec.Version)
	p := packed(append(b, rec.Values...))
	return entry{key: string(p[:len(key)]), packed: p} // so that the map keeps no other copy of the key
}

// unpack returns the record without its values, and these.
func (e entry) unpack() (rec Record, values string) {
	body := string(e.packed[len(e.key):])
	var head [4 * binary.MaxVarintLen64]byte
	rest := head[:copy(head[:], body)]
	size := len(rest)
	var n [4]int64
	for i := range n {
		v, width := binary.Varint(rest)
		n[i], rest = v, rest[width:]
	}
	return Record{
		Expires: time.UnixMilli(n[0]),
		Created: time.UnixMilli(n[1]),
		Renewed: time.UnixMilli(n[2]),
		Version: n[3],
	}, body[size-len(rest):]
}
