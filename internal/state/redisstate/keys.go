package redisstate

const (
	keyKey     = "lab:key"
	seatsKey   = "lab:seats"
	benchesKey = "lab:benches"
	goneKey    = "lab:gone"
	newsKey    = "lab:news"
)

func seatKey(hash string) string { return "lab:seat:" + hash }

func benchKey(id string) string { return "lab:bench:{" + id + "}" }

func stepsKey(id string) string { return benchKey(id) + ":steps" }

func linesKey(id string) string { return benchKey(id) + ":lines" }

func jarsKey(id string) string { return benchKey(id) + ":jars" }

func entriesKey(id string) string { return benchKey(id) + ":entries" }
