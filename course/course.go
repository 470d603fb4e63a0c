// Package course holds the experiments as data: what they do, and their words.
package course

import "embed"

// FS holds the folder experiments, in which each experiment has a folder of its own.
//
//go:embed experiments
var FS embed.FS
