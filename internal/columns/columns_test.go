package columns_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/columns"
)

func TestWideCharactersTakeTwoColumnsAndMarksNone(t *testing.T) {
	for s, want := range map[string]int{
		"":               0,
		"uname":          5,
		"é…·—":           4,
		"会话":             4,
		"（，。）":           8,
		"ｆｕｌｌ":           8,
		"ﾊﾝｶｸ":           4,
		"한글":             4,
		"😀":              2,
		"e\u0301a\u20dd": 2,
		"Привет, שלום":   12,
		"\U00020000":     2,
	} {
		if got := columns.Of(s); got != want {
			t.Errorf("Of(%q) = %d; want %d", s, got, want)
		}
	}
}
