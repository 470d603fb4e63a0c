// Package course holds the lessons, the experiments and the hints as data: what they do,
// and of lessons and experiments the words.
package course

import (
	"embed"
	"io/fs"
)

//go:embed all:[0-9]* experiments hints.toml
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

// HintsFile is the file of what is worth trying on a bench, in [Lessons].
const HintsFile = "hints.toml"
