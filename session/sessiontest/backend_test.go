package sessiontest_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func newMemory(testing.TB) session.Backend { return session.NewMemory() }

func TestMemory(t *testing.T) { sessiontest.TestBackend(t, newMemory) }

func BenchmarkMemory(b *testing.B) { sessiontest.BenchmarkBackend(b, newMemory) }
