package handlers_test

import (
	"strings"
	"testing"
)

// besideOf is the part of the browser pane that shows the second jar; "" for none.
func besideOf(page string) string {
	_, pane, _ := strings.Cut(page, `aria-labelledby="h-jar-beside"`)
	pane, _, _ = strings.Cut(pane, "</section>")
	return pane
}

func TestTwoJarsStandSideBySide(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	alice, mallory := theft(l)
	stolen, _, _ := strings.Cut(alice.cookie(), ".")

	copied := page.With("Referer", l.site.URL+"/en/lab?browser="+alice.id).
		Post(alice.path+"/jar", "do", "copy", "name", "session", "to", mallory.id).Want(303).Header.Get("Location")
	if want := "/en/lab?beside=" + mallory.id + "&browser=" + alice.id; copied != want {
		t.Errorf("copying a cookie leads to %s; want %s", copied, want)
	}
	body := page.Get(copied).Want(200).Body
	if beside := besideOf(body); !strings.Contains(beside, "Mallory") || !strings.Contains(beside, stolen) || !strings.Contains(beside, "simulated") {
		t.Error("after copying, Mallory's jar is not beside Alice's")
	}
	if !strings.Contains(body, ">=</b> Both hold the same cookie") {
		t.Error("the page does not say that both hold the same cookie")
	}
	if zh := page.Get(strings.Replace(copied, "/en/", "/zh/", 1)).Want(200).Body; !strings.Contains(zh, "两边的 Cookie 一模一样") {
		t.Error("the page does not say so in Chinese")
	}

	alice.do("edit", "name", "session", "value", "changed-by-hand")
	if body := page.Get(copied).Want(200).Body; !strings.Contains(body, ">≠</b> Two different cookies") {
		t.Error("the page does not say that the cookies differ")
	}
	mallory.do("close")
	if body := page.Get(copied).Want(200).Body; !strings.Contains(besideOf(body), "The browser “Mallory” is closed") || strings.Contains(body, "class=\"alike") {
		t.Error("a closed browser is compared with another, or not told to be closed")
	}
}

func TestTheSecondJarIsPutBesideAndAwayByLinks(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	if body := page.Get("/en/lab").Want(200).Body; strings.Contains(body, `id="beside"`) {
		t.Error("a bench without virtual browsers offers to show two jars")
	}
	alice, mallory := theft(l)
	l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	for _, tt := range []struct{ query, beside, link string }{
		{"?browser=" + alice.id, "", `id="beside" href="/en/lab?step=1&amp;beside=` + mallory.id + `&amp;browser=` + alice.id + `"`},
		{"?browser=" + alice.id + "&beside=" + mallory.id, "Mallory", `id="beside" href="/en/lab?step=1&amp;browser=` + alice.id + `"`},
		{"?browser=" + alice.id + "&beside=you", "Your browser", `href="/en/lab?step=1&amp;beside=` + mallory.id + `&amp;browser=` + alice.id + `"`},
		{"?browser=you&beside=" + alice.id, "Alice&#39;s laptop", `class="jar-act" href="/en/lab?browser=` + alice.id + `&amp;beside=you"`},
		{"?browser=" + alice.id + "&beside=" + alice.id, "Mallory", `class="jar-act" href="/en/lab?browser=` + mallory.id + `&amp;beside=` + alice.id + `"`},
		{"?beside=" + alice.id, "Alice&#39;s laptop", `href="?step=1&amp;beside=` + alice.id + `"`}, // a chip of the strip keeps it
		{"?browser=" + alice.id + "&beside=nobody", "", ""},
	} {
		body := page.Get("/en/lab" + tt.query).Want(200).Body
		beside := besideOf(body)
		if tt.beside == "" && beside != "" || !strings.Contains(beside, tt.beside) {
			t.Errorf("%s: beside is %q; want %q", tt.query, beside, tt.beside)
		}
		if !strings.Contains(body, tt.link) {
			t.Errorf("%s: the page lacks %s", tt.query, tt.link)
		}
	}
}

// What the address says of two jars and of the note stays whatever the learner does next.
func TestWhatTheBenchShowsStaysWithEachRequest(t *testing.T) {
	l := newSite(t).learner()
	alice, mallory := l.browser("Alice"), l.browser("Mallory")
	page := l.With("Accept", "text/html").With("User-Agent", "Mozilla/5.0")
	for _, tt := range []struct{ from, path, form, want string }{
		{"?from=note", l.app + "login", "uname=momo&pwd=123", "/en/lab?step=1&from=note"},
		{"?browser=you&beside=" + alice.id, l.app + "logout", "", "/en/lab?step=2&beside=" + alice.id},
		{"?browser=" + alice.id + "&beside=" + mallory.id, alice.path + "/send", "op=me", "/en/lab?beside=" + mallory.id + "&browser=" + alice.id + "&step=3"},
		{"?browser=" + alice.id + "&beside=you&from=note", "/en/lab/clock", "move=2h", "/en/lab?beside=you&browser=" + alice.id + "&from=note"},
		{"?browser=" + mallory.id + "&beside=" + alice.id, mallory.path + "/remove", "", "/en/lab?beside=" + alice.id},
	} {
		var fields []string
		for pair := range strings.SplitSeq(tt.form, "&") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				fields = append(fields, name, value)
			}
		}
		res := page.With("Referer", l.site.URL+"/en/lab"+tt.from).Post(tt.path, fields...).Want(303)
		if got := res.Header.Get("Location"); got != tt.want {
			t.Errorf("%s on %s leads to %s; want %s", tt.path, tt.from, got, tt.want)
		}
	}
	if body := page.Get("/en/lab?step=1&from=note").Want(200).Body; !strings.Contains(body, `href="?step=2&amp;from=note"`) {
		t.Error("the way to another step forgets that the note led here")
	}
}
