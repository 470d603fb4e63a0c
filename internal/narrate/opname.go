package narrate

import (
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
)

// opWords are the ids of the words on the buttons that start an operation. The
// note's own routes have no button, and are called by their paths.
var opWords = map[step.Op]string{
	step.OpLogin: "controls.login", step.OpLogout: "controls.logout", step.OpMe: "controls.me",
	step.OpSet: "controls.set", step.OpGet: "controls.get", step.OpPop: "controls.pop",
	step.OpClear: "controls.clear", step.OpPermanent: "controls.permanent",
}

// opName is an operation as shown: the word on its button. A request without a
// button is shown by its line.
func opName(t *i18n.Text, op step.Op, method, path string) string {
	if word, ok := opWords[op]; ok {
		return t.T(word)
	}
	return method + " " + shortPath(path)
}
