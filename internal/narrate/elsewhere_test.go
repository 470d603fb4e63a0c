package narrate

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A request that another website started, without the cookie, is not told as one of a
// session that is empty.
func TestARequestFromElsewhereWithoutTheCookieTouchesNoSession(t *testing.T) {
	s := on(step.OpPop, "POST /pop", "key=basket").stranger().running(step.OpPop, "session.pop('basket')").
		silent().failing("no_such_key", 404).Step
	s.Client = step.ClientOther
	s.Request.Headers = append(s.Request.Headers, [2]string{"Sec-Fetch-Site", "cross-site"})
	for lang, want := range map[i18n.Lang][]string{
		i18n.En: {"Another website", "SameSite", "found no session, and changed none"},
		i18n.Zh: {"别的网站", "SameSite", "没有找到会话，也没有改动任何会话"},
	} {
		told := Step(texts(t)[lang], s, options)
		for _, part := range want {
			if !strings.Contains(told.Result, part) {
				t.Errorf("%s: %q does not say %q", lang, told.Result, part)
			}
		}
		if first := told.Events[0].Say; !strings.Contains(first, want[0]) && !strings.Contains(first, "another website") {
			t.Errorf("%s: the first event says %q", lang, first)
		}
	}
}

// Whoever knows the key can make a right signature, as the experiment with the weak key
// shows: no text says that nobody changed the cookie, and leaves it at that.
func TestARightSignatureIsNotSaidToBeTheServersAlone(t *testing.T) {
	for lang, knows := range map[i18n.Lang]string{i18n.En: "know", i18n.Zh: "知道"} {
		for _, id := range []string{
			"event.signature.valid.say", "carried.event.signature.valid.say", "gorilla.event.signature.valid.say",
			"flow.part.signature-valid.explain", "carried.flow.part.signature-valid.explain", "flow.part.mac-valid.explain",
		} {
			if text := texts(t)[lang].T(id); !strings.Contains(text, knows) {
				t.Errorf("%s: %s is %q, which leaves out who knows the key", lang, id, text)
			}
		}
	}
}

// A Secure cookie that did not come is told as kept back only where that was the reason:
// a browser that blocks cookies keeps it, too.
func TestASecureCookieIsToldAsKeptBackWhereItWas(t *testing.T) {
	held := &step.Cookie{Name: step.CookieName, Raw: "x", Attributes: &step.Attributes{Path: "/", Secure: true}}
	for why, want := range map[step.Why]bool{step.WhyPlain: true, step.WhyNoCookie: false} {
		s := &step.Step{N: 1, Op: step.OpMe, Client: step.ClientVirtual, BrowserName: "Alice", Events: []step.Event{{Lane: step.LaneBrowser, Kind: step.RequestSent, Why: why}}}
		s.Before.Cookie, s.After.Cookie = held, held
		if say := Step(texts(t)[i18n.En], s, Options{}).Events[0].Say; strings.Contains(say, "not encrypted") != want {
			t.Errorf("%s is told as %q", why, say)
		}
	}
}
