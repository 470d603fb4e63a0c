package handlers_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// block is a TOML file in a README, which begins with its name.
var block = regexp.MustCompile("(?ms)^```toml\n# (lessons/[a-z/-]+\\.toml)\n.*?^```$")

// lessonsOf writes the files that a README shows into a folder.
func lessonsOf(t *testing.T, readme string) (dir string) {
	t.Helper()
	text := must(os.ReadFile(readme))(t)
	dir = t.TempDir()
	for _, found := range block.FindAllStringSubmatch(string(text), -1) {
		name := filepath.Join(dir, found[1])
		content := strings.TrimSuffix(strings.TrimPrefix(found[0], "```toml\n"), "```")
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "lessons")
}

func TestTheExperimentInTheREADMELoadsAndComesToItsVerdicts(t *testing.T) {
	given, _ := experiments()
	for _, readme := range []string{"../README.md", "../README.zh.md"} {
		all, problems := experiment.LoadLessons(lessonsOf(t, readme), given)
		for _, p := range problems {
			t.Errorf("%s: %v", readme, p)
		}
		if len(all) != 1 || all[0].Slug != "empty-store" {
			t.Fatalf("%s has %d experiments; want the one", readme, len(all))
		}
		l := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Entries, o.Limits.Steps = 1e4, 1e4 }).learner()
		for _, v := range all[0].Variants {
			got, err := l.run(all[0], v.ID)
			verdict, _ := all[0].Verdict(got.Verdict)
			if err != nil || !slices.Contains(verdict.Variants, v.ID) || got.EventAt == 0 {
				t.Errorf("%s, %s: %q, %v; want the verdict that is for it", readme, v.ID, got.Verdict, err)
			}
		}
	}
}

func TestATeachersExperimentsFollowThoseOfTheCourse(t *testing.T) {
	given, _ := experiments()
	own, _ := experiment.LoadLessons(lessonsOf(t, "../README.md"), given)
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Experiments = always(slices.Concat(given, own)) })
	for lang, words := range map[string][]string{"en": {"Your own", "Is Alice still logged in?"}, "zh": {"自己的实验", "有人清空了存储"}} {
		b := s.Browser(t)
		page := b.Get("/" + lang + "/experiments").Want(200).Body
		last := strings.LastIndex(page, "/experiments/too-large")
		for _, w := range words {
			if i := strings.Index(page, w); i < last || last < 0 {
				t.Errorf("%s: %q is not after the experiments of the course", lang, w)
			}
		}
		if n := strings.Count(page, `<section class="part"`); n != experiment.OwnChapter {
			t.Errorf("%s: there are %d chapters; want %d", lang, n, experiment.OwnChapter)
		}
		one := b.Get("/" + lang + "/experiments/empty-store").Want(200).Body
		if !strings.Contains(one, words[0]) || !strings.Contains(one, "/experiments/too-large") {
			t.Errorf("%s: its page does not say where it stands", lang)
		}
	}
}
