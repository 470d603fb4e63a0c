package handlers_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// garble overwrites all of a store's records, as somebody might by hand.
func garble(t *testing.T, store session.Backend, data string) {
	t.Helper()
	found := map[string]session.Record{}
	err := store.(session.Ranger).Range(t.Context(), "session:", time.Now(), func(key string, rec session.Record) bool {
		found[key] = rec
		return true
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("there are %d records, %v", len(found), err)
	}
	for key, rec := range found {
		rec.Values = []byte(data)
		if err := store.Save(context.Background(), key, rec, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

// F-28: what somebody did to a record by hand is reported as that, harms nobody else,
// and is got rid of by the app itself.
func TestARecordThatCannotBeReadIsToldAndDeleted(t *testing.T) {
	var all map[string]session.Backend
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { all = o.Stores })
	for _, store := range []string{"memory", "sqlite"} {
		for data, shown := range map[string]string{`{bad`: `{bad`, `[1]`: `[1]`, `<script>alert(1)</script>`: `&lt;script&gt;alert(1)&lt;/script&gt;`} {
			for out, want := range map[string]string{"logout": "POST", "clear": "POST", "deleteSession/": "GET"} {
				t.Run(store+" "+data+" "+strings.TrimSuffix(out, "/"), func(t *testing.T) {
					l := s.learner()
					c := s.curl()
					l.set("store", store)
					c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
					garble(t, all[store], data)

					got := op(t, c.Get(l.app+"me"), http.StatusConflict)
					if codeOf(got) != "record_unreadable" || got.Session != nil || strings.Contains(got.Error.Message, "back") {
						t.Errorf("me = %+v; want record_unreadable, and no word of an outage", got)
					}
					c.Post(l.app+"set", "key", "a", "value", "b").Want(http.StatusConflict)
					recorded := l.step(2)
					found := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == step.LoadFound })
					if found < 0 || recorded.Events[found].Why != "unreadable" || recorded.Events[found].Detail != data || hasKind(recorded, step.SessionOpened) {
						t.Errorf("step 2 has %+v; want that an unreadable record was found, and none opened", recorded.Events)
					}
					if r := recorded.After.Record; r == nil || r.Raw != data || string(r.Values) != "null" && r.Values != nil {
						t.Errorf("the record after step 2 is %+v; want %q", r, data)
					}
					page := l.With("Accept", "text/html").Get("/en/lab?step=2").Want(200)
					if !strings.Contains(page.Body, "This record cannot be read") || !strings.Contains(page.Body, "The record is not a session any more") || !strings.Contains(page.Body, shown) {
						t.Errorf("the bench does not show the unreadable record as %s", shown)
					}
					mustBeSafe(t, page)

					if want == "POST" {
						c.Post(l.app + out).Want(200)
					} else {
						c.Get(l.app + out).Want(200)
					}
					if recorded := l.step(4); recorded.After.Record != nil || recorded.After.Cookie != nil || !hasKind(recorded, step.DeleteDone) {
						t.Errorf("after %s: %+v, %v", out, recorded.After, kinds(recorded))
					}
					c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
					if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
						t.Errorf("after a new log-in, me = %v", got.Result)
					}
					c.Post(l.app + "logout").Want(200)
				})
			}
		}
	}
}
