package lesson

import (
	"reflect"
	"testing"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// bare takes the lines out of blocks, which only messages need.
func bare(in Inline) (out Inline) {
	for _, s := range in {
		s.line = 0
		s.Inner = bare(s.Inner)
		out = append(out, s)
	}
	return out
}

func TestMarkdownIsReadAsSpans(t *testing.T) {
	text := func(s string) Span { return Span{Kind: Text, Text: s} }
	for source, want := range map[string]Inline{
		"plain":                      {text("plain")},
		"two\nlines":                 {text("two lines")},
		"第一行。\n第二行":                  {text("第一行。第二行")},
		"**a *b***":                  {{Kind: Strong, Inner: Inline{text("a "), {Kind: Emphasis, Inner: Inline{text("b")}}}}},
		"`a * \\b`":                  {{Kind: CodeSpan, Inner: Inline{text("a * \\b")}}},
		"a \\* b":                    {text("a * b")},
		"{{set.N}}":                  {{Kind: Placeholder, Text: "set.N"}},
		"`{{ a | b * c }}.`":         {{Kind: CodeSpan, Inner: Inline{{Kind: Placeholder, Text: "a | b * c"}, text(".")}}},
		"[x **y**](do:set)":          {{Kind: LinkDo, To: "set", Inner: Inline{text("x "), {Kind: Strong, Inner: Inline{text("y")}}}}},
		"[x](jar)":                   {{Kind: LinkPane, To: "jar", Inner: Inline{text("x")}}},
		"[x](event:set:save.done)":   {{Kind: LinkEvent, To: "set:save.done", Inner: Inline{text("x")}}},
		"[x](code:set)":              {{Kind: LinkCode, To: "set", Inner: Inline{text("x")}}},
		"[x](experiment:theft)":      {{Kind: LinkExperiment, To: "theft", Inner: Inline{text("x")}}},
		"[x](lesson:login)":          {{Kind: LinkLesson, To: "login", Inner: Inline{text("x")}}},
		"[x](bench)":                 {{Kind: LinkBench, Inner: Inline{text("x")}}},
		"[x](restart)":               {{Kind: LinkRestart, Inner: Inline{text("x")}}},
		"[x](https://example.org/a)": {{Kind: LinkURL, To: "https://example.org/a", Inner: Inline{text("x")}}},
	} {
		d := new(coursefile.Document)
		got := bare(piece{text: source, line: 1}.paragraph(d))
		if !reflect.DeepEqual(got, want) || len(d.Problems) > 0 {
			t.Errorf("%s is %+v, %v; want %+v", source, got, d.Problems, want)
		}
	}
}

func TestASectionIsReadAsBlocks(t *testing.T) {
	all := sections(`## q1.act
### Heading
One.

- a
- b

1. c

~~~
## code
~~~
::compare set
::line set cookie
::code session['a'] = {{set.Key}}
Two
lines.
`)
	if len(all) != 2 || all[1].id != "q1.act" {
		t.Fatalf("the sections are %+v", all)
	}
	d := new(coursefile.Document)
	blocks, rows := all[1].markdown(d)
	type brief struct {
		kind       BlockKind
		text, what string
		line       int
	}
	var got []brief
	for _, b := range blocks {
		said := b.Inline.Plain(func(text string) string { return "<" + text + ">" })
		for _, item := range b.Items {
			said += item.Plain(nil) + ";"
		}
		got = append(got, brief{b.Kind, said, b.Step + b.What, b.line})
	}
	want := []brief{
		{Paragraph, "One.", "", 3}, {List, "a;b;", "", 5}, {List, "c;", "", 8}, {Code, "## code", "", 11}, {Compare, "", "set", 13},
		{Line, "", "setcookie", 14}, {Code, "session['a'] = <set.Key>", "", 15}, {Paragraph, "Two lines.", "", 16},
	}
	if !reflect.DeepEqual(got, want) || len(rows) > 0 || len(d.Problems) > 0 {
		t.Errorf("the blocks are\n%+v, %v; want\n%+v", got, d.Problems, want)
	}
	if blocks[1].Number || !blocks[2].Number {
		t.Error("the first list is counted, or the second is not")
	}
}

func TestALabelledTextGoesOnUntilAnEmptyLineOrTheNextOne(t *testing.T) {
	s := sections("## take\nOne line.\n\nalso: first\n  second\nnext： third\n\nmore")[1]
	d := new(coursefile.Document)
	if got := s.paragraphOf(d, "also").Plain(nil); got != "first second" {
		t.Errorf("also is %q", got)
	}
	if got := s.paragraphOf(d, "next").Plain(nil); got != "third" {
		t.Errorf("next is %q", got)
	}
}

func TestValuesAreWrittenAsPythonDoes(t *testing.T) {
	for data, want := range map[string]string{
		"": "None", "null": "None", "true": "True", "false": "False", "12": "12", "1.50": "1.50", `"it's"`: `'it\'s'`, `"蓝"`: "'蓝'",
		`["a",null,{"b":[]}]`: "['a', None, {'b': []}]", `{`: "{",
	} {
		if got := Python([]byte(data)); got != want {
			t.Errorf("%s is %s; want %s", data, got, want)
		}
	}
}
