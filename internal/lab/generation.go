package lab

import (
	"encoding/json"
	"maps"
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A generation tells which of an app's sessions count: those made since its mechanism
// or store was last changed. So a change starts every session afresh, even if it is
// changed back. The earlier ones cannot all be deleted: a store may be away just then,
// and the cookies of a [cookieSession] are in the hands of their clients.
type generation struct {
	// Epoch counts how often records were left behind. It is part of the keys of
	// those that come after.
	Epoch int `json:"epoch,omitempty"`
	// Over is, for each mechanism whose sessions are cookies, the second from which on
	// they count: the one after it was last left. The key must not change unless that
	// is asked for, and a time stamp tells nothing finer.
	Over map[string]time.Time `json:"over,omitempty"`
	// Run is the id of the run of an experiment whose app this is, "" for the learner's
	// own. It is part of the keys of its records.
	Run string `json:"run,omitempty"`
}

// after returns settings that follow old ones, which are left now.
func (s Settings) after(old Settings, now func() time.Time) Settings {
	switch {
	case s.Mechanism == old.Mechanism && s.store() == old.store():
	case old.Mechanism == step.MechanismServer:
		s.generation.Epoch++
	default:
		over := maps.Clone(s.generation.Over)
		if over == nil {
			over = make(map[string]time.Time)
		}
		left := notBefore(old.Since(), now)()
		over[old.Mechanism] = left.UTC().Truncate(time.Second).Add(time.Second)
		s.generation.Over = over
	}
	return s
}

// Since is when the cookies of the mechanism began to count; zero if they always
// did.
func (s Settings) Since() time.Time { return s.generation.Over[s.Mechanism] }

// notBefore returns a clock that shows no time before since. It differs from now
// only where a mechanism was left and chosen again within a second, in which new
// cookies could not be distinguished from old ones.
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

// keys begins the keys of all records that the app ever had: those of the bench, but
// while an experiment runs only those of the run.
func (s Settings) keys(bench string) string {
	if s.generation.Run != "" {
		return keys(bench) + ".run-" + s.generation.Run
	}
	return keys(bench)
}

// prefix begins the keys of the records that a bench's app has by its settings, or one
// of its workers with memory of its own.
func (s Settings) prefix(bench string) string {
	start := s.keys(bench)
	if s.generation.Epoch > 0 {
		start += "." + strconv.Itoa(s.generation.Epoch+1)
	}
	if s.worker > 1 && s.ownMemory() {
		start += ".worker" + strconv.Itoa(s.worker)
	}
	return start + ":"
}

// storedBench is what states store of a bench as JSON: the settings, and what clients
// are not shown.
type storedBench struct {
	Settings
	generation
	HintsAway bool            `json:"hints_away,omitempty"`
	Beside    int             `json:"beside,omitempty"`
	Ahead     step.Ahead      `json:"ahead,omitzero"`
	Aside     *Aside          `json:"aside,omitempty"`
	Course    json.RawMessage `json:"course,omitempty"`
}

// EncodeBench returns the JSON that a [State] stores of a bench besides its times.
func EncodeBench(row BenchRow) (string, error) {
	data, err := json.Marshal(storedBench{row.Settings, row.Settings.generation, row.HintsAway, row.Beside, row.Ahead, row.Aside, row.Course})
	return string(data), err
}

// DecodeBench reads what [EncodeBench] wrote, in this version of the program or an
// earlier one, into a row.
func DecodeBench(row *BenchRow, data []byte) error {
	var s storedBench
	s.Settings = DefaultSettings("") // for those that there were not yet
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	s.Settings.generation = s.generation
	row.Settings, row.HintsAway, row.Beside, row.Ahead, row.Aside, row.Course = s.Settings, s.HintsAway, s.Beside, s.Ahead, s.Aside, s.Course
	return nil
}
