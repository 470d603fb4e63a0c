// Package course holds the lessons and the experiments as data: what they do, and their
// words.
package course

import (
	"embed"
	"io/fs"
)

//go:embed all:[0-9]* experiments
var files embed.FS

// Experiments holds a folder for each experiment.
func Experiments() fs.FS {
	all, err := fs.Sub(files, "experiments")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return all
}

// Lessons holds a folder NN-slug for each lesson, among others.
func Lessons() fs.FS { return files }
