package coursefile

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// mostBytes is how long a file may be.
const mostBytes = 1 << 20

// read returns the text of a file. An error says what is wrong with it.
func read(files fs.FS, name string) (string, error) {
	info, err := fs.Stat(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("there must be a file %s", name)
	case err != nil:
		return "", fmt.Errorf("this file cannot be read: %s", Reason(err))
	case !info.Mode().IsRegular(): // to open a pipe would wait for whoever writes to it
		return "", errors.New("this must be a file; it is something else")
	case info.Size() > mostBytes:
		return "", fmt.Errorf("a file may have 1 MiB; this has %d bytes", info.Size())
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return "", fmt.Errorf("this file cannot be read: %s", Reason(err))
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil // which some editors on Windows write
}

// Reason is an error without the name of the file, which stands before it.
func Reason(err error) string {
	var in *fs.PathError
	if errors.As(err, &in) {
		return in.Err.Error()
	}
	return err.Error()
}
