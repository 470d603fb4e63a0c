//go:build !unix

package sessiontest

import "time"

// processTime returns 0: how long processors have worked is not known here.
func processTime() time.Duration { return 0 }
