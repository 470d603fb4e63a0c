package views

import (
	"strings"
	"testing"
	"unicode"
)

func TestTheInspectorShowsHostileTextAsText(t *testing.T) {
	for lang, text := range texts(t) {
		p := InspectPage{
			Page: examplePage(text), Form: InspectForm{hostile, hostile, hostile, hostile, hostile}, Examples: []Choice{{Value: "flask", Label: "Flask"}},
			Result: &Inspected{
				Title: "Flask", Sure: "A guess.", Name: hostile, Others: []string{hostile, "theme"}, Signature: "invalid", Signed: true, Verdict: "No.", Payload: strings.Repeat(hostile, 2000),
				Parts: []InspectPart{{Kind: hostile, Text: hostile, Label: "Payload", Explain: "It says.", Decoded: strings.Repeat(hostile, 99)}, {Kind: "signature", Text: hostile}},
				Times: []InspectTime{{Name: "Signed", ISO: "2026-11-02T10:00:00Z", Date: "2 Nov", Away: "1 day ago", Past: true}},
				Facts: []Row{{Name: "Fits with", New: hostile}}, Known: []string{hostile}, Unknown: []string{hostile},
			},
			Sign: &SignPane{Formats: []Choice{{Value: "flask", Label: "Flask", On: true}}, Payload: hostile, Made: hostile, Trouble: "No key."},
		}
		html := render(t, Inspect(p))
		if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img src=x") {
			t.Errorf("%s: hostile text is markup", lang)
		}
		for _, r := range html {
			if !unicode.IsGraphic(r) && r != '\n' && r != '\t' || r == unicode.ReplacementChar {
				t.Fatalf("%s: the page holds %U", lang, r)
			}
		}
		for _, element := range tag.FindAllString(html, -1) {
			if bare := quoted.ReplaceAllString(element, ""); forbids.MatchString(bare) {
				t.Errorf("%s: %s has an inline style or handler", lang, element)
			}
		}
		if len(html) > 100<<10 {
			t.Errorf("%s: the page has %d bytes", lang, len(html))
		}
	}
}
