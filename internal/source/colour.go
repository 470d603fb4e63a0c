package source

import (
	"embed"
	"html"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// The lexers are chroma's. Its package lexers would read three hundred of them at
// each start; these two are read when code is first shown.
//
//go:embed lexers/*.xml
var lexers embed.FS

var (
	goLexer     = sync.OnceValue(func() chroma.Lexer { return chroma.MustNewXMLLexer(lexers, "lexers/go.xml") })
	pythonLexer = sync.OnceValue(func() chroma.Lexer { return chroma.MustNewXMLLexer(lexers, "lexers/python.xml") })
)

// ColourGo returns Go code as HTML, coloured by classes.
func ColourGo(code string) string { return colour(goLexer(), code) }

// ColourPython returns Python code as HTML, coloured by classes.
func ColourPython(code string) string { return colour(pythonLexer(), code) }

// colour writes one element for neighbours of one class, and none for what has no
// class.
func colour(lexer chroma.Lexer, code string) string {
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		panic(err) // the tests use both lexers
	}
	var b strings.Builder
	open := ""
	change := func(class string) {
		if class == open {
			return
		}
		if open != "" {
			b.WriteString(`</span>`)
		}
		if open = class; class != "" {
			b.WriteString(`<span class="` + class + `">`)
		}
	}
	for token := range tokens.Stdlib() {
		change(classOf(token.Type))
		b.WriteString(html.EscapeString(token.Value))
	}
	change("")
	return b.String()
}

// classOf returns chroma's own name for the group that a kind of token belongs
// to, as far as code.css knows it.
func classOf(t chroma.TokenType) string {
	switch {
	case t == chroma.KeywordType || t.InSubCategory(chroma.NameBuiltin):
		return "kt"
	case t.InCategory(chroma.Keyword) || t == chroma.OperatorWord:
		return "k"
	case t.InSubCategory(chroma.NameFunction):
		return "nf"
	case t == chroma.NameDecorator:
		return "nd"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "m"
	case t.InCategory(chroma.Comment):
		return "c"
	}
	return ""
}
