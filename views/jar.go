package views

import "github.com/sessionlab/sessionlab/internal/jar"

// differs is the id of the sentence that says a difference.
func differs(d jar.Difference) string { return "who.differs." + d.Browser + "." + d.Name }
