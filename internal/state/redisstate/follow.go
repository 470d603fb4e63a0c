package redisstate

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/rueidis"
)

// errQuiet reports that the subscription ended without a reason.
var errQuiet = errors.New("redisstate: the subscription ended")

// Follow implements lab.SharedState.
func (s *State) Follow(ctx context.Context, ready func(), changed func(bench string)) error {
	client, err := s.conn.Client()
	if err != nil {
		return err
	}
	subscribed := rueidis.WithOnSubscriptionHook(ctx, func(sub rueidis.PubSubSubscription) {
		if sub.Kind == "subscribe" {
			ready()
		}
	})
	err = client.Receive(subscribed, client.B().Subscribe().Channel(newsKey).Build(), func(m rueidis.PubSubMessage) {
		process, bench, ok := strings.Cut(m.Message, " ")
		if ok && process != s.process {
			changed(bench)
		}
	})
	if err == nil {
		err = errQuiet
	}
	return err
}
