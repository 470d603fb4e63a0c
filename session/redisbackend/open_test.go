package redisbackend_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session/redisbackend"
)

func TestOpenTakesTheURLsThatRedisUsersKnow(t *testing.T) {
	for _, url := range []string{
		"redis://localhost", "redis://localhost/", "redis://localhost:6379/0", "redis://:secret@localhost",
		"redis://user:secret@[::1]:7000/15", "rediss://user:s%2Fe%40cret@host:1", "valkey://h", "valkeys://h:1/2",
		"redis://h:7000?addr=h:7001&addr=h:7002", "redis://h:7000/?addr=i",
	} {
		b, err := redisbackend.Open(url)
		if err != nil {
			t.Errorf("Open(%q) = %v; want nil", url, err)
			continue
		}
		must(t, b.Close())
	}
}

func TestABadURLIsAnErrorThatDoesNotTellIt(t *testing.T) {
	for _, url := range []string{
		"", "localhost:6379", "secret", "http://secret@localhost", "postgres://secret@localhost/",
		"redis://", "redis:///0", "redis://:secret@", "redis:secret@localhost", "redis://user:secret@host:port",
		"redis://user:sec/secret@host", "redis://:secret#secret@host", "redis://:secret@host/x", "redis://h/0/secret",
		"redis://h/-1", "redis://h?db=secret", "redis://h?secret=1", "redis://h?addr=%zz", "redis://:%zzsecret@host", "redis://h\x7fsecret",
		"redis://h:0/99999999999999999999secret",
	} {
		b, err := redisbackend.Open(url)
		if err == nil {
			t.Errorf("Open(%q) = nil; want an error", url)
			b.Close()
			continue
		}
		if strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "redisbackend: ") {
			t.Errorf("Open(%q) = %v", url, err)
		}
	}
}
