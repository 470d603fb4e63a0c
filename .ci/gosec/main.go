// Command gosec looks for weak spots in the packages of the folders that it is told, but
// not in their tests and what is generated. It has the rules of gosec's own command, which
// takes a minute to compile: that one also asks a dozen services on the network for advice.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"runtime"

	"github.com/securego/gosec/v2"
	"github.com/securego/gosec/v2/rules"
)

func main() {
	found, err := scan(os.Args[1:])
	for _, line := range found {
		fmt.Println(line)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || len(found) > 0 {
		os.Exit(1)
	}
}

// scan returns a line for each weak spot.
func scan(folders []string) (found []string, err error) {
	const tests, generated, suppressed = false, false, false
	analyzer := gosec.NewAnalyzer(gosec.NewConfig(), tests, !generated, suppressed, runtime.NumCPU(), log.New(io.Discard, "", 0))
	// Errors that are not handled (G104) staticcheck finds better.
	analyzer.LoadRules(rules.Generate(suppressed, rules.NewRuleFilter(true, "G104")).RulesInfo())
	if err := analyzer.Process(nil, folders...); err != nil {
		return nil, err
	}
	issues, _, failed := analyzer.Report()
	for _, i := range issues {
		found = append(found, fmt.Sprintf("%s:%s:%s: %s: %s", i.File, i.Line, i.Col, i.RuleID, i.What))
	}
	for file, errs := range failed {
		found = append(found, fmt.Sprint(file, ": ", errs))
	}
	return found, nil
}
