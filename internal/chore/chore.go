// Package chore runs what a server does beside answering requests.
package chore

import (
	"context"
	"log/slog"
	"time"
)

// Every runs a chore at each pause until ctx is done, and then returns nil. A chore
// that fails is logged under its name and runs again after the next pause.
func Every(ctx context.Context, pause time.Duration, log *slog.Logger, name string, chore func(context.Context) error) error {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := chore(ctx); err != nil && ctx.Err() == nil {
				log.Error(name, "error", err)
			}
		}
	}
}
