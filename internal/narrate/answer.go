package narrate

import (
	"encoding/json"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// shownAnswer is how many columns of an answer the page shows.
const shownAnswer = 40

// answer is what the website answered, in brief, and the event that brings it: what the
// operation returned, the text of a page, or why it failed. Its Text is "" where there is
// nothing to read.
func (n *telling) answer() views.Answer {
	return views.Answer{Text: short(strings.TrimSpace(n.answered()), shownAnswer), At: n.last(step.ResponseSent) + 1}
}

func (n *telling) answered() string {
	switch n.s.Op {
	case "":
		return ""
	case step.OpIndex, step.OpGetSession, step.OpDeleteSession:
		if n.s.Error == "" {
			return n.s.Response.Body
		}
	}
	if n.s.Error != "" {
		return n.errorWords()
	}
	var text string
	switch result := string(n.s.Result); {
	case (result == "" || result == "null") && n.s.Op == step.OpGet:
		return "None"
	case result == "" || result == "null":
		return ""
	case json.Unmarshal(n.s.Result, &text) == nil:
		return text
	default:
		return result
	}
}
