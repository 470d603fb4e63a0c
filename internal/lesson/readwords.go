package lesson

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// readWords reads a file of words. Whether they fit the lesson is checked elsewhere.
func readWords(files fs.FS, name string) (*Words, *wordsFile) {
	d, file := coursefile.Open(files, name)
	f := &wordsFile{Document: d, lines: make(map[string]int)}
	if d.Failed {
		return nil, f
	}
	w := &Words{
		Parts: make(map[string]*Part), Choices: make(map[string]map[string]ChoiceWords),
		Skipped: make(map[string]Inline), Otherwise: make(map[string]Inline), Wrong: make(map[string]map[string]Inline),
		Goals: make(map[string]GoalWords), Controls: make(map[string]string),
	}
	for i, s := range sections(file) {
		if i > 0 {
			if f.lines[s.id] > 0 {
				d.At(s.line, "there is a section %q already", s.id)
				continue
			}
			f.order, f.lines[s.id] = append(f.order, s.id), s.line
		}
		f.section(w, s)
	}
	return w, f
}

// A wordsFile is a file of words that was read.
type wordsFile struct {
	*coursefile.Document
	order []string       // the ids of its sections
	lines map[string]int // where they, and the rows of tables in them, are
}

// section reads one section.
func (f *wordsFile) section(w *Words, s section) {
	d := f.Document
	f.labels(s)
	switch blocks, rows := s.markdown(d); s.id {
	case "":
		w.Title, w.Question, w.Story = s.label("title"), s.label("question"), s.label("story")
		f.only(blocks, rows, false)
	case Take:
		f.take(w, s, blocks)
	case "goals":
		f.only(blocks, rows, true)
		for _, r := range f.rows(s.id, rows, 4) {
			w.Goals[r.id] = GoalWords{r.cells[0], r.cells[1], r.cells[2]}
		}
	case "controls":
		f.only(blocks, rows, true)
		for _, r := range f.rows(s.id, rows, 2) {
			w.Controls[r.id] = r.cells[0].Plain(nil)
		}
	case "teacher":
		w.Teacher = blocks
	default:
		f.part(w, s, blocks, rows)
	}
}

// part reads a part of a question.
func (f *wordsFile) part(w *Words, s section, blocks []Block, rows []row) {
	d := f.Document
	question, stage := SplitPart(s.id)
	p := &Part{ID: s.id, Heading: s.paragraphOf(d, "###"), Blocks: blocks, Source: s.paragraphOf(d, "source")}
	w.Parts[s.id] = p
	if stage != Predict {
		if len(rows) > 0 {
			d.At(rows[0].line, "tables are for choices, goals and controls")
		}
		return
	}
	p.ask()
	w.Choices[question] = make(map[string]ChoiceWords)
	for _, r := range f.rows(s.id, rows, 4) {
		w.Choices[question][r.id] = ChoiceWords{r.cells[0], r.cells[1], r.cells[2]}
	}
	w.Skipped[question], w.Otherwise[question] = s.paragraphOf(d, "skipped"), s.paragraphOf(d, "otherwise")
}

// ask takes the question out of the blocks: the last paragraph, which is strong.
func (p *Part) ask() {
	n := len(p.Blocks)
	if n == 0 || p.Blocks[n-1].Kind != Paragraph {
		return
	}
	if said := p.Blocks[n-1].Inline; len(said) == 1 && said[0].Kind == Strong {
		p.Ask, p.Blocks = said[0].Inner, p.Blocks[:n-1]
	}
}

// take reads what to take away.
func (f *wordsFile) take(w *Words, s section, blocks []Block) {
	d := f.Document
	if len(blocks) > 0 && blocks[0].Kind == Paragraph {
		w.Take = blocks[0].Inline
	}
	for _, b := range blocks[min(1, len(blocks)):] {
		d.At(b.line, "what to take away is one paragraph")
	}
	w.Also, w.Next = s.paragraphOf(d, "also"), s.paragraphOf(d, "next")
	for _, p := range s.pieces {
		choice, ok := strings.CutPrefix(p.kind, "wrong")
		if !ok {
			continue
		}
		choice = strings.TrimSpace(choice)
		question, id, _ := strings.Cut(choice, "=")
		if w.Wrong[question] == nil {
			w.Wrong[question] = make(map[string]Inline)
		}
		w.Wrong[question][id] = p.paragraph(d)
		f.lines["wrong "+choice] = p.line
	}
}

// only notes blocks and tables where there must be none, or none but one table.
func (f *wordsFile) only(blocks []Block, rows []row, table bool) {
	for _, b := range blocks {
		f.At(b.line, "this says nothing here")
	}
	if len(rows) > 0 && !table {
		f.At(rows[0].line, "a table says nothing here")
	}
}

// A named row is what a table says of an id.
type namedRow struct {
	id    string
	cells []Inline
}

// rows are those of a table of ids, without its head, all of them with so many cells.
func (f *wordsFile) rows(section string, rows []row, cells int) (all []namedRow) {
	for _, r := range rows[min(1, len(rows)):] {
		if len(r.cells) != cells {
			f.At(r.line, "a row of this table has %d cells; this has %d", cells, len(r.cells))
			continue
		}
		id := strings.TrimSpace(r.cells[0].Plain(nil))
		if f.lines[section+" "+id] > 0 {
			f.At(r.line, "there is a row %q already", id)
			continue
		}
		f.lines[section+" "+id] = r.line
		all = append(all, namedRow{id, r.cells[1:]})
	}
	return all
}

// labels notes lines that say what they are in a section where that says nothing.
func (f *wordsFile) labels(s section) {
	_, stage := SplitPart(s.id)
	var known []string
	switch {
	case s.id == "":
		known = []string{"title", "question", "story"}
	case s.id == Take:
		known = []string{"also", "next"}
	case stage == Predict:
		known = []string{"skipped", "otherwise", "###"}
	case stage == Explain || s.id == Change+"."+Observe:
		known = []string{"source", "###"}
	case stage != "":
		known = []string{"###"}
	}
	seen := make(map[string]bool)
	for _, p := range s.pieces {
		label, _, _ := strings.Cut(p.kind, " ")
		switch {
		case p.kind == "" || strings.HasPrefix(p.kind, "::") || label == "wrong" && s.id == Take:
		case !slices.Contains(known, p.kind):
			f.At(p.line, "%q says nothing here", p.kind)
		case seen[p.kind]:
			f.At(p.line, "there is a line %q already", p.kind)
		}
		seen[p.kind] = true
	}
}

// label is the text of a line that says what it is.
func (s *section) label(kind string) string {
	for _, p := range s.pieces {
		if p.kind == kind {
			return strings.Join(strings.Fields(p.text), " ")
		}
	}
	return ""
}
