package handlers_test

import (
	"html"
	"strings"
	"testing"
)

// Words that beginners do not know are explained where they choose, in each experiment.
func TestAnExperimentExplainsItsWordsBeforeTheChoice(t *testing.T) {
	l := experimenter(t)
	all, _ := experiments()
	for _, lang := range []string{"en", "zh"} {
		for _, e := range all {
			w := e.Words[lang]
			asked := w.Question
			for _, text := range w.Variant {
				asked += " " + text
			}
			for _, text := range w.Choice {
				asked += " " + text
			}
			for _, word := range []string{"HttpOnly", "SameSite", "Secure", "ID", "Flask", "gorilla", "secret key", "密钥"} {
				if strings.Contains(asked, word) && !strings.Contains(w.Terms, strings.TrimPrefix(word, "secret ")) {
					t.Errorf("%s, %s: %s is to be chosen from and is not explained in %q", lang, e.Slug, word, w.Terms)
				}
			}
			page := html.UnescapeString(l.With("Accept", "text/html").Get("/" + lang + "/experiments/" + e.Slug).Want(200).Body)
			explained, _, found := strings.Cut(page, `name="prediction"`)
			if w.Terms == "" || !found || !strings.Contains(explained, w.Terms) {
				t.Errorf("%s, %s: the page does not say before the choice: %q", lang, e.Slug, w.Terms)
			}
		}
	}
}

// A line says what an answer means where the bare answer could be taken for something
// else, and shows the cookie that an act copies.
func TestTheLinesOfAnActSayWhatTheyMean(t *testing.T) {
	l := experimenter(t)
	for _, tt := range []struct {
		slug, variant string
		want          []string
	}{
		{"cross-site", "none", []string{"another website (Origin: https://elsewhere.invalid)", `200 took out: "three books"`, "200 (empty)"}},
		{"cross-site", "lax", []string{"404 no_such_key (this request's session has no basket)"}},
		{"fixation", "same-id", []string{"into Alice's browser, with a script that she got into another page of the site. simulated Cookie: session="}},
		{"weak-key", "weak", []string{"session=eyJ1bmFtZSI6ImFs"}},
	} {
		address, _ := l.runPage(tt.slug, "variant", tt.variant)
		body := wordsOf(l.With("Accept", "text/html").Get(address + "&one").Want(200).Body)
		for _, want := range tt.want {
			if !strings.Contains(body, want) {
				_, after, _ := strings.Cut(body, "What was done")
				t.Errorf("%s, %s: the page does not say %q: %s", tt.slug, tt.variant, want, after)
			}
		}
	}
}

// wordsOf is what a page says, without its tags, with one space between words.
func wordsOf(page string) string {
	var b strings.Builder
	for i, piece := range strings.Split(page, "<") {
		tag, text, found := strings.Cut(piece, ">")
		switch {
		case i == 0 || !found:
			continue
		case !partsNothing(tag):
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// partsNothing reports whether a tag parts no words.
func partsNothing(tag string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	return name == "b" || name == "mark"
}
