package views

import "slices"

// has reports whether there is a control of a kind.
func (b *LessonBench) has(kind string) bool {
	return slices.ContainsFunc(b.Controls, func(c LessonControl) bool { return c.Kind == kind })
}

// sent is what the operations that send fields send besides.
func (b *LessonBench) sent() []Field {
	var all []Field
	for i := range b.Controls {
		if len(b.Controls[i].Sends) == 0 {
			continue
		}
		for _, f := range b.Controls[i].Form {
			if !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// sends reports whether an operation sends a field.
func (c *LessonControl) sends(field string) bool { return slices.Contains(c.Sends, field) }

// omitted names the field that an operation leaves out of those there are; "" if it
// sends all of them, or has nothing to do with them.
func (b *LessonBench) omitted(c *LessonControl) string {
	if len(c.Sends) == 0 {
		return ""
	}
	for i := range b.Controls {
		if f := &b.Controls[i]; f.Kind == ControlField && !c.sends(f.ID) {
			return f.ID
		}
	}
	return ""
}

func (c *LessonControl) method() string {
	if c.Method == "get" {
		return "get"
	}
	return "post"
}
