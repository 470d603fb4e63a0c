package coursefile

import "testing"

func TestTheLineOfATableOrAKeyIsFound(t *testing.T) {
	at := linesOf(`# a comment = none
title = "x [y] # z" # [nothing]
many = [
  { id = "a" },
  "]", # ]
]

[settings]
  lifetime = "2h"
"new-id" = 'a'
text = """
[[act]]
id = "inside"
"""

[[act]]
id = "first"
form = { key = "a=b" }
[[act]]
[[variant]]
[[act]]
id = "third"
together = [
  { id = "one", form = { key = "a", "value" = "b" } }, { id = "two" }, # { id = "three" }
  { id = "three" },
]
only = ["a", "b"]
`)
	for path, want := range map[string]int{
		"title": 2, "many": 3, "settings": 8, "settings.lifetime": 9, "settings.new-id": 10, "settings.text": 11,
		"act.0": 16, "act.0.id": 17, "act.0.form": 18, "act.1": 19, "variant.0": 20, "act.2": 21, "act.2.id": 22,
		"many.0": 4, "many.0.id": 4, "act.0.form.key": 18, "act.2.together": 23, "act.2.together.0.id": 24, "act.2.together.0.form.key": 24,
		"act.2.together.1.id": 24, "act.2.together.2": 25, "act.2.together.2.id": 25, "act.2.together.3": 0, "act.2.only": 27, "act.2.only.0": 0,
	} {
		if got := at[path]; got != want {
			t.Errorf("%s is in line %d; want %d", path, got, want)
		}
	}
	if got := at.of("act", "0", "form", "key"); got != 18 {
		t.Errorf("what is within a form is in line %d; want 18", got)
	}
	if got := at.of("nothing"); got != 1 {
		t.Errorf("what is not there is in line %d; want 1", got)
	}
	if got := at.like([]string{"act", "id"}); len(got) != 2 {
		t.Errorf("the ids of acts are in lines %v; want two", got)
	}
}
