package step

import "testing"

func TestChangesCompareBothSides(t *testing.T) {
	cookie := func(raw string) *Cookie { return &Cookie{Raw: raw} }
	tests := []struct {
		before, after  Sides
		cookie, record Change
	}{
		{Sides{}, Sides{}, Unchanged, Unchanged},
		{Sides{}, Sides{Cookie: cookie("a"), Record: &Record{Key: "k"}}, Added, Added},
		{Sides{Cookie: cookie("a"), Record: &Record{Key: "k"}}, Sides{}, Removed, Removed},
		{Sides{Cookie: cookie("a"), Record: &Record{Key: "k", Raw: "1"}}, Sides{Cookie: cookie("a"), Record: &Record{Key: "k", Raw: "1", Version: 2}}, Unchanged, Unchanged},
		{Sides{Cookie: cookie("a"), Record: &Record{Key: "k"}}, Sides{Cookie: cookie("b"), Record: &Record{Key: "l"}}, Changed, Changed},
		{Sides{Cookie: cookie("a"), Record: &Record{Key: "k", Raw: "1"}}, Sides{Cookie: cookie("a"), Record: &Record{Key: "k", Raw: "2"}}, Unchanged, Changed},
		{Sides{Cookie: &Cookie{Raw: "a", Attributes: &Attributes{Path: "/"}}}, Sides{Cookie: &Cookie{Raw: "a", Attributes: &Attributes{Path: "/x"}}}, Changed, Unchanged},
		{Sides{Cookie: &Cookie{Raw: "a"}}, Sides{Cookie: &Cookie{Raw: "a", Attributes: &Attributes{Path: "/x"}}}, Changed, Unchanged},
	}
	for i, tt := range tests {
		if c, r := Changes(tt.before, tt.after); c != tt.cookie || r != tt.record {
			t.Errorf("%d: Changes = %q, %q; want %q, %q", i, c, r, tt.cookie, tt.record)
		}
	}
}
