package redisbackend_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session/redisbackend"
)

// words are hard to type, and how they are to be typed.
var words = []struct{ word, typed string }{
	{"", `''`},
	{"session:a.b-c_d/e", `session:a.b-c_d/e`},
	{`{"a":"b\"c"}`, `'{"a":"b\"c"}'`},
	{"安娜 é 🍪", `'安娜 é 🍪'`},
	{"it's", `"it's"`},
	{`say "it's"`, `"say \"it's\""`},
	{`ends with \`, `"ends with \\"`},
	{"a\tb\r\n", `"a\tb\r\n"`},
	{"\x00\x1b\x7f", `"\x00\x1b\x7f"`},
	{"\xff\xc3(", `"\xff\xc3("`},
	{"a\u202eb\ufffd", `"a\xe2\x80\xaeb�"`},
	{"$HOME `id` #", "'$HOME `id` #'"},
	{`\x41`, `'\x41'`},
}

func TestACommandIsShownAsItIsTyped(t *testing.T) {
	for _, w := range words {
		if got := redisbackend.CommandLine([]string{"ECHO", w.word}); got != "ECHO "+w.typed {
			t.Errorf("%q is shown as %s; want ECHO %s", w.word, got, w.typed)
		}
	}
}

func TestRedisCLITakesACommandAsItIsShown(t *testing.T) {
	program, err := exec.LookPath("redis-cli")
	if err != nil {
		t.Skip(err)
	}
	host, port, _ := strings.Cut(pool.Redis(t).Addr, ":")
	for _, w := range words {
		cli := exec.Command(program, "-h", host, "-p", port)
		cli.Stdin = strings.NewReader(redisbackend.CommandLine([]string{"ECHO", w.word}) + "\n")
		if out, err := cli.Output(); string(out) != w.word+"\n" || err != nil {
			t.Errorf("typed as it is shown, %q becomes %q, %v", w.word, out, err)
		}
	}
}
