package lesson_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// mistakes are changes of one file of the README's lesson, each with what is said of it.
var mistakes = map[string]struct {
	file, old, new string
	at             string // what stands in the line of the mistake
	want           string // the beginning of the message
}{
	"a key that is misspelt":    {"lesson.toml", "lens =", "lense =", "lense", `nothing is called "lense" here`},
	"minutes without end":       {"lesson.toml", "minutes = 3", "minutes = 300", "minutes", "minutes must be a number from 1 to 60"},
	"an unknown path":           {"lesson.toml", "minutes = 3", "minutes = 3\npaths = [\"30\"]", "paths", `there is no path "30"; there is 45, 90`},
	"brief off its paths":       {"lesson.toml", "minutes = 3", "minutes = 3\nbrief = [\"45\"]", "brief", `there is no path "45"; there is none at all`},
	"nothing to leave out":      {"lesson.toml", "minutes = 3", "minutes = 3\npaths = [\"45\"]\nbrief = [\"45\"]", "brief", `there is no question "change" to leave out`},
	"an unknown beginning":      {"lesson.toml", `own = "login"`, `own = "logout"`, "own", `own can be "login" or "clear", or be left out; it is "logout"`},
	"an unknown setting":        {"lesson.toml", `mechanism = "server"`, `mechanics = "server"`, "mechanics", `there is no setting "mechanics"; there is secret_key`},
	"a bad setting":             {"lesson.toml", `mechanism = "server"`, `mechanism = "sever"`, "sever", `the setting mechanism cannot be "sever"; it can be server, flask, gorilla`},
	"an unknown control":        {"lesson.toml", `controls = ["me"`, `controls = ["mee"`, "controls", `there is no control "mee"; there is key, value, login`},
	"an unknown event drawn":    {"lesson.toml", `"code.ran"`, `"code.run"`, "lens", `there is no event "code.run"`},
	"an act that is nothing":    {"lesson.toml", `send = "me"`, `count = 3`, `"ask"`, "an act is exactly one of send, do, clock, server, try, together, settings and experiment; this is none at all"},
	"an act that is two":        {"lesson.toml", `send = "me"`, `send = "me", clock = "1h"`, `id = "ask"`, "an act is exactly one of send, do, clock, server, try, together, settings and experiment; this is send, clock"},
	"an act of nobody":          {"lesson.toml", `send = "me"`, `do = "close"`, `"close"`, `by must be one of the browsers none at all; it is ""`},
	"an act of a stranger":      {"lesson.toml", `send = "me"`, `send = "me", by = "eve"`, `"eve"`, `by must be one of the browsers none at all; it is "eve"`},
	"an act for variants":       {"lesson.toml", `send = "me"`, `send = "me", only = ["x"]`, `only`, "only and except are for experiments"},
	"an own act over https":     {"lesson.toml", `send = "me"`, `send = "me", over = "https"`, `over`, "the learner's own browser sends this as its page came"},
	"an unknown operation":      {"lesson.toml", `send = "me"`, `send = "whoami"`, "whoami", `there is no operation "whoami"; there is login`},
	"a missing field":           {"lesson.toml", `, value = "dark"`, ``, `id = "write"`, "set needs the fields key, value; it has key"},
	"an unknown experiment":     {"lesson.toml", `send = "me"`, `experiment = "theft", variant = "open"`, "theft", `there is no experiment "theft"; there is none at all`},
	"two acts of one name":      {"lesson.toml", `id = "write"`, `id = "ask"`, `send = "set"`, `there is a act "ask" already`},
	"an unknown named step":     {"lesson.toml", `'asked.Record`, `'aked.Record`, "aked", "when, column 1: unknown name aked; the named steps are login, asked, wrote"},
	"a later named step":        {"lesson.toml", `it.Op == "me" &&`, `wrote.Ran &&`, "wrote.Ran", "when, column 1: unknown name wrote; the named steps are login"},
	"an unknown field of it":    {"lesson.toml", `it.Op == "me"`, `it.Operation == "me"`, "it.Operation", "when, column 4: type lesson.Seen has no field Operation"},
	"what is never said":        {"lesson.toml", `it.Op == "me"`, `it.Op == "ask"`, `"ask" && it`, `when, column 10: Op is never "ask"; it can be `},
	"who never sends":           {"lesson.toml", `it.Op == "me"`, `it.By == "eve"`, `it.By`, `when, column 10: By is never "eve"; it can be , other`},
	"what is no condition":      {"lesson.toml", `'wrote.Record == "changed"'`, `'wrote.Record'`, `'wrote.Record'`, "when, column 1: expected bool"},
	"what never changes":        {"lesson.toml", `'asked.NewVersion && wrote.NewVersion'`, `'false'`, `'false'`, "right: this always says the same, whatever happens"},
	"a step after none":         {"lesson.toml", `after = "login"`, `after = "logn"`, "logn", `there is no named step before this one "logn"; there is login`},
	"an unknown entry":          {"lesson.toml", `after = "login"`, `entry = "clock.move"`, "clock.move", `there is no entry "clock.move"; there is browser.opened`},
	"a question shown too soon": {"lesson.toml", `shown = ["asked", "wrote"]`, `shown = ["asked"]`, "question =", `show must be one of the steps that are there when the result is revealed: asked, login; it is "wrote"`},
	"a right that is not known": {"lesson.toml", `shown = ["asked", "wrote"]`, `shown = ["asked"]`, `id = "a", right`, `right: the step "wrote" need not be there when the result is revealed`},
	"an unknown act to do":      {"lesson.toml", `do = ["ask"]`, `do = ["aks"]`, "aks", `there is no act "aks"; there is ask, write`},
	"a goal of no question":     {"lesson.toml", `id = "g1", part = "q1"`, `id = "g1", part = "q2"`, `"q2"`, `there is no question "q2"; there is q1`},
	"a goal's step":             {"lesson.toml", `step = "asked", do`, `step = "wrote", do`, `"g1"`, `step must be one of the steps that are there when the goal is reached: asked, login; it is "wrote"`},
	"too few goals":             {"lesson.toml", "  { id = \"g3\"", "# { id = \"g3\"", `"g1"`, "a lesson has 3 to 6 goals; this has 2"},
	"no row of the note":        {"lesson.toml", `do = ["ask"] }`, `do = ["ask"], notes = [21] }`, "21", "the lecture note has rows 1 to 20, and no row 21"},

	"a missing title":         {"en.md", "title: Reading and writing", "", "<!--", "words are missing: title"},
	"a misspelt label":        {"en.md", "story: You", "Story: You", "<!--", "words are missing: story"},
	"a missing part":          {"en.md", "## q1.explain", "## q1.explains", "<!--", `the section "q1.explain" is missing`},
	"a part too much":         {"en.md", "## q1.explain", "## q1.explains", "## q1.explains", `these words are for "q1.explains", which is not in the script`},
	"a part twice":            {"en.md", "## q1.observe", "## q1.act", "## q1.act\n### Only", `there is a section "q1.act" already`},
	"a missing heading":       {"en.md", "### Only writing changed it\n", "", "## q1.observe", "words are missing: the heading of q1.observe"},
	"a missing source":        {"en.md", "source: the", "And the", "## q1.explain", "words are missing: the source of q1.explain"},
	"a question without mark": {"en.md", "**When does", "When does", "## q1.predict", "the last paragraph before the choices must be the question"},
	"a missing answer":        {"en.md", "| right | Right. |", "| right | |", "| b |", "words are missing: the answer of choice b of q1"},
	"a missing choice":        {"en.md", "| b | Only", "| c | Only", "## q1.predict", `words are missing: the choice "b"`},
	"a choice too much":       {"en.md", "| b | Only", "| c | Only", "| c |", `these words are for the choice "c", which is not in the script; there is a, b`},
	"a row too short":         {"en.md", "| Both times. | every request is stored |", "| Both times. |", "| a |", "words are missing: the answer of choice a"},
	"no word for skipping":    {"en.md", "skipped: Compare the versions below.\n", "", "## q1.predict", "words are missing: skipped"},
	"no way to begin again":   {"en.md", "[Restart this lesson](restart)", "", "## q1.predict", "words are missing: otherwise, for when no choice is right, with a link to (restart)"},
	"a link to nowhere":       {"en.md", "(store)", "(stores)", "(stores)", `a link cannot lead to "stores"; it can to do:ACT, jar`},
	"a link to no act":        {"en.md", "(do:ask)", "(do:aks)", "(do:aks)", `there is no act "aks"; there is ask, write`},
	"an act without a button": {"en.md", "[Who am I?](do:ask)", "Who am I?", "## q1.act", `no text button of the question q1 does the act "ask"`},
	"a link to no event":      {"en.md", "save.done", "save.doen", "save.doen", `there is no event "save.doen"`},
	"a link to no step":       {"en.md", "code:wrote", "code:wrot", "code:wrot", `there is no named step "wrot"; there is login, asked, wrote`},
	"a link to no lesson":     {"en.md", "Needs lesson 2.", "Needs [lesson 2](lesson:login).", "Needs", `there is no lesson "login"; there is reading`},
	"a link to no experiment": {"en.md", "Needs lesson 2.", "See [it](experiment:theft).", "See [it]", `there is no experiment "theft"; there is none`},
	"a step that is unknown":  {"en.md", "{{asked.N}}", "{{aked.N}}", "aked", "{{aked.N}}, column 1: unknown name aked"},
	"a gap in the text":       {"en.md", "{{login.Now.Version}}", "{{wrote.Now.Version}}", "Your record is", `the step "wrote" need not be there when this is read; there is login (see shown)`},
	"an unknown block":        {"en.md", "::compare wrote", "::compere wrote", "::compere", `there is no block "::compere"`},
	"a block of no step":      {"en.md", "::compare wrote", "::compare wrot", "::compare", `there is no named step "wrot"`},
	"a line of neither":       {"en.md", "::compare wrote", "::line wrote body", "::line", `::line shows set or cookie of a step; this is "body"`},
	"a quotation":             {"en.md", "After step", "> After step", "> After", "a lesson has paragraphs, lists and fenced code; this is a Blockquote"},
	"HTML":                    {"en.md", "After step", "<b>After</b> step", "<b>", "this is not known here: a RawHTML"},
	"strong without end":      {"en.md", "After step", "**After step", "**After", `"**" is a mark that is not closed`},
	"too many words":          {"en.md", "You ask who", strings.Repeat("word ", 60) + "You ask who", "## q1.predict", "q1.predict has 84 words; it may have 60"},
	"too many characters":     {"zh.md", "你先问", strings.Repeat("字", 100) + "你先问", "## q1.predict", "q1.predict has 1"},
	"no wrong of that name":   {"en.md", "next: Who", "wrong q1=d: No.\nnext: Who", "wrong", "there is no choice q1=d"},
	"a wrong in one language": {"en.md", "next: Who", "wrong q1=a: No.\nnext: Who", "wrong", "the words in zh have no wrong q1=a"},
	"two paragraphs to take":  {"en.md", "The record is read", "One.\n\nThe record is read", "The record is read", "what to take away is one paragraph"},
	"a missing goal":          {"en.md", "| g2 |", "| g4 |", "## goals", `words are missing: the goal "g2"`},
	"a goal without a hint":   {"en.md", "| Ask first. |", "| |", "| g2 |", "words are missing: a goal has a text, a hint"},
	"nothing for the teacher": {"en.md", "- Needs lesson 2.", "", "## teacher", "words for the teacher are missing"},
}

func TestMistakesAreToldWithFileAndLine(t *testing.T) {
	for name, m := range mistakes {
		t.Run(name, func(t *testing.T) {
			dir := ownFolder(t, "../../README.md")
			file := filepath.Join(dir, "lessons/15-reading", m.file)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Replace(string(data), m.old, m.new, 1)
			if text == string(data) {
				t.Fatalf("%s has no %q", m.file, m.old)
			}
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			line := strings.Count(text[:strings.Index(text, m.at)], "\n") + 1
			want := fmt.Sprintf("%s:%d: %s", file, line, m.want)
			all, problems := lesson.LoadLessons(dir, nil, nil)
			if len(all) > 0 {
				t.Error("it loads nevertheless")
			}
			for _, p := range problems {
				if strings.HasPrefix(p.Error(), want) {
					return
				}
			}
			t.Errorf("%v; want %s", problems, want)
		})
	}
}
