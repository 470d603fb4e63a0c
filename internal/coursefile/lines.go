package coursefile

import (
	"strconv"
	"strings"
)

// lines says in which line of a TOML file a table or a key is: the decoder does not
// tell. It knows as much of TOML as that takes.
type lines map[string]int // by path, as in "act.2.send"

// linesOf finds the lines of a file.
func linesOf(text string) lines {
	at := make(lines)
	table, count := "", make(map[string]int)
	var open value
	number := 0
	for line := range strings.Lines(text) {
		number++
		if open.more() {
			open.read(line, number, at)
			continue
		}
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "[["):
			name, _, _ := strings.Cut(trimmed[2:], "]")
			name = strings.TrimSpace(name)
			table = name + "." + strconv.Itoa(count[name])
			count[name]++
			at.add(table, number)
		case strings.HasPrefix(trimmed, "["):
			name, _, _ := strings.Cut(trimmed[1:], "]")
			table = strings.TrimSpace(name)
			at.add(table, number)
		default:
			key, rest, ok := strings.Cut(line, "=")
			if key = strings.Trim(strings.TrimSpace(key), `"'`); ok && !strings.HasPrefix(key, "#") {
				path := strings.TrimPrefix(table+"."+key, ".")
				at.add(path, number)
				open = value{key: path}
				open.read(rest, number, at)
			}
		}
	}
	return at
}

func (at lines) add(path string, line int) {
	if at[path] == 0 {
		at[path] = line
	}
}

// of returns the line of a path, or of what it is in; 1 if that is not known either.
func (at lines) of(path ...string) int {
	for n := len(path); n > 0; n-- {
		if line := at[strings.Join(path[:n], ".")]; line > 0 {
			return line
		}
	}
	return 1
}

// like returns the lines of all paths that are the same but for the numbers of tables
// of one name.
func (at lines) like(path []string) (found []int) {
	want := strings.Join(path, ".")
	for p, line := range at {
		words := strings.Split(p, ".")
		kept := words[:0]
		for _, w := range words {
			if _, err := strconv.Atoi(w); err != nil {
				kept = append(kept, w)
			}
		}
		if strings.Join(kept, ".") == want {
			found = append(found, line)
		}
	}
	return found
}
