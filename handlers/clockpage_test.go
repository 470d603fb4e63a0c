package handlers_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// page asks for a page as a browser does.
func (l *learner) page(path string) string {
	l.site.t.Helper()
	return l.With("Accept", "text/html").Get(path).Want(200).Body
}

// press sends a form of a page as a browser does, and returns the page that it leads to.
func (l *learner) press(action string, pairs ...string) string {
	l.site.t.Helper()
	at := l.With("Accept", "text/html").Post(action, pairs...).Want(303).Header.Get("Location")
	where, _, _ := strings.Cut(at, "#")
	return l.page(where)
}

// has fails the test for each text that a page lacks.
func has(t *testing.T, page, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("%s lacks %q", what, text)
		}
	}
}

func TestAMovedClockIsSeenOnEveryPageOfTheBench(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
	pages := []string{
		"", "/settings", "/config", "/steps", "/side-by-side", "/print", "/compare?a=1&b=2", "/steps/2/raw", "/steps/2/code",
		"/server", "/new", "/end",
	}
	for lang, words := range map[string][2]string{"/en": {"31 days ahead", "simulated"}, "/zh": {"快了 31 天", "模拟"}} {
		for _, path := range pages {
			if got := l.page(lang + "/lab" + path); strings.Contains(got, words[0]) {
				t.Errorf("%s: at real time, %q says %q", lang, path, words[0])
			}
		}
	}
	l.move("31d")
	for lang, words := range map[string][2]string{"/en": {"31 days ahead", "simulated"}, "/zh": {"快了 31 天", "模拟"}} {
		for _, path := range pages {
			has(t, l.page(lang+"/lab"+path), lang+path, words[:]...)
		}
	}
}

func TestAStepMadeInMovedTimeSaysWhatTimeItWasForTheServer(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.move("2h")
	l.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
	l.move("now") // the steps stay what they were
	at := s.clock.Now().Add(2 * time.Hour).UTC().Format("15:04:05")
	for lang, words := range map[string]string{"/en": "clock 2 hours ahead (simulated)", "/zh": "时钟快了 2 小时（模拟）"} {
		for _, path := range []string{"/lab?step=2", "/lab/steps/2/raw", "/lab/steps/2/code"} {
			has(t, l.page(lang+path), lang+path, `class="at-time"`, at, words)
		}
		has(t, l.page(lang+"/lab/compare?a=1&b=2"), "compare", words)
		has(t, l.page(lang+"/lab/print"), "print", words)
		for _, path := range []string{"/lab?step=1", "/lab/steps/1/raw"} {
			if strings.Contains(l.page(lang+path), `class="at-time"`) {
				t.Errorf("%s%s of a step at real time bears the strip of a moved clock", lang, path)
			}
		}
	}
}

// The countdowns of both panes go by data-now.
var benchNow = regexp.MustCompile(` data-now="([^"]+)"`)

func TestTheBenchCountsFromTheTimeOfItsClock(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.move("2h")
	m := benchNow.FindStringSubmatch(l.page("/en/lab"))
	if m == nil {
		t.Fatal("the bench does not say what time it is")
	}
	got, err := time.Parse(time.RFC3339, m[1])
	if want := s.clock.Now().Add(2 * time.Hour).Truncate(time.Millisecond); err != nil || !got.Equal(want) {
		t.Errorf("the bench counts from %s (%v); want %s", m[1], err, want)
	}
}

func TestEachButtonOfTheClockMovesIt(t *testing.T) {
	for lang, words := range map[string]map[string]string{
		"/en": {"10s": "The clock was moved ahead by 10 seconds.", "2h": "The clock was moved ahead by 2 hours.", "31d": "The clock was moved ahead by 31 days.", "now": "The clock was set back to real time: all sessions ended."},
		"/zh": {"10s": "时钟拨快了 10 秒。", "2h": "时钟拨快了 2 小时。", "31d": "时钟拨快了 31 天。", "now": "时钟回到真实时间，所有会话都结束了。"},
	} {
		s := newSite(t)
		l := s.learner()
		page := l.page(lang + "/lab")
		if strings.Contains(l.page(lang+"/lab/clock"), `value="now"`) {
			t.Errorf("%s: at real time there is a way back to it", lang)
		}
		for _, by := range []string{"10s", "2h", "31d"} {
			has(t, page, lang, `name="move" value="`+by+`"`)
			page = l.press(lang+"/lab/clock", "move", by)
			has(t, page, lang+" after "+by, words[by])
		}
		has(t, l.page(lang+"/lab/clock"), lang+" ahead", `name="move" value="now"`)
		has(t, l.press(lang+"/lab/clock", "move", "now"), lang+" after now", words["now"])
	}
}

// What was done stands on the page until a step shows what came of it.
func TestWhatWasDoneToTheServerIsSaidUntilTheNextStep(t *testing.T) {
	for lang, acts := range map[string]map[string]string{
		"/en": {
			"do=restart&key=same": "The server was restarted with the same key.", "do=restart&key=random": "The server was restarted with a fresh key.",
			"do=rotate": "The server got a fresh key, and still accepts the old one.", "do=empty": "All records of this website were deleted from SQLite.",
		},
		"/zh": {
			"do=restart&key=same": "服务器重启，沿用密钥。", "do=restart&key=random": "服务器重启，换了新密钥。",
			"do=rotate": "服务器换了新密钥，旧密钥仍然有效。", "do=empty": "从 SQLite 删除了这个网站的全部记录。",
		},
	} {
		for form, said := range acts {
			s := newSite(t)
			l := s.learner()
			l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			values, err := url.ParseQuery(form)
			if err != nil {
				t.Fatal(err)
			}
			var pairs []string
			for name := range values {
				pairs = append(pairs, name, values.Get(name))
			}
			has(t, l.press(lang+"/lab/server", pairs...), lang+" after "+form, said)
			has(t, l.page(lang+"/lab/server"), lang+" the server's page after "+form, said)
			l.With("Accept", "*/*").Get(l.app + "me")
			if strings.Contains(l.page(lang+"/lab"), said) {
				t.Errorf("%s: a step after %q, the page says it still", lang, form)
			}
		}
	}
}

func TestTheServersPageOffersWhatCanBeDone(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for lang, words := range map[string]map[string]string{
		"/en": {"sqlite": "The records are in SQLite: a restart does not delete them.", "memory": "a restart deletes them", "flask": "a restart deletes none", "older": "1 older key is still accepted."},
		"/zh": {"sqlite": "记录在 SQLite 里，重启不影响。", "memory": "重启就没有了", "flask": "重启不会删除", "older": "另有 1 个更早的密钥仍然有效。"},
	} {
		l.set("workers", "1", "store", "sqlite", "mechanism", "server")
		page := l.page(lang + "/lab/server")
		has(t, page, lang, `name="key" value="same"`, `name="key" value="random"`, `name="do" value="rotate"`, `name="workers" value="2"`, words["sqlite"])
		if strings.Contains(page, "worker_keys") {
			t.Errorf("%s: one worker shares its keys with another", lang)
		}
		l.press(lang+"/lab/server", "do", "rotate")
		has(t, l.page(lang+"/lab/server"), lang, words["older"])
		l.set("fallback_keys", "")
		l.set("workers", "2", "store", "memory")
		has(t, l.page(lang+"/lab/server"), lang, `name="worker_keys" value="own"`, `name="worker_memory" value="own"`, words["memory"])
		has(t, l.page(lang+"/lab/side-by-side"), lang, `name="do" value="empty"`)
		l.set("mechanism", "flask")
		has(t, l.page(lang+"/lab/server"), lang, words["flask"])
		if strings.Contains(l.page(lang+"/lab/side-by-side"), `value="empty"`) {
			t.Errorf("%s: a store without records can be emptied", lang)
		}
	}
	var settings map[string]any
	l.Get("/en/lab/server").Want(200).JSON(&settings)
	if settings["workers"] != "2" {
		t.Errorf("as JSON, the server's page is %v; want the settings", settings)
	}
}

// serverHead is the name of the server's lane.
var serverHead = regexp.MustCompile(`(?s)<summary>(.*?)▾`)

func TestTheServersHeadSaysWhichWorkerAnswered(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	head := func(n int) string {
		t.Helper()
		page := l.page("/en/lab?step=" + string(rune('0'+n)))
		_, from, _ := strings.Cut(page, `id="server"`)
		return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(serverHead.FindString(from), " ")), " ")
	}
	c := s.curl()
	c.Get(l.app + "me").Want(401)
	if got := head(1); got != "Server ▾" {
		t.Errorf("of a single worker the head says %q", got)
	}
	l.set("workers", "2")
	for n := 2; n <= 3; n++ {
		c.Get(l.app + "me").Want(401)
		want := "Server · Worker " + string(rune('0'+l.step(n).Worker)) + " ▾"
		if got := head(n); got != want {
			t.Errorf("step %d: the head says %q; want %q", n, got, want)
		}
	}
}

// By the page alone: a permanent session of two hours, and thirty-one days later its
// owner is nobody, for a reason that the page names.
func TestThePageSaysWhichLimitEndedASessionInMovedTime(t *testing.T) {
	for lang, says := range map[string]string{"/en": "The session is past its lifetime of 2 hours", "/zh": "会话超过了 2 小时的有效期"} {
		s := newSite(t)
		l := s.learner()
		l.press(lang+"/lab/settings", "lifetime", "2h")
		l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		l.Post(l.app+"permanent", "on", "true").Want(200)
		l.press(lang+"/lab/clock", "move", "31d")
		l.Get(l.app + "me").Want(401)
		has(t, l.page(lang+"/lab?step=3"), lang, says)
		if got := l.step(3); !hasKind(got, step.SessionExpired) {
			t.Errorf("step 3 has %v; want that the session expired", kinds(got))
		}
	}
}
