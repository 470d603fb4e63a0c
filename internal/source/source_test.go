package source_test

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
)

// library is of the real tree: a function that is renamed or gone fails here, not
// in front of a class.
func library() *source.Library { return source.NewLibrary(os.DirFS("../..")) }

func TestEveryServerEventHasItsCode(t *testing.T) {
	l := library()
	for _, recorded := range []*step.Step{
		{Mechanism: step.MechanismServer, Store: "memory"}, {Mechanism: step.MechanismServer, Store: "sqlite"},
		{Mechanism: step.MechanismServer, Store: "redis"}, {Mechanism: step.MechanismServer, Store: "mysql"},
		{Mechanism: step.MechanismServer, Store: "postgres"}, {Mechanism: step.MechanismFlask}, {Mechanism: step.MechanismGorilla},
	} {
		for _, e := range serverEvents() {
			symbols := source.Of(e, recorded)
			if len(symbols) == 0 && (recorded.Store != "" || e.Lane != step.LaneStore) {
				t.Errorf("Of(%s %s, %s%s) is empty; want the code that did it", e.Kind, e.Why, recorded.Mechanism, recorded.Store)
			}
			for _, s := range symbols {
				x, err := l.Excerpt(s)
				if err != nil {
					t.Errorf("Excerpt(%s): %v", s, err)
					continue
				}
				name := string(s[strings.LastIndexAny(string(s), "./")+1:])
				if !strings.HasPrefix(x.Code, "func ") || !strings.Contains(x.Code, name+"(") || x.Line < 2 || x.HTML == "" {
					t.Errorf("Excerpt(%s) = %s:%d %q; want the function with its place", s, x.File, x.Line, x.Code)
				}
			}
		}
	}
}

func serverEvents() []step.Event {
	kinds := []step.Kind{
		step.CookieRead, step.CookieAbsent, step.SignatureValid, step.SignatureInvalid, step.PasswordChecked,
		step.IDMade, step.IDRenewed, step.SessionOpened, step.SessionExpired, step.SessionEmptied,
		step.SetCookieBuilt, step.ResponseSent,
		step.LoadAsked, step.LoadFound, step.LoadMissing, step.SaveAsked, step.SaveDone, step.SaveConflict,
		step.DeleteAsked, step.DeleteDone, step.StoreFailed,
	}
	var events []step.Event
	for _, k := range kinds {
		e := step.Event{Lane: step.LaneServer, Kind: k}
		if word, _, _ := strings.Cut(string(k), "."); word == "load" || word == "save" || word == "delete" {
			e.Lane = step.LaneStore
		}
		events = append(events, e)
	}
	for _, op := range operations() {
		events = append(events, step.Event{Kind: step.CodeRan, Why: step.Why(op)})
	}
	return events
}

func operations() []step.Op {
	return []step.Op{
		step.OpLogin, step.OpLogout, step.OpSet, step.OpGet, step.OpPop, step.OpClear, step.OpPermanent, step.OpMe,
		step.OpIndex, step.OpGetSession, step.OpDeleteSession,
	}
}

func TestAMissingSymbolIsAnError(t *testing.T) {
	for _, s := range []source.Symbol{"session/noSuchFunction", "session/Store.noSuchMethod", "nowhere/set", "session/Trace"} {
		if x, err := library().Excerpt(s); err == nil {
			t.Errorf("Excerpt(%s) = %q; want an error", s, x.Code)
		}
	}
}

func TestColouredGoReadsAsItStandsInTheFile(t *testing.T) {
	for _, s := range []source.Symbol{"session/newID", "session/verify", "handlers/app.set", "handlers/pages.code"} {
		x, err := library().Excerpt(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(x.HTML); got != x.Code {
			t.Errorf("%s in colour reads %q; want %q", s, got, x.Code)
		}
		if !strings.Contains(x.HTML, `<span class="k">func</span>`) {
			t.Errorf("%s in colour = %q; want its keywords marked", s, x.HTML)
		}
	}
}

func TestColouredCodeIsSafeInAPage(t *testing.T) {
	got := source.ColourPython(`x = "<script>" # </code><b onclick='y'>`)
	want := `x = <span class="s">&#34;&lt;script&gt;&#34;</span> <span class="c"># &lt;/code&gt;&lt;b onclick=&#39;y&#39;&gt;</span>`
	if got != want {
		t.Errorf("ColourPython = %q; want %q", got, want)
	}
}

func TestCodeIsColouredByWhatItsWordsAre(t *testing.T) {
	for _, tt := range []struct {
		colour     func(string) string
		code, want string
	}{
		{source.ColourGo, "func f(n int) { return /* no */ }",
			`<k>func</k> <nf>f</nf>(n <kt>int</kt>) { <k>return</k> <c>/* no */</c> }`},
		{source.ColourGo, `s.make(len(x)/0x1F, .5, 'a') // "why"`,
			`s.<kt>make</kt>(<kt>len</kt>(x)/<m>0x1F</m>, <m>.5</m>, <s>'a'</s>) <c>// "why"</c>`},
		{source.ColourGo, `returned := "a\"b\\" + ` + "`raw\\`", `returned := <s>"a\"b\\"</s> + ` + "<s>`raw\\`</s>"},
		{source.ColourGo, `open := "no end`, `open := "no end`},
		{source.ColourPython, "@app.get('/me')\ndef me():\n    return None or 1.5 # why",
			"<nd>@app.get</nd>(<s>'/me'</s>)\n<k>def</k> <nf>me</nf>():\n    <k>return</k> <k>None</k> <k>or</k> <m>1.5</m> <c># why</c>"},
		{source.ColourPython, `app.secret = 'it\'s \n' + str(b)`, `app.secret = <s>'it\'s \n'</s> + <kt>str</kt>(b)`},
	} {
		got := html.UnescapeString(tt.colour(tt.code))
		want := regexp.MustCompile(`<(k|kt|nf|nd|s|m|c)>`).ReplaceAllString(tt.want, `<span class="$1">`)
		want = regexp.MustCompile(`</(k|kt|nf|nd|s|m|c)>`).ReplaceAllString(want, `</span>`)
		if got != want {
			t.Errorf("%q in colour:\n%s\nwant:\n%s", tt.code, got, want)
		}
	}
}

func TestWhateverIsColouredReadsUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("'\"\\`/*#@.x0 \r\n<&")), rapid.Rune())).Draw(t, "code")
		for name, colour := range map[string]func(string) string{"ColourGo": source.ColourGo, "ColourPython": source.ColourPython} {
			if got := text(colour(code)); got != code {
				t.Fatalf("%s(%q) reads %q", name, code, got)
			}
		}
	})
}

// text is what a reader sees of HTML without entities but those of html.EscapeString.
func text(coloured string) string {
	return html.UnescapeString(regexp.MustCompile(`</?span[^>]*>`).ReplaceAllString(coloured, ""))
}
