package narrate

import (
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/columns"
)

// An ID that no random generator made is a number, its most significant byte first: all
// of it that differs from the others is at the end.

// idEnd is the part of such an ID that is shown: without the zeros before the number.
func idEnd(id string) string {
	digits := strings.TrimLeft(id, "A")
	if digits == "" || columns.Of(digits) > shownID*2 {
		return idHead(id)
	}
	return "…" + strings.Repeat("A", max(0, 2-len(digits))) + digits
}

// weakID is what to fill a message with about such an ID: how it ends, which number it
// is, and which moment if it came from the clock.
func (n *telling) weakID(id string) []string {
	number := idNumber(id)
	moment := time.UnixMilli(int64(number % (1 << 50) * 10)).In(n.opt.Location) // another number is no moment
	return []string{
		"IDEnd", idEnd(id), "IDNumber", strconv.FormatUint(number, 10),
		"IDMoment", n.instant(moment, true) + moment.Format(".00"),
	}
}

// idNumber is the number that an ID is, 0 if it is none.
func idNumber(id string) uint64 {
	b, err := base32.StdEncoding.DecodeString(id)
	if err != nil || len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b[len(b)-8:])
}
