package lab

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
)

// What two workers of an app do with a key, or with memory.
const (
	workersShare = "shared"
	workersOwn   = "own"
)

// memoryStore is the name of the store that lives in the app's processes.
const memoryStore = "memory"

// workers is how many processes the app runs in.
func (s Settings) workers() int {
	if s.Workers == "2" {
		return 2
	}
	return 1
}

// of returns the settings as one worker has them.
func (s Settings) of(worker int) Settings {
	s.worker = worker
	return s
}

// turn is the worker whose turn it is to serve a step: they take turns by the step's
// number, which no two requests share, whichever process serves them.
func (s Settings) turn(step int) int {
	if step < 1 {
		return 1
	}
	return (step-1)%s.workers() + 1
}

// workerKey is the key that a worker has in place of a key in the settings. The
// first worker has that key itself. If each has its own, the second one's is
// computed from it: it is as random, changes and is rotated with it, and is
// never the same.
func (s Settings) workerKey(key string) string {
	if s.worker < 2 || s.WorkerKeys != workersOwn {
		return key
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("worker " + strconv.Itoa(s.worker)))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:24])
}

// ownMemory reports whether each worker has its own map of records.
func (s Settings) ownMemory() bool {
	return s.workers() > 1 && s.WorkerMemory == workersOwn && s.store() == memoryStore
}

// prefixes are those of all workers; see [Settings.prefix].
func (s Settings) prefixes(bench string) []string {
	if !s.ownMemory() {
		return []string{s.prefix(bench)}
	}
	all := make([]string, s.workers())
	for i := range all {
		all[i] = s.of(i + 1).prefix(bench)
	}
	return all
}
