// Package course holds the experiments as data: what they do, and their words.
package course

import (
	"embed"
	"io/fs"
)

//go:embed experiments
var files embed.FS

// Experiments holds a folder for each experiment.
func Experiments() fs.FS {
	all, err := fs.Sub(files, "experiments")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return all
}
