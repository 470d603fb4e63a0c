package step

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
)

// storedSummary is a summary as it is stored, with the fields that JSON for
// clients leaves out.
type storedSummary struct {
	Summary
	Sent string `json:"carried,omitempty"`
	Left string `json:"left,omitempty"`
	Why  Why    `json:"refused,omitempty"`
	Size int    `json:"size"`
}

// Encode returns the JSON that is stored of a step, and that of its summary. It
// sets the summary's Size to that of the step's JSON.
func Encode(s *Step, summary Summary) (data, line string, err error) {
	if data, err = encode(s); err != nil {
		return "", "", err
	}
	line, err = encode(storedSummary{Summary: summary, Sent: summary.Sent, Left: summary.Left, Why: summary.Refused, Size: len(data)})
	return data, line, err
}

// buffers are reused: the JSON of a step is some 5 kB, and a new buffer would grow to that.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// encode returns the JSON of v, with <, > and & as they are: it is not part of
// a page.
func encode(v any) (string, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// Decode reads what [Encode] wrote of a step, in this version of the program or
// an earlier one. If data is not a step, the error is a [*BrokenError].
func Decode(data []byte) (*Step, error) {
	s := new(Step)
	if err := json.Unmarshal(data, s); err != nil {
		return nil, &BrokenError{string(data), err}
	}
	if s.N == 0 {
		return nil, &BrokenError{string(data), errors.New("it has no number")}
	}
	if s.Mechanism == "" { // stored when there was only one
		s.Mechanism = MechanismServer
	}
	s.Worker = max(1, s.Worker) // likewise
	for i := range s.Events {
		s.Events[i].complete()
	}
	return s, nil
}

// A BrokenError says that a stored step cannot be read.
type BrokenError struct {
	Data string // what is stored
	Err  error
}

func (e *BrokenError) Error() string { return "broken step: " + e.Err.Error() }

// Unwrap returns what is wrong with it.
func (e *BrokenError) Unwrap() error { return e.Err }

// Broken is a step of which only the summary and the stored data are known.
func Broken(data string, line Summary) *Step {
	return &Step{
		N: line.N, Op: line.Op, Client: line.Client, ClientID: line.ClientID, Browser: line.Browser, BrowserName: line.BrowserName, Mechanism: line.Mechanism, Store: line.Store,
		Request: Request{Method: line.Method, Path: line.Path}, Response: Response{Status: line.Status},
		Error: line.Error, Time: line.Time, Ahead: line.Ahead, Worker: 1, Broken: data,
	}
}

// DecodeSummary reads what [Encode] wrote of a summary, likewise.
func DecodeSummary(line []byte) (Summary, error) {
	var s storedSummary
	err := json.Unmarshal(line, &s)
	s.Summary.Sent, s.Summary.Left, s.Summary.Refused, s.Summary.Size = s.Sent, s.Left, s.Why, s.Size
	if s.Summary.Mechanism == "" { // stored when there was only one
		s.Summary.Mechanism = MechanismServer
	}
	return s.Summary, err
}

// SortSummaries puts summaries in the order of their numbers.
func SortSummaries(all []Summary) {
	slices.SortFunc(all, func(a, b Summary) int { return cmp.Compare(a.N, b.N) })
}
