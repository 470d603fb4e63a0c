package handlers

import (
	"net/http"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// text returns a field of the call's form. If it cannot be used, the operation
// does not run.
func (c *call) text(name string) string {
	return c.field(name, c.app.Lab.Limits().ValueBytes)
}

// key returns the field "key", which must say something.
func (c *call) key() string {
	key := c.field("key", c.app.Lab.Limits().KeyBytes)
	if key == "" {
		c.refuse(&problem{status: http.StatusBadRequest, code: "missing_field", args: []string{"Field", "key"}})
	}
	return key
}

// flag returns a field that is true or false.
func (c *call) flag(name string) bool {
	on, err := truth(name, c.text(name))
	c.refuse(err)
	return on
}

func (c *call) field(name string, most int) string {
	value, err := field(c, name, most)
	c.refuse(err)
	return value
}

// refuse notes what is wrong with a form, unless something was before.
func (c *call) refuse(why error) {
	if c.bad == nil {
		c.bad = why
	}
}

// quote writes a string as Python does.
func quote(s string) string { return lesson.PythonString(s) }

// pythonBool writes a truth value as Python does.
func pythonBool(b bool) string {
	if b {
		return "True"
	}
	return "False"
}
