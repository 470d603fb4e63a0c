package views

import "github.com/sessionlab/sessionlab/internal/i18n"

// glosses are what the lecture note's program answers, which it does in Chinese whatever
// the language of the page, and the messages that say it in others.
var glosses = map[string]string{"删除成功": "player.gloss_deleted", "没有session": "player.gloss_none"}

// gloss explains an answer of the website that is not in the language of the page; ""
// where there is nothing to explain.
func gloss(t *i18n.Text, answer string) string {
	if id := glosses[answer]; id != "" && t.Lang() != i18n.Zh {
		return t.T(id)
	}
	return ""
}
