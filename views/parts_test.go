package views

import (
	"slices"
	"testing"
)

// Of a cookie in which a letter was changed, that letter stands out; of another cookie,
// nothing does.
func TestTheLetterThatWasChangedIsAPartOfItsOwn(t *testing.T) {
	cookie := func(payload, signature string) []Part {
		return []Part{{Kind: "payload", Text: payload}, {Kind: "dot", Text: "."}, {Kind: "signature", Text: signature}}
	}
	was := &Cookie{Parts: cookie("eyJ1bmFt", "ZHr9gl")}
	for name, tt := range map[string]struct {
		now  []Part
		was  *Cookie
		want []Part
	}{
		"one letter": {cookie("eyJ1AmFt", "ZHr9gl"), was, []Part{
			{Kind: "payload", Text: "eyJ1"}, {Kind: "altered", Text: "A"}, {Kind: "payload", Text: "mFt"}, {Kind: "dot", Text: "."}, {Kind: "signature", Text: "ZHr9gl"},
		}},
		"the first of a part": {cookie("eyJ1bmFt", "xHr9gl"), was, []Part{
			{Kind: "payload", Text: "eyJ1bmFt"}, {Kind: "dot", Text: "."}, {Kind: "altered", Text: "x"}, {Kind: "signature", Text: "Hr9gl"},
		}},
		"the same":      {cookie("eyJ1bmFt", "ZHr9gl"), was, cookie("eyJ1bmFt", "ZHr9gl")},
		"another value": {cookie("eyJwaW4i", "MU8RCL"), was, cookie("eyJwaW4i", "MU8RCL")},
		"a longer one":  {cookie("eyJ1bmFtx", "ZHr9gl"), was, cookie("eyJ1bmFtx", "ZHr9gl")},
		"a new one":     {cookie("eyJ1bmFt", "ZHr9gl"), nil, cookie("eyJ1bmFt", "ZHr9gl")},
		"not ASCII":     {cookie("eyJ1bé", "ZHr9gl"), &Cookie{Parts: cookie("eyJ1bè", "ZHr9gl")}, cookie("eyJ1bé", "ZHr9gl")},
	} {
		got := altered(tt.now, tt.was)
		if !slices.EqualFunc(got, tt.want, func(p, q Part) bool { return p.Kind == q.Kind && p.Text == q.Text }) {
			t.Errorf("%s: the parts are %+v; want %+v", name, got, tt.want)
		}
	}
}
