package lesson

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// markdown reads lessons. Nothing is ever rendered by it.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// A reader turns a stretch of Markdown into blocks.
type reader struct {
	*coursefile.Document
	source []byte
	first  int      // the line of the source's first
	exprs  []string // what stands in {{…}}, in order: see [reader.hide]
}

// placeholder is what stands in words for what happened.
var placeholder = regexp.MustCompile(`\{\{(.*?)\}\}`)

// hiding begins and ends what stands for a placeholder while Markdown is parsed, so that
// no letter of an expression is taken for a mark of Markdown.
const hidingBegin, hidingEnd = "\ue000", "\ue001"

var hidden = regexp.MustCompile(hidingBegin + `(\d+)` + hidingEnd)

// read reads Markdown whose first line is a line of the document.
func read(d *coursefile.Document, source string, first int) (*reader, ast.Node) {
	r := &reader{Document: d, first: first}
	r.source = []byte(r.hide(source))
	return r, markdown.Parse(text.NewReader(r.source), parser.WithContext(parser.NewContext()))
}

// hide puts numbers in the place of placeholders.
func (r *reader) hide(source string) string {
	return placeholder.ReplaceAllStringFunc(source, func(found string) string {
		r.exprs = append(r.exprs, strings.TrimSpace(found[2:len(found)-2]))
		return hidingBegin + strconv.Itoa(len(r.exprs)-1) + hidingEnd
	})
}

// at is the line of a position in the source.
func (r *reader) at(position int) int {
	return r.first + strings.Count(string(r.source[:min(position, len(r.source))]), "\n")
}

// lineOf is the line that a node begins in.
func (r *reader) lineOf(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return r.at(n.Lines().At(0).Start)
	}
	if t, ok := n.(*ast.Text); ok {
		return r.at(t.Segment.Start)
	}
	if c := n.FirstChild(); c != nil {
		return r.lineOf(c)
	}
	return r.first
}

// blocks are those of a document or of a quotation.
func (r *reader) blocks(parent ast.Node) (all []Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		line := r.lineOf(n)
		switch n := n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			all = append(all, Block{Kind: Paragraph, Inline: r.inline(n), line: line})
		case *ast.FencedCodeBlock:
			all = append(all, Block{Kind: Code, Inline: r.raw(n), line: line})
		case *ast.List:
			b := Block{Kind: List, Number: n.IsOrdered(), line: line}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				b.Items = append(b.Items, r.item(item))
			}
			all = append(all, b)
		case *ast.HTMLBlock:
			if n.HTMLBlockType != ast.HTMLBlockType2 { // a comment is for writers
				r.At(line, "HTML means nothing in a lesson")
			}
		default:
			r.At(line, "a lesson has paragraphs, lists and fenced code; this is a %s", kindName(n))
		}
	}
	return all
}

// item is what an item of a list says, in one paragraph.
func (r *reader) item(n ast.Node) Inline {
	first := n.FirstChild()
	if first == nil {
		return nil
	}
	if first.NextSibling() != nil {
		r.At(r.lineOf(first.NextSibling()), "an item of a list is one paragraph")
	}
	return r.inline(first)
}

// raw is the text of code in lines of its own.
func (r *reader) raw(n ast.Node) Inline {
	var code strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(r.source))
	}
	return r.spans(strings.TrimSuffix(code.String(), "\n"), r.lineOf(n))
}

// rows are the cells of a table, its head first.
func (r *reader) rows(t *tables.Table) (rows []row) {
	for n := t.FirstChild(); n != nil; n = n.NextSibling() {
		row := row{line: r.lineOf(n)}
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			row.cells = append(row.cells, r.inline(cell))
		}
		rows = append(rows, row)
	}
	return rows
}

// A row is one of a table.
type row struct {
	cells []Inline
	line  int
}

// inline is the text in a block.
func (r *reader) inline(parent ast.Node) (all Inline) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		line := r.lineOf(n)
		switch n := n.(type) {
		case *ast.Text:
			said := string(n.Segment.Value(r.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				said += lineBreak(said)
			}
			if strings.Contains(said, "**") {
				r.At(line, `"**" is a mark that is not closed: beside punctuation it needs a space on its other side`)
			}
			all = append(all, r.spans(unescape(said), line)...)
		case *ast.String:
			all = append(all, r.spans(string(n.Value), line)...)
		case *ast.CodeSpan:
			all = append(all, Span{Kind: CodeSpan, Inner: r.spans(r.code(n), line), line: line})
		case *ast.Emphasis:
			kind := Emphasis
			if n.Level == 2 {
				kind = Strong
			}
			all = append(all, Span{Kind: kind, Inner: r.inline(n), line: line})
		case *ast.Link:
			all = append(all, r.link(r.inline(n), string(n.Destination), line))
		case *ast.AutoLink:
			address := string(n.URL(r.source))
			all = append(all, Span{Kind: LinkURL, To: address, Inner: Inline{{Kind: Text, Text: address, line: line}}, line: line})
		default:
			r.At(line, "this is not known here: a %s", kindName(n))
		}
	}
	return joined(all)
}

// code is the text of a code span, in which no letter is a mark.
func (r *reader) code(n *ast.CodeSpan) string {
	var code strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			code.Write(t.Segment.Value(r.source))
		}
	}
	return strings.ReplaceAll(code.String(), "\n", " ")
}

// lineBreak is what a break between two lines of the file reads as: a space, except after
// Chinese.
func lineBreak(before string) string {
	last := []rune(before)
	if n := len(last); n > 0 && last[n-1] >= 0x2e80 && last[n-1] != []rune(hidingEnd)[0] {
		return ""
	}
	return " "
}

// unescape takes the backslashes out that Markdown needs before its marks.
func unescape(s string) string { return escaped.ReplaceAllString(s, "$1") }

var escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// spans cuts text at its placeholders.
func (r *reader) spans(said string, line int) (all Inline) {
	for {
		at := hidden.FindStringSubmatchIndex(said)
		if at == nil {
			break
		}
		if at[0] > 0 {
			all = append(all, Span{Kind: Text, Text: said[:at[0]], line: line})
		}
		n, _ := strconv.Atoi(said[at[2]:at[3]])
		all = append(all, Span{Kind: Placeholder, Text: r.exprs[n], line: line})
		said = said[at[1]:]
	}
	if said != "" {
		all = append(all, Span{Kind: Text, Text: said, line: line})
	}
	return all
}

// joined has neighbouring texts as one.
func joined(all Inline) (out Inline) {
	for _, s := range all {
		if n := len(out); n > 0 && s.Kind == Text && out[n-1].Kind == Text {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

func kindName(n ast.Node) string { return fmt.Sprint(n.Kind()) }
