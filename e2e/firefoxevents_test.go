package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A firefoxEvent is what the events that are listened to have in common, and
// what they have each.
type firefoxEvent struct {
	Context, Navigation string
	Request             struct{ URL string }
	Response            struct{ Status int }
	ErrorText           string

	Source              struct{ Context string }
	Type, Level, Method string
	Text                string
	Args                []struct{ Value json.RawMessage }
}

// interrupted is what Firefox calls the failure of a navigation that another one has
// come in the way of.
const interrupted = "NS_ERROR_FAILURE"

// see is called for each event, in order.
func (f *firefoxProcess) see(name string, params json.RawMessage) {
	var e firefoxEvent
	if json.Unmarshal(params, &e) != nil {
		return
	}
	f.mu.Lock()
	t := f.tabs[e.Context+e.Source.Context]
	f.mu.Unlock()
	if t != nil {
		t.see(name, e)
	}
}

// see tells the recorder, in the words of Chromium.
func (t *firefoxTab) see(name string, e firefoxEvent) {
	switch name {
	case "network.beforeRequestSent":
		t.seen.Load().request(e.Request.URL)
	case "network.responseCompleted":
		if e.Response.Status >= 400 {
			t.seen.Load().add("network error: the server responded with a status of %d %s", e.Response.Status, e.Request.URL)
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.status[e.Navigation] = e.Response.Status
	case "network.fetchError":
		// By the page itself, or by leaving it. A document that is asked for while the
		// one before is not there yet fails otherwise; who waits for it says if none comes.
		if e.ErrorText != "NS_BINDING_ABORTED" && (e.ErrorText != interrupted || e.Navigation == "") {
			t.seen.Load().add("network error: %s %s", e.ErrorText, e.Request.URL)
		}
	case "log.entryAdded":
		if e.Level == "error" || e.Level == "warn" {
			t.seen.Load().add("%s", e.problem())
		}
	}
}

func (e firefoxEvent) problem() string {
	switch {
	case e.Type == "console":
		method := strings.Replace(e.Method, "warn", "warning", 1)
		var words []string
		for _, arg := range e.Args {
			words = append(words, string(arg.Value))
		}
		return fmt.Sprintf("console.%s: %s", method, strings.Join(words, " "))
	case strings.HasPrefix(e.Text, "Content-Security-Policy"):
		return "security error: " + e.Text
	case e.Level == "error":
		return "uncaught: " + e.Text
	}
	return "warning: " + e.Text
}
