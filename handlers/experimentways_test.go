package handlers_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/database"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/stores"
)

// ranJSON is what curl is told that a run came to.
type ranJSON struct {
	Slug, Variant string
	Prediction    *string
	Right         *bool
	Steps         []int
	Verdict       struct {
		ID, Text, Event string
		Step            int
	}
}

// withRoomForAll gives a site the experiments of the course, and a bench room for a run
// of each variant.
func withRoomForAll(h *handlers.Options, o *lab.Options) {
	withExperiments(h)
	o.Limits.Entries, o.Limits.Steps = 1e4, 1e4
}

// onRedis has a site keep all that it knows in a Redis server, as the program does with
// --state redis.
func onRedis(t *testing.T) change {
	t.Helper()
	url := pool.Redis(t).URL
	db := must(database.OpenRedis(t.Context(), url))(t)
	t.Cleanup(func() { db.Close(quiet) })
	var set stores.Set
	t.Cleanup(func() { set.Close(quiet) })
	must(0, set.AddServers(stores.Addresses{Redis: url}))(t)
	must(0, set.Named("redis").Check(t.Context()))(t)
	return func(h *handlers.Options, o *lab.Options) {
		o.Key, o.State, o.Default = db.Key, db.State, db.DefaultStore
		o.Stores = set.Backends()
		h.State, h.Ready, h.Where = db.DefaultStore, db.Ping, set.Where()
	}
}

// Whoever runs an experiment with curl, or by a form without scripts, in either language,
// with the state in a file or on Redis, comes to the same verdict.
func TestAnExperimentCanBeRunInEveryWay(t *testing.T) {
	t.Parallel()
	for _, where := range []struct {
		name   string
		change func(*testing.T) change
	}{
		{"sqlite", func(*testing.T) change { return func(*handlers.Options, *lab.Options) {} }},
		{"redis", onRedis},
	} {
		t.Run(where.name, func(t *testing.T) {
			l := newSite(t, withRoomForAll, where.change(t)).learner()
			all, _ := experiments()
			n := 0
			for _, e := range all {
				for i, v := range e.Variants {
					// Each variant is run once in each way, in the one language by curl and in the
					// other by a form.
					langs := experiment.Languages
					if n++; n%2 == 0 {
						langs[0], langs[1] = langs[1], langs[0]
					}
					choice := e.Choices[i%len(e.Choices)].ID
					l.runByCurl(langs[0], e, v.ID, choice)
					l.runByForm(langs[1], e, v.ID, choice)
				}
			}
			if n != 45 {
				t.Errorf("%d variants were run; want 45", n)
			}
		})
	}
}

// runByCurl runs a variant and looks at the JSON that it is answered with.
func (l *learner) runByCurl(lang string, e *experiment.Experiment, variant, choice string) {
	t := l.site.t
	t.Helper()
	a := l.Post("/"+lang+"/experiments/"+e.Slug, "variant", variant, "prediction", choice)
	if a.Status != http.StatusOK {
		t.Errorf("%s, %s, in %s by curl: %d %.300s", e.Slug, variant, lang, a.Status, a.Body)
		return
	}
	var ran ranJSON
	a.JSON(&ran)
	want := verdicts[e.Slug][variant]
	switch right := e.Right(choice, want); {
	case ran.Slug != e.Slug || ran.Variant != variant || ran.Verdict.ID != want:
		t.Errorf("%s, %s, in %s by curl: %+v; want %q", e.Slug, variant, lang, ran, want)
	case ran.Prediction == nil || *ran.Prediction != choice || ran.Right == nil || *ran.Right != right:
		t.Errorf("%s, %s, predicted as %s: %+v; want that it is right: %v", e.Slug, variant, choice, ran, right)
	case !says(ran.Verdict.Text, e.Words[lang].Verdict[want]) || len(ran.Steps) == 0 || ran.Verdict.Step == 0 || ran.Verdict.Event == "":
		t.Errorf("%s, %s, in %s by curl: %+v", e.Slug, variant, lang, ran)
	}
}

// runByForm runs a variant as a browser without scripts does, and looks at the page that
// it is sent to.
func (l *learner) runByForm(lang string, e *experiment.Experiment, variant, choice string) {
	t := l.site.t
	t.Helper()
	browser := l.With("Accept", "text/html")
	path := "/" + lang + "/experiments/" + e.Slug
	a := browser.Post(path, "variant", variant, "prediction", choice)
	to, _, _ := strings.Cut(a.Header.Get("Location"), "#")
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(to, path+"?run=") {
		t.Errorf("%s, %s, in %s by a form: %d to %q %.300s", e.Slug, variant, lang, a.Status, to, a.Body)
		return
	}
	_, said, _ := strings.Cut(browser.Get(to).Want(http.StatusOK).Body, `id="verdict"`)
	said, _, _ = strings.Cut(said, "</section>")
	said = html.UnescapeString(markup.ReplaceAllString(said, ""))
	if want := e.Words[lang].Verdict[verdicts[e.Slug][variant]]; !says(said, want) {
		t.Errorf("%s, %s, in %s: the page says %.400q; want %q", e.Slug, variant, lang, said, want)
	}
}

var markup = regexp.MustCompile(`<[^>]*>`)

// says reports whether a text has all of a sentence but for what a run fills in.
func says(text, sentence string) bool {
	for sentence != "" {
		fixed, rest, filled := strings.Cut(sentence, "{")
		if !strings.Contains(text, fixed) {
			return false
		}
		if _, sentence, _ = strings.Cut(rest, "}"); !filled {
			return true
		}
	}
	return true
}
