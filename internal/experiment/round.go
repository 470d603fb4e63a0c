package experiment

import (
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Round is one request as it was sent to each of several benches.
type Round struct {
	Op    step.Op
	By    Sender
	Steps []int // by the order of the benches; 0: that bench has no such step
}

// Rounds returns what the senders of benches sent, in order. What others sent to their
// apps is no part of it.
//
// A request that one of the apps refused to record leaves a gap there. So the rounds
// follow the bench that has the most steps, and another has a part in a round if its
// next step is of the same operation by the same sender.
func Rounds(benches []*lab.Bench) []Round {
	sent := make([][]Round, len(benches))
	longest := 0
	for i, b := range benches {
		sent[i] = sentTo(b)
		if len(sent[i]) > len(sent[longest]) {
			longest = i
		}
	}
	if len(sent) == 0 {
		return nil
	}
	next := make([]int, len(benches))
	rounds := make([]Round, 0, len(sent[longest]))
	for _, of := range sent[longest] {
		r := Round{Op: of.Op, By: of.By, Steps: make([]int, len(benches))}
		for i, all := range sent {
			if at := next[i]; at < len(all) && all[at].Op == r.Op && all[at].By == r.By {
				r.Steps[i] = all[at].Steps[0]
				next[i]++
			}
		}
		rounds = append(rounds, r)
	}
	return rounds
}

// sentTo are the rounds of one bench.
func sentTo(b *lab.Bench) (rounds []Round) {
	by := senders(b)
	for _, s := range b.Steps() {
		if from := by[s.Browser]; from != 0 {
			rounds = append(rounds, Round{s.Op, from, []int{s.N}})
		}
	}
	return rounds
}

// senders are those of a bench by the ids of their browsers.
func senders(b *lab.Bench) map[string]Sender {
	all := make(map[string]Sender)
	for _, v := range b.Browsers() {
		all[v.ID] = Sender(v.Slot)
	}
	return all
}
