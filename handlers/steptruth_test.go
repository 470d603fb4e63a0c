package handlers_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// eventPage is the page of the first event of a kind, of the step of that number.
func (l *learner) eventPage(lang string, n int, kind step.Kind) string {
	l.site.t.Helper()
	s := l.step(n)
	i := slices.IndexFunc(s.Events, func(e step.Event) bool { return e.Kind == kind })
	if i < 0 {
		l.site.t.Fatalf("step %d has no event %s", n, kind)
	}
	return html.UnescapeString(l.page(fmt.Sprintf("/%s/lab?step=%d&event=%d", lang, n, i+1)))
}

// wantEvent reports what the pages of an event lack in either language, and what they must
// not say.
func (l *learner) wantEvent(t *testing.T, n int, kind step.Kind, en, zh, none []string) {
	t.Helper()
	for lang, want := range map[string][]string{"en": en, "zh": zh} {
		wantAll(t, fmt.Sprintf("%s, step %d, %s", lang, n, kind), l.eventPage(lang, n, kind), want, none...)
	}
}

// A page says what made the ID that it shows, and shows the code of that.
func TestAnIDIsSaidToBeRandomOnlyWhereItIs(t *testing.T) {
	l := newSite(t, withCourse).learner()
	random := []string{"nobody can guess", "谁也猜不到"}
	counted := l.try("guessing", "counter").Steps[1] // the second ID of this bench
	l.wantEvent(t, counted, step.IDMade,
		[]string{"This website counts its IDs: this one is …AC, number 2 in base 32."},
		[]string{"这个网站的 ID 按顺序编号：…AC 就是 2，写成三十二进制。"}, random)
	timed := l.try("guessing", "clock").Steps[0]
	made := l.site.clock.Now().UnixMilli() / 10
	l.wantEvent(t, timed, step.IDMade,
		[]string{fmt.Sprintf("is %d, the hundredths of a second from 1970 to ", made), "in base 32"},
		[]string{fmt.Sprintf("就是 %d，是从 1970 年到", made)}, random)
	l.wantEvent(t, l.try("guessing", "random").Steps[0], step.IDMade, random[:1], random[1:], []string{"in base 32"})

	for n, want := range map[int]string{counted: "countedIDs", timed: "countedIDs"} {
		if body := l.page(fmt.Sprintf("/en/lab/steps/%d/code?event=6", n)); !strings.Contains(body, want) {
			t.Errorf("the code of the event of step %d lacks %q", n, want)
		}
	}
}

// A worker that does not find the record, or refuses the signature, is told from a server
// that stopped and from somebody who changed the cookie.
func TestWhatAnotherWorkerHasIsSaidSo(t *testing.T) {
	l := newSite(t, withCourse).learner()
	first := l.try("two-workers", "own-memory").Steps[1]
	wantAll(t, "en", html.UnescapeString(l.page(fmt.Sprint("/en/lab?step=", first))), []string{
		"The memory of worker 2 has no record for this cookie. That of worker 1 has it.",
		"Its record is in the memory of worker 1, until ", "Worker 2 cannot look there.",
		"The record is in the memory of worker 1: this request was not its turn.",
	}, "stops", "restarted", "no longer looks there")
	wantAll(t, "zh", l.page(fmt.Sprint("/zh/lab?step=", first)), []string{
		"工作进程 2 的内存里没有这个 Cookie 的记录，它在工作进程 1 的内存里。", "它的记录在工作进程 1 的内存里",
	}, "后来服务器重启过", "不再去那里查找")

	first = l.try("two-workers", "own-keys").Steps[1]
	l.wantEvent(t, first, step.SignatureInvalid,
		[]string{"Worker 2 signed this cookie; with the key of worker 1", "worker 2 signed it with its own key"},
		[]string{"是工作进程 2 签的，用工作进程 1 的密钥"}, []string{"somebody changed", "有人改动过"})
}

// The row of a signature shows the signature, not what was signed.
func TestASignatureThatIsWrongIsShown(t *testing.T) {
	l := newSite(t, withCourse).learner()
	for _, tt := range []struct{ slug, variant string }{{"two-workers", "own-keys"}, {"tampering", "signed-id"}} {
		first := l.try(tt.slug, tt.variant).Steps[1]
		_, signature, _ := strings.Cut(l.step(first).Before.Cookie.Raw, ".")
		row := regexp.MustCompile(`<g class="ev by-server work[^"]*" data-n="3".*?</g>`).FindString(l.page(fmt.Sprint("/en/lab?step=", first)))
		if !strings.Contains(row, "The signature is wrong") || !strings.Contains(row, signature[:6]) {
			t.Errorf("%s: the row %q does not begin the signature %q", tt.slug, row, signature)
		}
	}
}

// Where the lab itself changed the cookie, nobody need guess who did.
func TestACookieThatWasChangedIsSaidSo(t *testing.T) {
	l := newSite(t, withCourse).learner()
	for _, variant := range []string{"signed-id", "flask", "gorilla"} {
		n := l.try("tampering", variant).Steps[1]
		l.wantEvent(t, n, step.SignatureInvalid,
			[]string{"The cookie was changed in the browser “Mallory”"}, []string{"Cookie 在浏览器“Mallory”里被改动过"},
			[]string{"somebody changed", "有人改动过"})
	}
}

// Only a restart that came after the cookie is the reason that memory has no record.
func TestMemoryIsSaidToBeLostOnlyByARestart(t *testing.T) {
	l := newSite(t).learner()
	l.set("store", "memory")
	l.operate("do", "restart")
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.operate("do", "empty")
	l.Get(l.app + "me")
	wantAll(t, "emptied", l.page("/en/lab"), []string{"memory has no record for this cookie."}, "restarted since")
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.operate("do", "restart")
	l.Get(l.app + "me")
	wantAll(t, "restarted", l.page("/en/lab"), []string{"the server was restarted since"})
	wantAll(t, "restarted", l.page("/zh/lab"), []string{"后来服务器重启过"})
}

// What is left of a lifetime counts from the step, wherever the clock is now.
func TestTimesOfAPastStepCountFromTheStep(t *testing.T) {
	l := newSite(t, withCourse).learner()
	asked := l.try("lifetime", "refresh").Steps[2] // 90 minutes after the login
	for _, at := range []string{"", "&event=10"} {
		en := l.page(fmt.Sprint("/en/lab?step=", asked, at))
		wantAll(t, "en"+at, en, []string{", 2 hours after this response"}, "in 209 minutes", "in 210 minutes", "data-until")
		wantAll(t, "zh"+at, l.page(fmt.Sprint("/zh/lab?step=", asked, at)), []string{"，这个响应之后 2 小时"}, "还有 210 分钟", "data-until")
	}
	wantAll(t, "en, before", l.page(fmt.Sprint("/en/lab?step=", asked, "&event=1")), []string{", 30 minutes after this response"})

	own := newSite(t).learner()
	own.set("lifetime", "2h")
	own.Post(own.app+"login", "uname", "momo", "pwd", "123").Want(200)
	wantAll(t, "the newest", own.page("/en/lab"), []string{", in <span class=\"left\">2 hours</span>", "data-until"}, "after this response")
	own.site.clock.Advance(time.Minute)
	own.Get(own.app + "me").Want(200)
	wantAll(t, "an earlier one", own.page("/en/lab?step=1"), []string{", 2 hours after this response"}, "data-until")
}

// The banner names what decided, and not a cookie that was good.
func TestTheBannerOfARunNamesWhatDecided(t *testing.T) {
	l := newSite(t, withCourse).learner()
	for _, tt := range []struct{ slug, variant, en, zh string }{
		{"two-workers", "own-memory", "Not in this worker's memory", "本进程内存里没有"},
		{"two-workers", "own-keys", "The signature is wrong", "签名错误"},
		{"lifetime", "absolute", "Older than 2 hours", "会话已超过 2 小时"},
		{"lifetime", "refresh", "Expires=", "Expires="},
		{"replay-after-logout", "server", "The record is gone", "记录已删除"},
		{"cross-site", "none", "Cookie: session=", "Cookie: session="},
		{"fixation", "same-id", "Record changed, ID the same", "记录变了，ID 没变"},
		{"no-cookies", "blocked", "Cookie refused", "拒收 Cookie"},
		{"guessing", "counter", "A new session ID", "生成会话 ID"},
	} {
		r := l.try(tt.slug, tt.variant)
		for lang, want := range map[string]string{"en": tt.en, "zh": tt.zh} {
			found := ""
			for _, n := range r.Steps {
				_, bar, _ := strings.Cut(html.UnescapeString(l.page(fmt.Sprintf("/%s/lab?step=%d", lang, n))), `id="next"`)
				bar, _, _ = strings.Cut(bar, `class="run-go"`)
				if _, decided, ok := strings.Cut(bar, map[string]string{"en": "This decides it:", "zh": "关键在这里："}[lang]); ok {
					found = decided
				}
			}
			if !strings.Contains(found, "<b>"+want) {
				t.Errorf("%s, %s, %s: %q decides; want %q", tt.slug, tt.variant, lang, found, want)
			}
		}
	}
}

// The sentence at which fixation opens says that the ID stayed.
func TestALoginUnderTheSameIDSaysThatTheIDStayed(t *testing.T) {
	l := newSite(t, withCourse).learner()
	login := l.try("fixation", "same-id").Steps[1]
	l.wantEvent(t, login, step.SaveDone,
		[]string{"its ID is the same as before the login"}, []string{"ID 却还是登录前的那一个"}, nil)
}

// A request from another website is told from the user's own by what it really carried.
func TestARequestFromAnotherWebsiteIsShownAsSuch(t *testing.T) {
	l := newSite(t, withCourse).learner()
	for variant, tt := range map[string][2]string{
		"none":   {"marked SameSite=None, so it goes along", "标着 SameSite=None，所以跟着来了"},
		"strict": {"marked SameSite=Strict, so the browser leaves it out", "标着 SameSite=Strict，浏览器就没有带上它"},
	} {
		n := l.try("cross-site", variant).Steps[2]
		origin := ""
		for _, h := range l.step(n).Request.Headers {
			if h[0] == "Origin" {
				origin = h[1]
			}
		}
		l.wantEvent(t, n, step.RequestSent,
			[]string{"Other site: POST /pop", "(Origin: " + origin + ")", tt[0]},
			[]string{"别的网站：POST /pop", "（Origin: " + origin + "）", tt[1]}, nil)
	}
}

// Lax lets a link carry the cookie, and no form: the mark alone is half of the reason.
func TestALinkFromAnotherWebsiteIsToldFromAForm(t *testing.T) {
	l := newSite(t).learner()
	v := l.browser("Alice")
	v.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	for op, tt := range map[string][2]string{
		"me":  {"SameSite=Lax: it goes along with such a link", "点链接过来，会带上它"},
		"pop": {"marked SameSite=Lax, so the browser leaves it out", "标着 SameSite=Lax，浏览器就没有带上它"},
	} {
		var sent opJSON
		v.send(op, "from", "elsewhere", "key", "colour").JSON(&sent)
		n := sent.Step
		l.wantEvent(t, n, step.RequestSent, []string{tt[0]}, []string{tt[1]}, nil)
	}
}

// A link to an event leads to the flow, which is far down on a phone, and needs no script
// for that.
func TestALinkToTheDecidingEventLandsAtTheFlow(t *testing.T) {
	l := newSite(t, withCourse).learner()
	r := l.try("guessing", "counter")
	link := fmt.Sprintf(`href="/en/lab?step=%d&amp;event=6#h-flow"`, r.Steps[0])
	wantAll(t, "the experiment", l.page(fmt.Sprint("/en/experiments/guessing?run=", r.Run)), []string{link})
	wantAll(t, "the bench", l.page(fmt.Sprintf("/en/lab?step=%d&event=6", r.Steps[0])), []string{`id="h-flow"`})
}
