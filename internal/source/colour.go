package source

import (
	"go/scanner"
	"go/token"
	"html"
	"regexp"
	"strings"
	"sync"
)

// The classes are those that Pygments made common: k keyword, s string, m number,
// c comment, f name of a function, d decorator.

// ColourGo returns Go code as HTML, coloured by classes. Go's own scanner reads
// it: the code is this program's.
func ColourGo(code string) string {
	var (
		p    painter
		scan scanner.Scanner
		set  = token.NewFileSet()
	)
	file := set.AddFile("", set.Base(), len(code))
	scan.Init(file, []byte(code), nil, scanner.ScanComments)
	for {
		pos, tok, text := scan.Scan()
		if tok == token.EOF {
			break
		}
		if tok.IsOperator() || text == "\n" { // the latter stands for a semicolon
			continue
		}
		if text == "" {
			text = tok.String()
		}
		at := file.Offset(pos)
		p.plain(code[p.at:at])
		p.paint(classOf(tok, code[at+len(text):]), text)
	}
	p.plain(code[p.at:])
	return p.String()
}

func classOf(tok token.Token, after string) string {
	switch {
	case tok == token.COMMENT:
		return "c"
	case tok == token.STRING || tok == token.CHAR:
		return "s"
	case tok == token.INT || tok == token.FLOAT:
		return "m"
	case tok.IsKeyword():
		return "k"
	case tok == token.IDENT && strings.HasPrefix(after, "("):
		return "f"
	}
	return ""
}

// python is compiled when it is first asked for, not at each start.
var python = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?P<c>#[^\n]*)|(?P<s>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?P<d>@[\w.]+)|` +
		`(?P<k>\b(?:and|as|def|del|elif|else|except|False|for|from|if|import|in|is|lambda|None|not|or|pass|raise|return|True|try|while|with)\b)|` +
		`(?P<m>\b\d+(?:\.\d+)?\b)|(?P<f>\b[A-Za-z_]\w*)\(`)
})

// ColourPython returns Python code as HTML, coloured by classes. It knows as much
// of the language as the short views here use.
func ColourPython(code string) string {
	var p painter
	tokens := python()
	for _, m := range tokens.FindAllStringSubmatchIndex(code, -1) {
		for i, class := range tokens.SubexpNames() {
			if i > 0 && m[2*i] >= 0 {
				p.plain(code[p.at:m[2*i]])
				p.paint(class, code[m[2*i]:m[2*i+1]])
			}
		}
	}
	p.plain(code[p.at:])
	return p.String()
}

// A painter writes code as HTML.
type painter struct {
	strings.Builder
	at int // how much of the code is written
}

func (p *painter) plain(text string) {
	p.WriteString(html.EscapeString(text))
	p.at += len(text)
}

func (p *painter) paint(class, text string) {
	if class == "" {
		p.plain(text)
		return
	}
	p.WriteString(`<span class="` + class + `">`)
	p.plain(text)
	p.WriteString(`</span>`)
}
