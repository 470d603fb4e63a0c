package handlers_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// paneOf is the pane of a bench page that has this id.
func paneOf(page, id string) string {
	_, pane, _ := strings.Cut(page, `id="`+id+`"`)
	pane, _, _ = strings.Cut(pane, "</section>")
	return pane
}

// theft opens two browsers, logs in by the first, and copies its cookie to the second.
func theft(l *learner) (alice, mallory *vbrowser) {
	l.site.t.Helper()
	alice, mallory = l.browser("Alice's laptop"), l.browser("Mallory")
	alice.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	alice.do("copy", "name", "session", "to", mallory.id)
	return alice, mallory
}

func TestTheControlsActForTheChosenBrowser(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	if body := page.Get("/en/lab").Want(200).Body; !strings.Contains(body, `action="`+l.app+`login"`) || strings.Contains(body, `id="sender"`) {
		t.Error("on a fresh bench the controls are not those of the learner's own browser alone")
	}
	alice, mallory := theft(l)
	for query, id := range map[string]string{"": alice.id, "?step=1": alice.id, "?browser=" + mallory.id: mallory.id, "?step=1&browser=" + mallory.id: mallory.id, "?browser=you": ""} {
		body := page.Get("/en/lab" + query).Want(200).Body
		want := `id="login" method="post" action="` + l.app + `login"`
		if id != "" {
			want = `id="login" method="post" action="/en/lab/browsers/` + id + `/send"`
		}
		if !strings.Contains(body, want) {
			t.Errorf("%q: the controls act for another browser than %q", query, id)
		}
	}
	body := page.Get("/zh/lab?browser=" + mallory.id).Want(200).Body
	for _, op := range []string{"login", "logout", "me", "set", "get", "pop", "clear"} {
		if !strings.Contains(body, `name="op" value="`+op+`"`) && !regexp.MustCompile(`name="op"[^>]* value="`+op+`"`).MatchString(body) {
			t.Errorf("no control of Mallory's asks for %s", op)
		}
	}
	if !strings.Contains(body, "模拟") {
		t.Error("the page does not say that Mallory's browser is simulated")
	}
	page.Get("/en/lab?browser=nobody").Want(200)
}

func TestTheBrowserPaneShowsWhatTheChosenBrowserHolds(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	alice, mallory := theft(l)
	stolen, _, _ := strings.Cut(alice.cookie(), ".")
	jar := func(query string) string {
		t.Helper()
		return paneOf(page.Get("/en/lab"+query).Want(200).Body, "pane-browser")
	}
	for _, id := range []string{alice.id, mallory.id} {
		pane := jar("?browser=" + id)
		for _, want := range []string{stolen, `value="copy"`, `value="edit"`, `value="delete"`, `value="close"`, `value="block"`, "read", "elsewhere", "/remove"} {
			if !strings.Contains(pane, want) {
				t.Errorf("the pane of %s lacks %q", id, want)
			}
		}
	}
	if pane := jar("?browser=you"); strings.Contains(pane, stolen) || strings.Contains(pane, `name="do"`) {
		t.Error("the learner's own browser is shown with Alice's cookie, or with acts")
	}
	alice.do("edit", "name", "session", "value", "changed-by-hand")
	if pane := jar("?browser=" + alice.id); !strings.Contains(pane, "changed-by-hand") {
		t.Error("after an edit the pane shows the old cookie")
	}
	alice.send("me").Want(401)
	if pane := jar("?step=1&browser=" + alice.id); !strings.Contains(pane, stolen) || strings.Contains(pane, `value="delete"`) || !strings.Contains(pane, "As it is now") {
		t.Error("at an older step of its own the pane does not show what that left, without acts")
	}
	mallory.do("close")
	body := page.Get("/en/lab?browser=" + mallory.id).Want(200).Body
	if pane := paneOf(body, "pane-browser"); !strings.Contains(pane, "The browser “Mallory” is closed") || !strings.Contains(pane, `value="reopen"`) || strings.Contains(pane, `value="close"`) {
		t.Error("the pane does not say that Mallory's browser is closed")
	}
	if strings.Contains(body, `id="login"`) {
		t.Error("a closed browser has controls")
	}
}

func TestABrowserThatBlocksCookiesIsOpenedByTheForm(t *testing.T) {
	l := newSite(t).learner()
	var v vbrowserJSON
	l.Post("/en/lab/browsers", "name", "No cookies", "cookies", "blocked").Want(200).JSON(&v)
	if v.Cookies != "blocked" {
		t.Errorf("it is opened as %+v", v)
	}
	pane := paneOf(l.With("Accept", "text/html").Get("/zh/lab?browser="+v.ID+"&read").Want(200).Body, "pane-browser")
	if !strings.Contains(pane, `value="allow"`) || !strings.Contains(pane, "document.cookie") {
		t.Error("its pane does not offer to allow cookies, or does not tell what scripts read")
	}
}

var heldRow = regexp.MustCompile(`(?s)<li( data-now)?(?: class="since[^>]*)?><code class="seg seg-id">.*?</li>`)

// holders are the names of the browsers on each row of the list of records, "nobody" for
// none, after the name of who is logged in.
func holders(page string) (rows []string) {
	_, list, _ := strings.Cut(page, `id="held"`)
	for _, row := range heldRow.FindAllString(list, -1) {
		user := regexp.MustCompile(`</code> ?<span>(.*?)</span>`).FindStringSubmatch(row)[1]
		said := user + ":"
		for _, m := range regexp.MustCompile(`class="sr">([^<]*)<|class="nobody">([^<]*)<`).FindAllStringSubmatch(row, -1) {
			said += " " + m[1] + m[2]
		}
		rows = append(rows, said)
	}
	return rows
}

func TestRecordsBearTheBrowsersThatCanOpenThem(t *testing.T) {
	for _, store := range []string{"sqlite", "memory"} {
		t.Run(store, func(t *testing.T) {
			l := newSite(t).learner()
			l.set("store", store)
			page := l.With("Accept", "text/html")
			l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			if rows := holders(page.Get("/en/lab").Want(200).Body); rows != nil {
				t.Errorf("with one record of one browser the page lists %q", rows)
			}
			alice, mallory := theft(l)
			got := holders(page.Get("/en/lab").Want(200).Body)
			slices.Sort(got)
			if want := []string{"alice: Alice&#39;s laptop Mallory", "momo: Your browser"}; !slices.Equal(got, want) {
				t.Errorf("after the theft the records are %q; want %q", got, want)
			}
			mallory.do("delete", "name", "session")
			alice.do("close")
			if got := strings.Join(holders(page.Get("/en/lab").Want(200).Body), "|"); got != "momo: Your browser|alice: nobody" {
				t.Errorf("once nobody has Alice's cookie the records are %q", got)
			}
			for range 10 {
				l.site.Browser(t).With("User-Agent", "curl/8").Post(l.app+"login", "uname", "alice", "pwd", "rabbit").Want(200)
			}
			got = holders(page.Get("/zh/lab").Want(200).Body)
			if len(got) != 8 || strings.Count(strings.Join(got, "|"), "alice: curl") != 1 {
				t.Errorf("after ten log-ins by curl the page lists %q; want eight records, one of them curl's", got)
			}
		})
	}
}

var (
	stripMid  = regexp.MustCompile(`<li class="mid" data-of="([a-z]*)"[^>]*>(.*?)</li>`)
	chipBadge = regexp.MustCompile(`<i class="b" data-b="\d" aria-hidden="true">(.)</i>`)
)

func TestTheStripTellsTurnsAndWhatStandsBetweenThem(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	alice, mallory := theft(l)
	alice.send("me").Want(200)
	mallory.send("me").Want(200)
	l.Post("/en/lab/clock", "move", "2h").Want(200)
	l.Post("/en/lab/server", "do", "restart").Want(200)
	for lang, words := range map[string][]string{
		"en": {"The browser “Mallory” was opened", "The browser “Mallory” got a copy of the cookie session", "The clock was moved ahead by 2 hours", "The server was restarted"},
		"zh": {"Mallory", "2 小时", "重启"},
	} {
		body := page.Get("/" + lang + "/lab").Want(200).Body
		_, strip, _ := strings.Cut(body, `<ol class="strip">`)
		strip, _, _ = strings.Cut(strip, "</ol>")
		for _, want := range words {
			if !strings.Contains(strip, want) {
				t.Errorf("%s: the strip does not say %q", lang, want)
			}
		}
		var about []string
		for _, m := range stripMid.FindAllStringSubmatch(strip, -1) {
			about = append(about, m[1])
		}
		if got := strings.Join(about, " "); got != "browser browser cookie clock server" {
			t.Errorf("%s: between the steps stands what is about %q", lang, got)
		}
		var begins string
		for _, m := range chipBadge.FindAllStringSubmatch(stripMid.ReplaceAllString(strip, ""), -1) {
			begins += m[1]
		}
		if begins != "AM" {
			t.Errorf("%s: the turns on the strip are those of %q; want AM", lang, begins)
		}
		_, list, _ := strings.Cut(page.Get("/"+lang+"/lab/steps").Want(200).Body, `class="log"`)
		for _, want := range words {
			if !strings.Contains(list, want) {
				t.Errorf("%s: the list of steps does not say %q", lang, want)
			}
		}
	}
	if body := page.Get("/en/lab?step=3").Want(200).Body; !strings.Contains(body, `class="lane-l"`) {
		t.Error("the head of Mallory's lane has no letter")
	}
	l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	if body := page.Get("/en/lab").Want(200).Body; strings.Contains(body, `class="lane-l"`) {
		t.Error("the lane of the learner's own browser has a letter")
	}
	mallory.l.Post(mallory.path + "/remove").Want(204)
	if body := page.Get("/en/lab?step=3").Want(200).Body; !strings.Contains(body, `data-b="0"`) {
		t.Error("a step of a removed browser has lost its badge")
	}
	if body := page.Get("/en/lab?client=virtual").Want(200).Body; stripMid.MatchString(body) {
		t.Error("among the steps of one kind of client stands what is between others")
	}
}

// What is done to the clock, the server or the settings lets the browser go on acting
// that was chosen.
func TestAFormOfTheBenchKeepsTheBrowserThatIsChosen(t *testing.T) {
	l := newSite(t).learner()
	alice := l.browser("Alice's laptop")
	alice.send("me").Want(401)
	page := l.With("Accept", "text/html")
	for _, tt := range []struct{ from, path, field, value, want string }{
		{"/en/lab?browser=you&step=1", "/en/lab/clock", "move", "2h", "/en/lab?browser=you"},
		{"/en/lab?browser=" + alice.id, "/en/lab/server", "do", "rotate", "/en/lab?browser=" + alice.id},
		{"/en/lab?browser=you", "/en/lab/settings", "lifetime", "2h", "/en/lab?did=lifetime&browser=you"},
		{"/en/lab?step=1", "/en/lab/clock", "move", "2h", "/en/lab"},
		{"/en/lab/settings?browser=you", "/en/lab/clock", "move", "2h", "/en/lab"},
	} {
		res := page.With("Referer", l.site.URL+tt.from).Post(tt.path, tt.field, tt.value).Want(303)
		if got := res.Header.Get("Location"); got != tt.want {
			t.Errorf("%s=%s on %s leads to %s; want %s", tt.field, tt.value, tt.from, got, tt.want)
		}
	}
}

var currentTab = regexp.MustCompile(`<a class="tab"[^>]* aria-current`)

func TestNoTabIsCurrentWhereThePaneShowsAnotherClient(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	l.browser("Alice's laptop")
	l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.With("User-Agent", "curl/8.0").Get(l.app + "me")
	for query, want := range map[string]int{"?step=1": 1, "?step=2": 0, "?browser=you": 1} {
		pane := paneOf(page.Get("/en/lab"+query).Want(200).Body, "pane-browser")
		if got := len(currentTab.FindAllString(pane, -1)); got != want {
			t.Errorf("%s: %d tabs are current; want %d:\n%.600s", query, got, want, pane)
		}
	}
}

// A handout tells of the theft, too, which is no request.
func TestAHandoutTellsWhatHappenedBetweenSteps(t *testing.T) {
	l := newSite(t).learner()
	_, mallory := theft(l)
	mallory.send("me").Want(200)
	mallory.do("close")
	page := l.With("Accept", "text/html")
	for _, form := range []string{"", "?form=two", "?form=lines"} {
		body := page.Get("/en/lab/print" + form).Want(200).Body
		copied, second := strings.Index(body, "got a copy of the cookie session from"), strings.LastIndex(body, "Who am I?")
		if closed := strings.Index(body, "was closed"); copied < 0 || second < copied || closed < second {
			t.Errorf("%q: the copy is told at %d, the request after it at %d, the end at %d; want all, in this order", form, copied, second, closed)
		}
	}
}
