package coursefile

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// A Folder is one of the folders in a teacher's own, whose files are in folders again. A
// link that leads out of the teacher's folder is not followed.
type Folder struct {
	Names []string // of the folders in it

	root *os.Root
	sub  string
}

// OpenFolder opens the folder sub of a teacher's folder dir. The caller closes it.
func OpenFolder(dir, sub string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{root: root, sub: sub}
	entries, err := fs.ReadDir(root.FS(), sub)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	for _, entry := range entries {
		folder := entry.IsDir()
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := fs.Stat(root.FS(), path.Join(sub, entry.Name()))
			folder = err != nil || info.IsDir() // what is wrong with it is told when it is read
		}
		if folder && !strings.HasPrefix(entry.Name(), ".") {
			f.Names = append(f.Names, entry.Name())
		}
	}
	return f, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Open implements [fs.FS], with the names of files below the folder.
func (f *Folder) Open(name string) (fs.File, error) {
	return f.root.FS().Open(path.Join(f.sub, name))
}

// Stat implements [fs.StatFS]. It does not open the file, as [fs.Stat] else does: to open
// a pipe can wait for ever.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(f.root.FS(), path.Join(f.sub, name))
}
