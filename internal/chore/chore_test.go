package chore_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sessionlab/sessionlab/internal/chore"
)

func TestAChoreThatFailsIsLoggedAndRunsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 150*time.Second)
		defer cancel()
		var out bytes.Buffer
		runs := 0
		err := chore.Every(ctx, time.Minute, slog.New(slog.NewTextHandler(&out, nil)), "dusting", func(context.Context) error {
			runs++
			return errors.New("no cloth")
		})
		if err != nil || runs != 2 {
			t.Errorf("Every = %v after %d runs; want nil after one at each full minute of two and a half", err, runs)
		}
		if log := out.String(); strings.Count(log, `msg=dusting error="no cloth"`) != 2 {
			t.Errorf("the log says\n%s\nwant a line for each failure", log)
		}
	})
}
