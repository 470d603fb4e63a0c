package inspect

import (
	"path"
	"slices"
	"strings"
)

// fromCommand reads the command line of a program that asks servers: what browsers
// and this product's own bench copy as curl, for a POSIX shell or for cmd.exe, and
// the like of wget and HTTPie. A command without a cookie has none.
func fromCommand(text string) (found []cookie, ok bool) {
	if !strings.ContainsAny(text, " \t\n") {
		return nil, false
	}
	if session, ok := fromPowerShell(text); ok {
		return session, true
	}
	if !slices.ContainsFunc(clients, func(name string) bool { return strings.Contains(text, name) }) {
		return nil, false // before the work of dividing it
	}
	words := shellWords(text)
	at := slices.IndexFunc(words, isClient)
	if at < 0 || at > 0 && !leads(words[at-1]) || !slices.ContainsFunc(words[at+1:], isArgument) {
		return nil, false
	}
	var tokens []cookie
	add := func(line string) {
		switch kind, rest := header(line); kind {
		case "cookie":
			found = append(found, sentCookies(strings.Split(rest, ";"))...)
		case "authorization":
			tokens = append(tokens, cookie{value: bare(rest)})
		}
	}
	for words = words[at+1:]; len(words) > 0 && !slices.Contains(leaders, words[0]); words = words[1:] {
		option, value, joined := flag(words[0])
		if option != "" && !joined && len(words) > 1 {
			value, words = words[1], words[1:]
		}
		switch {
		case option == "H":
			add(value)
		case option == "b" && strings.Contains(value, "="): // or it names a file
			add("Cookie: " + value)
		case option == "":
			add(words[0]) // as HTTPie takes them
		}
	}
	if len(found) == 0 {
		found = tokens
	}
	return found, true
}

// clients are the programs whose commands are read.
var clients = []string{"curl", "wget", "http", "https", "xh"}

// leaders are words that a command may follow.
var leaders = []string{"$", "%", "#", ">", "|", "&&", ";", "sudo", "time"}

// leads reports whether a command may follow a word: a shell's prompt is one too.
func leads(word string) bool {
	return slices.Contains(leaders, word) || word != "" && strings.IndexByte("$%#>", word[len(word)-1]) >= 0
}

func isClient(word string) bool {
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(word, `\`, "/")), ".exe")
	return slices.Contains(clients, name)
}

// isArgument tells an option or an address from a word of prose.
func isArgument(word string) bool {
	return strings.HasPrefix(word, "-") || strings.ContainsAny(strings.TrimRight(word, ".,:"), ".:/")
}

// flag returns which of curl's options a word is, "b" or "H", and its value where
// that stands in the same word.
func flag(word string) (option, value string, joined bool) {
	for long, short := range map[string]string{"--cookie": "b", "--header": "H"} {
		if rest, ok := strings.CutPrefix(word, long); ok && (rest == "" || rest[0] == '=') {
			return short, strings.TrimPrefix(rest, "="), rest != ""
		}
	}
	if len(word) < 2 || word[0] != '-' || word[1] == '-' {
		return "", "", false
	}
	// Short options that take no value may stand in front: -isb.
	switch rest := strings.TrimLeft(word[1:], "sSiIkLvfgGjlnNpqROJ#0123456a"); {
	case rest == "" || rest[0] != 'b' && rest[0] != 'H':
		return "", "", false
	default:
		return rest[:1], rest[1:], rest != rest[:1]
	}
}

// fromPowerShell reads what Chromium copies for Invoke-WebRequest.
func fromPowerShell(text string) (found []cookie, ok bool) {
	const maker = "System.Net.Cookie("
	for {
		_, rest, more := strings.Cut(text, maker)
		if !more {
			return found, ok
		}
		ok, text = true, rest
		args := strings.SplitN(rest, `"`, 5) // ("name", "value", …
		if len(args) == 5 && len(found) < maxCookies {
			found = append(found, cookie{name: args[1], value: strings.ReplaceAll(args[3], "`", "")})
		}
	}
}
