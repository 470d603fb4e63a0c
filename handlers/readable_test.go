package handlers_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Flask's JSON is ASCII. The page says what it means, and has the bytes at hand.
func TestFlasksValuesAreReadableAndTheirBytesAtHand(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", "flask")
	l.Post(l.app+"set", "key", "colour", "value", "蓝绿色").Want(200)
	for lang, sent := range map[string]string{"/en": "As sent", "/zh": "发送时的原样"} {
		page := l.With("Accept", "text/html").Get(lang + "/lab").Want(200).Body
		pane := page[strings.Index(page, `id="pane-browser"`):strings.Index(page, `id="pane-store"`)]
		for _, want := range []string{"<code>&#34;蓝绿色&#34;</code>", sent, `\u84dd\u7eff\u8272`} {
			if !strings.Contains(pane, want) {
				t.Errorf("%s: the pane lacks %q", lang, want)
			}
		}
		if at := strings.Index(pane, `\u84dd`); at < strings.Index(pane, `<details class="sent">`) {
			t.Errorf("%s: the bytes come before the value", lang)
		}
	}
}

// Where the browser's end is its own, the server still has a limit.
func TestASessionThatIsNotPermanentSaysWhatEndsIt(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism, "lifetime", "2h")
		l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		at := s.clock.Now().Add(2 * time.Hour).UTC().Format("15:04")
		for lang, want := range map[string]string{"/en": "the server refuses it from [^<]*" + at + "</time>", "/zh": at + " 就不再接受它</time>"} {
			if page := l.With("Accept", "text/html").Get(lang + "/lab").Want(200).Body; !regexp.MustCompile(want).MatchString(page) {
				t.Errorf("%s, %s: the page lacks %q", mechanism, lang, want)
			}
		}
	}
}

// What pressing a button of the settings did is said below it.
func TestTheSettingsSayWhatPressingAButtonDid(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	browser := l.With("Accept", "text/html")
	for _, tt := range []struct {
		fields         []string
		address        string
		en, zh, button string
	}{
		{[]string{"secret_key", "random"}, "?did=key", "The key is changed.", "密钥已更换。", `value="random"`},
		{[]string{"lifetime", "2h"}, "?did=lifetime", "Applied.", "已应用", `name="lifetime" value="2h"`},
		{[]string{"lifetime", "2h"}, "?did=lifetime-same", "Nothing changed", "没有变化", `name="lifetime" value="2h"`},
		{[]string{"sign_id", "false", "http_only", "true"}, "?did=settings", "Applied.", "已应用", `class="btn btn-1"`},
	} {
		a := browser.Post("/en/lab/settings", tt.fields...).Want(303)
		if got := a.Header.Get("Location"); got != "/en/lab"+tt.address {
			t.Errorf("%v lead to %q; want %s", tt.fields, got, tt.address)
		}
		for lang, want := range map[string]string{"/en": tt.en, "/zh": tt.zh} {
			if bench := browser.Get(lang + "/lab" + tt.address).Want(200).Body; !strings.Contains(bench, want) || !strings.Contains(bench, `data-fetch="`+lang+"/lab/settings"+tt.address) {
				t.Errorf("%s%s: the bench lacks %q, or does not tell its settings", lang, tt.address, want)
			}
			panel := browser.Get(lang + "/lab/settings" + tt.address).Want(200).Body
			if i, j := strings.Index(panel, tt.button), strings.Index(panel, want); i < 0 || j < i {
				t.Errorf("%s%s: %q does not follow its button", lang, tt.address, want)
			}
		}
	}
	if page := browser.Get("/en/lab/settings?did=<b>").Want(200).Body; strings.Contains(page, `class="did"`) {
		t.Error("an address that says nothing known is believed")
	}
}
