package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// On paper. Only Chromium prints for a test.

// printed prints the page as it is, and returns the text of the sheets.
func (p *Page) printed() string {
	p.t.Helper()
	tool, err := exec.LookPath("pdftotext")
	requireTool(p.t, "pdftotext", err)
	file := filepath.Join(p.t.TempDir(), "page.pdf")
	p.do(func(ctx context.Context) error {
		pdf, err := act(ctx, p.tab.(*chromiumTab), chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			return err
		}
		return os.WriteFile(file, pdf, 0o600)
	})
	text, err := exec.Command(tool, "-layout", file, "-").CombinedOutput()
	if err != nil {
		p.t.Fatalf("pdftotext: %v: %s", err, text)
	}
	return string(text)
}

var blank = regexp.MustCompile(`\s+`)

// squeezed is a text without blanks: on paper, lines break elsewhere.
func squeezed(text string) string { return blank.ReplaceAllString(text, "") }

// sheets counts the pages of a text that was printed.
func sheets(text string) int { return strings.Count(text, "\f") }

func TestACompactHandoutTakesFewPages(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("colour", "teal")
	b.Permanent()
	b.Logout()
	for path, want := range map[string]int{
		"/en/lab/print?form=two": 2, "/zh/lab/print?form=two": 2, "/en/lab/print?form=lines": 1,
	} {
		b.Go(path)
		if got := sheets(b.printed()); got != want {
			t.Errorf("%s takes %d pages; want %d", path, got, want)
		}
	}
	b.Go("/en/lab/print")
	if got := sheets(b.printed()); got < 4 {
		t.Errorf("the full handout of 4 steps takes %d pages; want one a step or more", got)
	}
	b.Click(`.page-h nav a[href$="form=lines"]`)
	b.Await(`location.search === "?form=lines" && document.querySelectorAll(".lines tbody tr").length === 4`)
	b.Click(`.page-h nav a[href$="/print"]`)
	b.Await(`location.search === "" && document.querySelector(".transcript")`)
}

func TestAStepAndTheBenchArePrinted(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("colour", "teal")
	onPaper := func(path string, has, lacks []string) {
		t.Helper()
		b.Go(path)
		text := squeezed(b.printed())
		for _, want := range has {
			if !strings.Contains(text, squeezed(want)) {
				t.Errorf("%s on paper lacks %q", path, want)
			}
		}
		for _, not := range lacks {
			if strings.Contains(text, squeezed(not)) {
				t.Errorf("%s on paper has %q", path, not)
			}
		}
	}
	controls := []string{"Who am I?", "Clear", "Settings", "Copy"}
	var of [3][]string
	for n := 1; n <= 2; n++ {
		s := b.Step(n)
		of[n] = []string{s.After.Cookie.Raw, s.After.Record.Key, s.Lesson}
		for _, e := range s.Events {
			of[n] = append(of[n], e.Title)
		}
	}
	onPaper("/en/lab?step=2", of[2], append(controls, of[1][2]))
	onPaper("/en/lab?step=2&event=1", of[2][:1], nil) // both sides as they came to be
	onPaper("/en/lab/print", append(of[1], of[2]...), controls)
}

// The final sheet is one page, without the controls around it.
func TestTheFinalSheetTakesOnePage(t *testing.T) {
	t.Parallel()
	p := chromium.page(t, startApp(t).URL, View{ReducedMotion: true})
	for path, title := range map[string]string{"/en/course/sheet": "as I saw it", "/zh/course/sheet": "我亲眼看到的"} {
		p.Go(path)
		text := p.printed()
		if got := sheets(text); got != 1 {
			t.Errorf("%s takes %d pages; want 1", path, got)
		}
		if paper := squeezed(text); !strings.Contains(paper, squeezed(title)) || strings.Contains(paper, "PDF") {
			t.Errorf("%s on paper is %q; want its title, and no control", path, text)
		}
	}
}
