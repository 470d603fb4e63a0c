package narrate

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestJSONIsReadableWhereItsEscapesAreCharacters(t *testing.T) {
	for in, want := range map[string]string{
		`"plain"`:                    `"plain"`,
		`"\u84dd\u7EFF"`:             `"蓝绿"`,
		`"\ud83d\ude00!"`:            `"😀!"`,
		`"\ud83d"`:                   `"\ud83d"`,
		`"\\u84dd"`:                  `"\\u84dd"`,
		`"\u0022\u000a\u005c"`:       `"\u0022\u000a\u005c"`,
		`{"\u84dd":["\u7eff","\n"]}`: `{"蓝":["绿","\n"]}`,
		`"\u84"`:                     `"\u84"`,
		`\`:                          `\`,
		`"\ud83d\u0041"`:             `"\ud83d\u0041"`,
	} {
		if got := readable(in); got != want {
			t.Errorf("readable(%s) = %s; want %s", in, got, want)
		}
	}
}

func TestReadableJSONMeansTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := `"` + rapid.StringMatching(`([a-z蓝]|\\u[0-9a-f]{4}|\\\\|\\n){0,8}`).Draw(t, "in") + `"`
		var before, after string
		if json.Unmarshal([]byte(in), &before) != nil {
			t.Skip()
		}
		if err := json.Unmarshal([]byte(readable(in)), &after); err != nil || before != after {
			t.Fatalf("readable(%s) means %q, %v; want %q", in, after, err, before)
		}
	})
}
