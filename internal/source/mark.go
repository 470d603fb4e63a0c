package source

import "strings"

// linesWith returns which lines of code contain one of some texts, counted from 0.
func linesWith(code string, texts ...string) []int {
	var found []int
	n := 0
	for line := range strings.SplitSeq(code, "\n") {
		for _, text := range texts {
			if strings.Contains(line, text) {
				found = append(found, n)
				break
			}
		}
		n++
	}
	return found
}

// markLines puts lines of coloured code into mark elements. A colour that goes on
// over the end of a line ends there, and begins again.
func markLines(html string, lines []int) string {
	if len(lines) == 0 {
		return html
	}
	var b strings.Builder
	open, n := "", 0
	for line := range strings.SplitAfterSeq(html, "\n") {
		text := open + line
		if at := strings.LastIndex(text, "<span"); at > strings.LastIndex(text, "</span>") {
			open = text[at : at+strings.IndexByte(text[at:], '>')+1]
			text += "</span>"
		} else {
			open = ""
		}
		if len(lines) > 0 && lines[0] == n {
			text, lines = "<mark>"+text+"</mark>", lines[1:]
		}
		b.WriteString(text)
		n++
	}
	return b.String()
}
