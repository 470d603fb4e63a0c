package handlers

import (
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// sessions are those that the store holds now, where the newest step found none: another
// browser's is no less there. They are zero for other steps, and where the store does not
// answer.
func (v *lessonView) sessions(s *step.Step) (info views.StoreInfo) {
	all, now := v.bench.Steps(), v.bench.Settings()
	if s.After.Record != nil || s.N != all[len(all)-1].N || s.Mechanism != step.MechanismServer || now.Mechanism != step.MechanismServer {
		return info
	}
	if usage, err := v.bench.Usage(v.c.Request().Context()); err == nil {
		info.Sessions, info.Bytes = usage.Sessions, usage.Bytes
	}
	return info
}
