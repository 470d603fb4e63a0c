package views

import "testing"

// A link to what is not there keeps its words.
func TestALinkThatLeadsNowhereKeepsItsWords(t *testing.T) {
	text := LessonText{{Text: "The site "}, {Inner: LessonText{{Text: "deletes "}, {Kind: SpanCode, Inner: LessonText{{Text: "it"}}}}}, {Text: "."}}
	if got, want := render(t, inline(text)), "The site deletes <code>it</code>."; got != want {
		t.Errorf("it is %q; want %q", got, want)
	}
}
