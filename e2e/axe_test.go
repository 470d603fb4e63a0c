package e2e

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

var axeSource = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	return string(source), err
})

const wholePage = "html" // is the part of a page that is all of it

// runAxe goes by the rules of WCAG 2.2 AA and of good practice. What is about whole pages
// is asked of whole pages alone.
const runAxe = `axe.run(document.querySelector(%q), {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations'],
}).then(({violations}) => violations.map(v => ({
	rule: v.id, help: v.help,
	nodes: v.nodes.map(n => n.target.join(' ') + '  ' + n.html + '\n' + n.failureSummary),
})))`

// A violation is a rule of axe-core that a page breaks, and where.
type violation struct {
	Rule  string   `json:"rule"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

func (v violation) String() string {
	return fmt.Sprintf("%s: %s\n\t%s", v.Rule, v.Help,
		strings.ReplaceAll(strings.Join(v.Nodes, "\n"), "\n", "\n\t"))
}

// axe fails the test for each of the rules that axe-core finds a part of the page to
// break in its present state.
func axe(t testing.TB, p *Page, part string) {
	t.Helper()
	source, err := axeSource()
	if err != nil {
		requireTool(t, "axe-core", err)
	}
	if !eval[bool](p, `"axe" in window`) {
		p.do(func(ctx context.Context) error {
			_, err := p.tab.evaluate(ctx, source)
			return err
		})
	}
	for _, v := range eval[[]violation](p, fmt.Sprintf(runAxe, part)) {
		t.Errorf("%s breaks %s", eval[string](p, `location.href`), v)
	}
}
