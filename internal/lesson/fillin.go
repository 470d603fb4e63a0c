package lesson

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/sessionlab/sessionlab/internal/span"
)

// Fill returns what the expression of a [Placeholder] comes to. It is not ok while a step
// that it uses is not there.
func (p *Progress) Fill(expression string) (text string, ok bool) {
	e := p.lesson.exprs[expression]
	if e == nil || !p.known(e) {
		return "", false
	}
	v, err := e.Of(p.names)
	if err != nil {
		return "", false
	}
	switch v := v.(type) {
	case string:
		return v, true
	case json.RawMessage:
		return string(v), true
	case time.Duration:
		return span.Format(v), true
	case time.Time:
		return v.UTC().Format(http.TimeFormat), true
	}
	return fmt.Sprint(v), true
}
