package handlers_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/jar"
)

func TestAJarSaysHowItWasCheckedAndWhereBrowsersDiffer(t *testing.T) {
	l := newSite(t).learner()
	alice := l.browser("Alice")
	for _, lang := range []string{"en", "zh"} {
		body := l.With("Accept", "text/html").Get("/" + lang + "/lab?browser=" + alice.id).Want(200).Body
		_, fold, _ := strings.Cut(paneOf(body, "pane-browser"), `<details class="aside checked">`)
		if got := strings.Count(fold, "<li>"); got != len(jar.Differences) || got == 0 || strings.Contains(fold, "who.differs") {
			t.Errorf("%s: it lists %d of %d differences: %s", lang, got, len(jar.Differences), fold)
		}
	}
}
