package experiment

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
	var in inside
	number := 0
	for line := range strings.Lines(text) {
		number++
		if in.value() {
			in.read(line)
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
			key, value, ok := strings.Cut(line, "=")
			if key = strings.Trim(strings.TrimSpace(key), `"'`); ok && !strings.HasPrefix(key, "#") {
				at.add(strings.TrimPrefix(table+"."+key, "."), number)
				in.read(value)
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

// inside follows a value over several lines: an array, or a text in three quotes.
type inside struct {
	depth int
	quote string // that ends the text that is open; "" if none is
}

// value reports whether a value is still open.
func (in *inside) value() bool { return in.depth > 0 || len(in.quote) == 3 }

func (in *inside) read(s string) {
	if len(in.quote) == 1 {
		in.quote = "" // such a text ends with its line
	}
	for s != "" {
		if in.quote != "" {
			i := strings.Index(s, in.quote)
			if escaped := strings.Index(s, `\`); in.quote[0] == '"' && escaped >= 0 && escaped < i {
				s = s[min(len(s), escaped+2):]
				continue
			}
			if i < 0 {
				return
			}
			s, in.quote = s[i+len(in.quote):], ""
			continue
		}
		switch {
		case strings.HasPrefix(s, `"""`), strings.HasPrefix(s, `'''`):
			in.quote = s[:3]
			s = s[3:]
			continue
		case s[0] == '"', s[0] == '\'':
			in.quote = s[:1]
		case s[0] == '#':
			return
		case s[0] == '[', s[0] == '{':
			in.depth++
		case s[0] == ']', s[0] == '}':
			in.depth--
		}
		s = s[1:]
	}
}
