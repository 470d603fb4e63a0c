package experiment_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

func TestTheExperimentsOfTheCourseHaveNoMistake(t *testing.T) {
	all, problems := experiment.Load(course.Experiments())
	for _, p := range problems {
		t.Error(p)
	}
	if len(all) != 16 {
		t.Fatalf("there are %d experiments; want 16", len(all))
	}
	for i, e := range all {
		if e.Order != i+1 {
			t.Errorf("%s is number %d of the story; want %d", e.Slug, e.Order, i+1)
		}
	}
}

// mistakes are changes of one file of the experiment "theft", each with what is said of it.
var mistakes = map[string]struct {
	file, old, new string
	at             string // what stands in the line of the mistake
	want           string // the beginning of the message
}{
	"an unknown name":         {"experiment.toml", "ask.User ==", "asked.User ==", "asked", "when, column 45: unknown name asked; the acts are login, read, take, wait, ask"},
	"an unknown field":        {"experiment.toml", "ask.User ==", "ask.Usr ==", "ask.Usr", "when, column 49: type experiment.Observed has no field Usr"},
	"what is never said":      {"experiment.toml", `ask.Outcome == "done" && ask.User`, `ask.Outcome == "dnoe" && ask.User`, "dnoe", `when, column 35: Outcome is never "dnoe"; it can be done, nobody`},
	"what is no condition":    {"experiment.toml", `when = 'read.Ran`, `when = 'read.Text' # 'read.Ran`, "when = 'read.Text' #", "when, column 1: expected bool"},
	"what never changes":      {"experiment.toml", `when = 'read.Ran`, `when = '1 < 2' # 'read.Ran`, "1 < 2", "when: this always says the same"},
	"an unknown act":          {"experiment.toml", `what = "read"`, `what = "red"`, `"red"`, `what cannot be "red"; it can be read`},
	"an act that is nothing":  {"experiment.toml", `do = "document-cookie"`, ``, `id = "read"`, "an act is exactly one of send, do, clock, server, try and together; this is none at all"},
	"an act that is two":      {"experiment.toml", `clock = "32d"`, "clock = \"32d\"\nserver = \"empty\"", `id = "wait"`, "an act is exactly one of send, do, clock, server, try and together; this is clock, server"},
	"an unknown deed":         {"experiment.toml", `do = "document-cookie"`, `do = "peek"`, `"peek"`, `do cannot be "peek"; it can be close, reopen`},
	"an unknown operation":    {"experiment.toml", `send = "me"`, `send = "whoami"`, `"whoami"`, `there is no operation "whoami"; there is login, logout`},
	"a missing field":         {"experiment.toml", `, pwd = "rabbit"`, ``, "form =", "login needs the fields pwd, uname; it has uname"},
	"an unknown browser":      {"experiment.toml", "by = \"mallory\"\nsend", "by = \"malory\"\nsend", `"malory"`, `by must be one of the browsers alice, mallory; it is "malory"`},
	"no length of time":       {"experiment.toml", `"32d"`, `"soon"`, `"soon"`, `clock must be a length of time, as in 90m or 31d; it is "soon"`},
	"an unknown variant":      {"experiment.toml", `only = ["expired"]`, `only = ["late"]`, `"late"`, `there is no variant "late"; there is open, http-only, expired`},
	"an unknown verdict":      {"experiment.toml", `verdicts = ["stolen"]`, `verdicts = ["taken"]`, `"taken"`, `there is no verdict "taken"; there is stolen, out-of-reach, too-late`},
	"an unknown setting":      {"experiment.toml", `{ http_only = "true" }`, `{ httponly = "true" }`, "httponly", `there is no setting "httponly"; there is secret_key`},
	"a bad setting":           {"experiment.toml", `{ http_only = "true" }`, `{ http_only = "maybe" }`, "maybe", `the setting http_only cannot be "maybe"; it can be true, false`},
	"an unknown event":        {"experiment.toml", `"session.expired"`, `"session.over"`, "session.over", `there is no event "session.over"; there is request.sent`},
	"an unknown attribute":    {"experiment.toml", `attribute = "HttpOnly"`, `attribute = "httponly"`, `"httponly"`, `attribute cannot be "httponly"; it can be Expires, HttpOnly, SameSite, Secure`},
	"a verdict of no variant": {"experiment.toml", `variants = ["expired"]`, `variants = []`, "variants = []", `the verdict "too-late" is given by no variant`},
	"a variant of no verdict": {"experiment.toml", `variants = ["expired"]`, `variants = []`, `id = "expired"`, `the variant "expired" gives no verdict`},
	"a variant of two":        {"experiment.toml", `variants = ["expired"]`, `variants = ["expired", "open"]`, `["expired", "open"]`, `the variant "open" gives the verdict "stolen" already`},
	"what nobody predicts":    {"experiment.toml", `verdicts = ["stolen"]`, `verdicts = []`, `id = "stolen"`, `no choice predicts the verdict "stolen"`},
	"a key of no signature":   {"experiment.toml", `do = "document-cookie"`, `try = "crack"`, `"crack"`, `this needs the setting mechanism = "flask"; in the variant "open" it is "server"`},
	"no row of the note":      {"experiment.toml", `notes = [3]`, `notes = [21]`, "notes", "the lecture note has rows 1 to 20, and no row 21"},
	"a step that is none":     {"experiment.toml", `step = "ask"`, `step = "wait"`, `step = "wait"`, `step must be an act that sends a request; it is "wait"`},
	"a step that is left out": {"experiment.toml", "send = \"me\"", "send = \"me\"\nonly = [\"open\"]", `step = "ask"`, `the act "ask" is not done in the variant "expired"`},
	"an unknown key":          {"experiment.toml", `clock = "32d"`, "clock = \"32d\"\nclok = \"32d\"", "clok", `nothing is called "clok" here; mind the spelling`},
	"no chapter":              {"experiment.toml", `chapter = 3`, `chapter = 9`, "chapter", "chapter must be a number from 1 to 4"},
	"another type":            {"experiment.toml", `order = 7`, `order = "seven"`, "seven", "order: incompatible types"},
	"no TOML":                 {"experiment.toml", `order = 7`, `order = `, "order =", ""},
	"the same id again":       {"experiment.toml", `id = "take"`, "id = \"read\" # again", "again", `there is an act "read" already`},
	"a missing word":          {"zh.toml", `wait = "过了 32 天。服务器只认 31 天以内的会话。"`, ``, "[act]", "words are missing: act.wait"},
	"terms of one language":   {"zh.toml", `terms = `, `# `, "title", "words are missing: terms, which another language has"},
	"no title":                {"en.toml", `title = "Theft"`, `title = ""`, "title =", "words are missing: title"},
	"a word for nothing":      {"en.toml", `[brief]`, "[brief]\nstoln = \"x\"", "stoln", `these words are for the brief "stoln", which is not in the script; there is stolen`},
	"an unknown key of words": {"en.toml", `title = "Theft"`, "title = \"Theft\"\ntitel = \"Theft\"", "titel", `nothing is called "titel" here`},
	"an unknown placeholder":  {"en.toml", `ask = "Mallory asks`, `ask = "{gess.Tried} Mallory asks`, "gess", `{gess.Tried}, column 1: unknown name gess`},
}

func TestAMistakeIsToldWithFileAndLine(t *testing.T) {
	for what, m := range mistakes {
		files := copyOf(t, "theft", "fixation")
		name := "theft/" + m.file
		text := string(files[name].Data)
		changed := strings.Replace(text, m.old, m.new, 1)
		before, _, found := strings.Cut(changed, m.at)
		if changed == text || !found {
			t.Errorf("%s: %s has no %q, or no %q", what, name, m.old, m.at)
			continue
		}
		files[name] = &fstest.MapFile{Data: []byte(changed)}
		all, problems := experiment.Load(files)
		if len(all) != 1 || all[0].Slug != "fixation" {
			t.Errorf("%s: %d experiments are loaded; want the other one", what, len(all))
		}
		want := fmt.Sprintf("%s:%d: %s", name, strings.Count(before, "\n")+1, m.want)
		if !slices.ContainsFunc(problems, func(err error) bool { return strings.HasPrefix(err.Error(), want) }) {
			t.Errorf("%s: %v; want %s", what, problems, want)
		}
	}
}

func TestALanguageMustBeThere(t *testing.T) {
	files := copyOf(t, "theft")
	delete(files, "theft/zh.toml")
	all, problems := experiment.Load(files)
	if want := "theft/zh.toml:1: there must be a file theft/zh.toml"; len(all) != 0 || len(problems) != 1 || problems[0].Error() != want {
		t.Errorf("%v; want %s", problems, want)
	}
}

// copyOf is a folder with some of the product's own experiments.
func copyOf(t *testing.T, slugs ...string) fstest.MapFS {
	t.Helper()
	files := make(fstest.MapFS)
	for _, slug := range slugs {
		for _, name := range []string{"experiment.toml", "en.toml", "zh.toml"} {
			data, err := fs.ReadFile(course.Experiments(), slug+"/"+name)
			if err != nil {
				t.Fatal(err)
			}
			files[slug+"/"+name] = &fstest.MapFile{Data: data}
		}
	}
	return files
}

// BenchmarkLoad is a part of each start of the program.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		experiment.Load(course.Experiments())
	}
}
