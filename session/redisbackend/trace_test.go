package redisbackend_test

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session"
)

// told runs f and returns what a trace is told of it: rows and first lines.
func told(t *testing.T, f func(t *testing.T, ctx *session.Trace)) (rows []int64, commands, whole []string) {
	t.Helper()
	f(t, &session.Trace{Query: func(info session.QueryInfo) {
		if info.System != "redis" || info.Err != nil {
			t.Errorf("a trace is told %+v", info)
		}
		line, _, _ := strings.Cut(info.Text, "\n")
		rows, commands, whole = append(rows, info.Rows), append(commands, line), append(whole, info.Text)
	}})
	return rows, commands, whole
}

func TestATraceIsToldWhatCanBeTyped(t *testing.T) {
	s := empty(t)
	b := open(t, s.URL)
	const key, fields = "session:app:K", ` created 1767225600000 renewed 1767225600000 expires 1767229200000 version `
	const whenever = ` 2 'session-index:{=session:app:}:expires' 'session-index:{=session:app:}:bytes' 0`
	const index = ` 2 'session-index:{=session:app:}:expires' 'session-index:{=session:app:}:bytes' 1767225600`
	steps := []struct {
		name string
		run  func(t *testing.T, trace *session.Trace)
		want []string // its hash instead of that of a script
		rows int64    // of the first; the others keep the index
	}{
		{"Load of nothing", func(t *testing.T, trace *session.Trace) {
			b.Load(session.WithTrace(t.Context(), trace), key, epoch)
		}, []string{"HGETALL " + key}, 0},
		{"Save", func(t *testing.T, trace *session.Trace) {
			must(t, b.Save(session.WithTrace(t.Context(), trace), key, hour(`{"it's":1}`, 0), epoch))
		}, []string{
			"EVALSHA save.lua 1 " + key + ` 0 1767225600000 3600000 data "{\"it's\":1}"` + fields + "1",
			"EVALSHA index.lua" + index + " K 1767229200 10",
			"ZADD session-index 0 session:app:",
		}, 1},
		{"Save again", func(t *testing.T, trace *session.Trace) {
			must(t, b.Save(session.WithTrace(t.Context(), trace), key, hour(`{"it is":1}`, 1), epoch))
		}, []string{
			"EVALSHA save.lua 1 " + key + ` 1 1767225600000 3600000 data '{"it is":1}'` + fields + "2",
			"EVALSHA index.lua" + index + " K 1767229200 11",
			"ZADD session-index 0 session:app:",
		}, 1},
		{"Save in the same second", func(t *testing.T, trace *session.Trace) {
			must(t, b.Save(session.WithTrace(t.Context(), trace), key, hour(`{"it is":2}`, 2), epoch))
		}, []string{
			"EVALSHA save.lua 1 " + key + ` 2 1767225600000 3600000 data '{"it is":2}'` + fields + "3",
		}, 1},
		{"refused Save", func(t *testing.T, trace *session.Trace) {
			b.Save(session.WithTrace(t.Context(), trace), key, hour(`v`, 1), epoch)
		}, []string{
			"EVALSHA save.lua 1 " + key + ` 1 1767225600000 3600000 data v` + fields + "2",
		}, 0},
		{"Load", func(t *testing.T, trace *session.Trace) {
			b.Load(session.WithTrace(t.Context(), trace), key, epoch)
		}, []string{"HGETALL " + key}, 1},
		{"TTL", func(t *testing.T, trace *session.Trace) {
			b.TTL(session.WithTrace(t.Context(), trace), key)
		}, []string{"PTTL " + key}, 1},
		{"refused Delete", func(t *testing.T, trace *session.Trace) {
			b.Delete(session.WithTrace(t.Context(), trace), key, 7)
		}, []string{"EVALSHA delete.lua 1 " + key + " 7"}, 0},
		{"Delete", func(t *testing.T, trace *session.Trace) {
			must(t, b.Delete(session.WithTrace(t.Context(), trace), key, 3))
		}, []string{"EVALSHA delete.lua 1 " + key + " 3", "EVALSHA index.lua" + whenever + " K"}, 1},
		{"Delete of any", func(t *testing.T, trace *session.Trace) {
			b.Delete(session.WithTrace(t.Context(), trace), key, 0)
		}, []string{"DEL " + key}, 0},
	}
	// The server forgets its scripts, so that the first time they are sent whole.
	for round := range 2 {
		hand(t, s, "FLUSHALL")
		if round == 0 {
			hand(t, s, "SCRIPT", "FLUSH")
		}
		for _, step := range steps {
			rows, got, whole := told(t, step.run)
			if round == 0 {
				continue
			}
			for i, text := range whole { // the script's name follows its hash
				if name, _, ok := strings.Cut(text, ".lua\n"); ok {
					name = name[strings.LastIndex(name, " ")+1:] + ".lua"
					words := strings.SplitN(got[i], " ", 3)
					got[i] = words[0] + " " + name + " " + words[2]
				}
			}
			want := make([]int64, len(got))
			want[0] = step.rows
			if fmt.Sprint(got) != fmt.Sprint(step.want) || !slices.Equal(rows, want) {
				t.Errorf("%s tells\n%s\nand rows %v; want\n%s\nand %v", step.name,
					strings.Join(got, "\n"), rows, strings.Join(step.want, "\n"), want)
			}
		}
	}
}

func TestAToldSaveSavesByHand(t *testing.T) {
	program, err := exec.LookPath("redis-cli")
	if err != nil {
		t.Skip(err)
	}
	s := empty(t)
	b := open(t, s.URL)
	const values = "{\"a\":\"it's\\n\u202e\x00\xff é\"}"
	save := func(t *testing.T, trace *session.Trace) {
		must(t, b.Save(session.WithTrace(t.Context(), trace), "session:\n'k'", hour(values, 0), epoch))
	}
	told(t, save) // the script in full
	must(t, b.Delete(t.Context(), "session:\n'k'", 0))
	_, commands, _ := told(t, save)
	hand(t, s, "FLUSHALL")

	host, port, _ := strings.Cut(s.Addr, ":")
	cli := exec.Command(program, "-h", host, "-p", port)
	cli.Stdin = strings.NewReader(strings.Join(commands, "\n") + "\n")
	if out, err := cli.CombinedOutput(); err != nil || strings.Contains(string(out), "rr") { // ERR, NOSCRIPT or "error"
		t.Fatalf("redis-cli: %s, %v", out, err)
	}
	rec, err := b.Load(t.Context(), "session:\n'k'", epoch)
	if err != nil || string(rec.Values) != values || rec.Version != 1 {
		t.Errorf("Load = %q, version %d, %v; want %q, 1", rec.Values, rec.Version, err, values)
	}
	if u, err := b.Usage(t.Context(), "session:", epoch); u.Sessions != 1 || err != nil {
		t.Errorf("Usage = %+v, %v; want one session", u, err)
	}
}
