package sessiontest_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func newMemory(_ testing.TB, now func() time.Time) session.Backend { return session.NewMemory(now) }

func TestMemory(t *testing.T) { sessiontest.TestBackend(t, newMemory) }

func BenchmarkMemory(b *testing.B) { sessiontest.BenchmarkBackend(b, newMemory) }
