package lesson

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// A section is what stands below "## id".
type section struct {
	id     string
	line   int
	pieces []piece
}

// A piece is a stretch of a section. Its kind is "" for Markdown; else a word such as
// "source", of which the text is Markdown; or the mark of a block such as "::compare".
type piece struct {
	kind string
	text string
	line int
}

// labelled is a line that says what it is. Both colons are accepted: a Chinese keyboard
// has the wide one.
var labelled = regexp.MustCompile(`^(title|question|story|skipped|otherwise|source|also|next|wrong\s+\S+=\S+)\s*[:：]\s*(.*)$`)

// sections cuts a file into its head, which has no id, and its sections.
func sections(file string) []section {
	all := []section{{line: 1}}
	number, fence := 0, ""
	for line := range strings.Lines(file) {
		number++
		line = strings.TrimRight(line, "\r\n")
		last := &all[len(all)-1]
		trimmed := strings.TrimSpace(line)
		if mark, ok := fenceMark(trimmed); ok && (fence == "" || fence == mark) {
			last.add(line, number)
			if fence == "" {
				fence = mark
			} else {
				fence = ""
			}
			continue
		}
		if fence != "" {
			last.add(line, number)
			continue
		}
		if id, ok := strings.CutPrefix(line, "## "); ok {
			all = append(all, section{id: strings.TrimSpace(id), line: number})
			continue
		}
		last.read(line, number)
	}
	return all
}

// fenceMark tells whether a line begins or ends code in lines of its own.
func fenceMark(line string) (mark string, ok bool) {
	for _, mark := range [...]string{"```", "~~~"} {
		if strings.HasPrefix(line, mark) {
			return mark, true
		}
	}
	return "", false
}

// read takes a line that is not in code.
func (s *section) read(line string, number int) {
	if found := labelled.FindStringSubmatch(line); found != nil {
		s.pieces = append(s.pieces, piece{found[1], found[2], number})
		return
	}
	if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "### ") {
		kind, rest, _ := strings.Cut(line, " ")
		s.pieces = append(s.pieces, piece{kind, strings.TrimSpace(rest), number})
		return
	}
	n := len(s.pieces)
	if n > 0 && s.pieces[n-1].goesOn(line) {
		s.pieces[n-1].text += "\n" + line
		return
	}
	s.add(line, number)
}

// add adds a line of Markdown.
func (s *section) add(line string, number int) {
	if n := len(s.pieces); n > 0 && s.pieces[n-1].kind == "" {
		s.pieces[n-1].text += "\n" + line
		return
	}
	s.pieces = append(s.pieces, piece{"", line, number})
}

// goesOn reports whether a line belongs to a piece that says what it is: until an empty
// line it does.
func (p piece) goesOn(line string) bool {
	return p.kind != "" && p.kind != "###" && !strings.HasPrefix(p.kind, "::") && strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "|")
}

// paragraph reads a piece that is one paragraph.
func (p piece) paragraph(d *coursefile.Document) Inline {
	r, doc := read(d, p.text, p.line)
	if doc.FirstChild() == nil {
		return nil
	}
	if doc.ChildCount() > 1 || doc.FirstChild().Kind() != ast.KindParagraph {
		d.At(p.line, "this is one paragraph")
	}
	return r.inline(doc.FirstChild())
}

// markdown reads the tables of a section, and its other Markdown as blocks.
func (s *section) markdown(d *coursefile.Document) (blocks []Block, rows []row) {
	for _, p := range s.pieces {
		switch p.kind {
		case "":
			r, doc := read(d, p.text, p.line)
			for n := doc.FirstChild(); n != nil; {
				next := n.NextSibling()
				if t, ok := n.(*tables.Table); ok {
					rows = append(rows, r.rows(t)...)
					doc.RemoveChild(doc, n)
				}
				n = next
			}
			blocks = append(blocks, r.blocks(doc)...)
		case "::compare":
			blocks = append(blocks, Block{Kind: Compare, Step: p.text, line: p.line})
		case "::line":
			named, what, _ := strings.Cut(p.text, " ")
			blocks = append(blocks, Block{Kind: Line, Step: named, What: strings.TrimSpace(what), line: p.line})
		case "::code":
			r := &reader{Document: d, first: p.line}
			hiddenText := r.hide(p.text)
			blocks = append(blocks, Block{Kind: Code, Inline: r.spans(hiddenText, p.line), line: p.line})
		default:
			if strings.HasPrefix(p.kind, "::") {
				d.At(p.line, "there is no block %q; there is ::compare STEP, ::line STEP set, ::line STEP cookie and ::code LINE", p.kind)
			}
		}
	}
	return blocks, rows
}

// paragraphOf is the piece of a kind as one paragraph, nil if there is none.
func (s *section) paragraphOf(d *coursefile.Document, kind string) Inline {
	for _, p := range s.pieces {
		if p.kind == kind {
			return p.paragraph(d)
		}
	}
	return nil
}
