package lesson

import (
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Panes are what a text can light up: the browser's cookies, the server's work, and the
// store's records.
var Panes = [...]string{"jar", "server", "store"}

// link is a link as a lesson writes it.
func (r *reader) link(said Inline, to string, line int) Span {
	s := Span{Inner: said, line: line}
	kind, rest, more := strings.Cut(to, ":")
	switch {
	case slices.Contains(Panes[:], to):
		s.Kind, s.To = LinkPane, to
	case to == "bench":
		s.Kind = LinkBench
	case to == "restart":
		s.Kind = LinkRestart
	case kind == "do" && more:
		s.Kind, s.To = LinkDo, rest
	case kind == "event" && more:
		s.Kind, s.To = LinkEvent, rest
	case kind == "code" && more:
		s.Kind, s.To = LinkCode, rest
	case kind == "experiment" && more:
		s.Kind, s.To = LinkExperiment, rest
	case kind == "lesson" && more:
		s.Kind, s.To = LinkLesson, rest
	case kind == "https" && more:
		s.Kind, s.To = LinkURL, to
	default:
		r.At(line, "a link cannot lead to %q; it can to do:ACT, jar, server, store, event:STEP:KIND, code:STEP, code:STEP:KIND, experiment:SLUG, lesson:SLUG, bench, restart and https://…", to)
		s.Kind = Strong
	}
	return s
}

// Event returns the named step and the kind of event that a [LinkEvent] leads to, and a
// [LinkCode] if it names one.
func (s Span) Event() (named string, kind step.Kind) {
	named, k, _ := strings.Cut(s.To, ":")
	return named, step.Kind(k)
}
