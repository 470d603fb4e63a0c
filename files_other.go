//go:build !unix

package main

import "math"

// maxFiles returns how many files and connections the system lets the process have
// open: here there is no limit of that kind.
func maxFiles() int { return math.MaxInt32 }
