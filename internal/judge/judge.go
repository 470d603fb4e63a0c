// Package judge compiles and evaluates the expressions that lessons and experiments
// are checked by: what must hold of readings for a verdict, or for a goal to be
// reached. Expressions are checked when they are compiled, so that a name that does not
// exist is found before anybody meets it.
package judge

import (
	"errors"
	"fmt"
	"slices"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// Names are the names that an expression can use, each with a value. When an expression
// is compiled only the types of the values count.
type Names map[string]any

// An Error says what is wrong with an expression, and where.
type Error struct {
	Line, Column int // in the expression, from 1
	Message      string
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// ErrNoName is returned for an expression that uses none of the names: it would always
// say the same.
var ErrNoName = errors.New("judge: the expression does not depend on anything")

// An Expression is one that was compiled. It is safe for concurrent use.
type Expression struct {
	program  *vm.Program
	uses     []string
	compares []Comparison
}

// A Comparison is a place where an expression compares a field with a text, so that
// somebody who knows what the field can say can find a mistake in the text.
type Comparison struct {
	Name         string // the one whose field it is; "" for a field of a field
	Field, Text  string
	Line, Column int // of the text
}

// Condition compiles an expression that holds or does not. It returns an [*Error] or
// [ErrNoName].
func Condition(text string, names Names) (*Expression, error) {
	return compile(text, names, expr.AsBool())
}

// Value compiles an expression for its value, of whatever type. It returns what
// [Condition] does.
func Value(text string, names Names) (*Expression, error) { return compile(text, names) }

func compile(text string, names Names, options ...expr.Option) (*Expression, error) {
	// What an expression says must follow from its names alone.
	options = append(options, expr.Env(map[string]any(names)), expr.DisableBuiltin("now"))
	program, err := expr.Compile(text, options...)
	if err != nil {
		return nil, located(err)
	}
	e := &Expression{program: program}
	node := program.Node()
	ast.Walk(&node, &finder{names, text, e})
	if len(e.uses) == 0 {
		return nil, ErrNoName
	}
	return e, nil
}

// located finds the position in an error of the compiler, whose message shows more than
// its first line.
func located(err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return &Error{1, 1, err.Error()}
	}
	return &Error{max(1, at.Line), at.Column + 1, at.Message}
}

// A finder notes which names an expression uses, and what it compares with texts.
type finder struct {
	names Names
	text  string
	found *Expression
}

// Visit implements [ast.Visitor].
func (f *finder) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if _, named := f.names[n.Value]; named && !slices.Contains(f.found.uses, n.Value) {
			f.found.uses = append(f.found.uses, n.Value)
		}
	case *ast.BinaryNode:
		if n.Operator == "==" || n.Operator == "!=" {
			f.compare(n.Left, n.Right)
			f.compare(n.Right, n.Left)
		}
	}
}

func (f *finder) compare(a, b ast.Node) {
	member, ok := a.(*ast.MemberNode)
	if !ok {
		return
	}
	field, ok := member.Property.(*ast.StringNode)
	text, is := b.(*ast.StringNode)
	if !ok || !is {
		return
	}
	at := (&file.Error{Location: text.Location()}).Bind(file.NewSource(f.text))
	name := ""
	if of, ok := member.Node.(*ast.IdentifierNode); ok {
		name = of.Value
	}
	f.found.compares = append(f.found.compares, Comparison{name, field.Value, text.Value, max(1, at.Line), at.Column + 1})
}

// Uses returns the names that the expression uses.
func (e *Expression) Uses() []string { return slices.Clone(e.uses) }

// Comparisons returns where the expression compares fields with texts.
func (e *Expression) Comparisons() []Comparison { return slices.Clone(e.compares) }

// Holds reports whether a [Condition] holds of values.
func (e *Expression) Holds(values Names) (bool, error) {
	v, err := e.Of(values)
	holds, _ := v.(bool)
	return holds, err
}

// Of returns what the expression comes to with values.
func (e *Expression) Of(values Names) (any, error) {
	v, err := expr.Run(e.program, map[string]any(values))
	if err != nil {
		return nil, fmt.Errorf("judge: evaluate: %w", located(err))
	}
	return v, nil
}
