package views

import (
	"slices"
	"testing"
)

func TestLettersTellBrowsersApart(t *testing.T) {
	for _, tt := range []struct{ names, want []string }{
		{[]string{"Alice's laptop", "Mallory", "No cookies"}, []string{"A", "M", "N"}},
		{[]string{"Mallory"}, []string{"M"}},
		{[]string{"momo", "Mallory"}, []string{"O", "M"}},
		{[]string{"Alice's laptop", "Alice's phone", "alice"}, []string{"A", "L", "I"}},
		{[]string{"小明的手机", "小明的笔记本"}, []string{"小", "明"}},
		{[]string{"momo"}, []string{"O"}},
		{[]string{"momo", "momo 2", "momo 3"}, []string{"O", "2", "3"}},
		{[]string{"Max", "Mia"}, []string{"M", "I"}},
		{[]string{"Mallory", "Mallory"}, []string{"M", "A"}},
		{[]string{"a", "A", "…"}, []string{"A", "A", "?"}},
	} {
		if got := Letters(tt.names); !slices.Equal(got, tt.want) {
			t.Errorf("Letters(%q) = %q; want %q", tt.names, got, tt.want)
		}
	}
}
