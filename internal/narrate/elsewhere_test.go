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
