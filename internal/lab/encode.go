package lab

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// storedSummary is a summary as states store it: with what JSON for clients
// leaves out.
type storedSummary struct {
	Summary
	Carried string `json:"carried,omitempty"`
	Left    string `json:"left,omitempty"`
	Size    int    `json:"size"`
}

// storedSettings are settings as states store them: with the past, of which
// clients are told nothing.
type storedSettings struct {
	Settings
	past
}

// EncodeSettings returns the JSON that a [State] stores of a bench's settings.
func EncodeSettings(s Settings) (string, error) { return encode(storedSettings{s, s.past}) }

// DecodeSettings reads what [EncodeSettings] wrote.
func DecodeSettings(data []byte) (Settings, error) {
	var s storedSettings
	err := json.Unmarshal(data, &s)
	s.Settings.past = s.past
	return s.Settings, err
}

// EncodeStep returns the JSON that a [State] stores of a step and of its summary,
// whose Size becomes that of the step's.
func EncodeStep(step *Step, summary Summary) (data, line string, err error) {
	if data, err = encode(step); err != nil {
		return "", "", err
	}
	line, err = encode(storedSummary{Summary: summary, Carried: summary.Carried, Left: summary.Left, Size: len(data)})
	return data, line, err
}

// encode returns the JSON of v, with <, > and & as they are: it is no part of a
// page.
func encode(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// DecodeStep reads what [EncodeStep] wrote of a step.
func DecodeStep(data []byte) (*Step, error) {
	step := new(Step)
	if err := json.Unmarshal(data, step); err != nil {
		return nil, err
	}
	return step, nil
}

// DecodeSummary reads what [EncodeStep] wrote of a summary.
func DecodeSummary(line []byte) (Summary, error) {
	var s storedSummary
	err := json.Unmarshal(line, &s)
	s.Summary.Carried, s.Summary.Left, s.Summary.Size = s.Carried, s.Left, s.Size
	return s.Summary, err
}

// SortSummaries puts summaries in the order of their numbers.
func SortSummaries(all []Summary) {
	slices.SortFunc(all, func(a, b Summary) int { return cmp.Compare(a.N, b.N) })
}
