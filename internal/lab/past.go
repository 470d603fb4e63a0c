package lab

import (
	"encoding/json"
	"maps"
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A past is what an app's settings have to know of those before them, so that a
// change of mechanism or store starts every session afresh, even if it is changed
// back: what was kept may still be there. A store may have been away when its
// records were to be deleted, and a cookie that carries the session is out of
// reach.
type past struct {
	// Epoch counts how often records were left behind. It is part of the keys of
	// those that come after.
	Epoch int `json:"epoch,omitempty"`
	// Over is, for each mechanism whose cookies carry the session, the second from
	// which on they count: the one after it was last left. The key cannot change
	// without being asked, and a time stamp tells nothing finer.
	Over map[string]time.Time `json:"over,omitempty"`
}

// after returns settings that follow old ones, which are left now.
func (s Settings) after(old Settings, now func() time.Time) Settings {
	switch {
	case s.Mechanism == old.Mechanism && s.store() == old.store():
	case old.Mechanism == step.MechanismServer:
		s.past.Epoch++
	default:
		over := maps.Clone(s.past.Over)
		if over == nil {
			over = make(map[string]time.Time)
		}
		left := notBefore(old.Since(), now)()
		over[old.Mechanism] = left.UTC().Truncate(time.Second).Add(time.Second)
		s.past.Over = over
	}
	return s
}

// Since is when the cookies of the mechanism began to count that carry a session
// now; zero if ever since.
func (s Settings) Since() time.Time { return s.past.Over[s.Mechanism] }

// notBefore returns a clock that shows no time before since. It differs from now
// only where a mechanism was left and chosen again within a second, in which new
// cookies could not be told from old ones.
func notBefore(since time.Time, now func() time.Time) func() time.Time {
	if since.IsZero() {
		return now
	}
	return func() time.Time {
		if t := now(); t.After(since) {
			return t
		}
		return since
	}
}

// keys begins the keys of all records that a bench's app ever had: no id of a
// bench begins another.
func keys(bench string) string { return "session:" + bench }

// prefix begins the keys of the records that a bench's app has by its settings.
func (s Settings) prefix(bench string) string {
	if s.past.Epoch == 0 {
		return keys(bench) + ":"
	}
	return keys(bench) + "." + strconv.Itoa(s.past.Epoch+1) + ":"
}

// storedSettings are settings as states store them: with the past, of which
// clients are told nothing.
type storedSettings struct {
	Settings
	past
}

// EncodeSettings returns the JSON that a [State] stores of a bench's settings.
func EncodeSettings(s Settings) (string, error) {
	data, err := json.Marshal(storedSettings{s, s.past})
	return string(data), err
}

// DecodeSettings reads what [EncodeSettings] wrote.
func DecodeSettings(data []byte) (Settings, error) {
	var s storedSettings
	err := json.Unmarshal(data, &s)
	s.Settings.past = s.past
	return s.Settings, err
}
