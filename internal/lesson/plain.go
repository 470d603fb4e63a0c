package lesson

import "strings"

// Plain is the text without its marks. What stands for what happened is filled by fill;
// nil leaves that out.
func (in Inline) Plain(fill func(expression string) string) string {
	var b strings.Builder
	in.plain(&b, fill)
	return b.String()
}

func (in Inline) plain(b *strings.Builder, fill func(string) string) {
	for _, s := range in {
		switch {
		case s.Kind != Placeholder:
			b.WriteString(s.Text)
		case fill != nil:
			b.WriteString(fill(s.Text))
		}
		s.Inner.plain(b, fill)
	}
}
