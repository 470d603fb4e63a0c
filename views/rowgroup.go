package views

import "slices"

// A rowGroup are rows of the list of steps that belong together: those of a run, or those
// between two.
type rowGroup struct {
	run   *TimelineRun // nil: no run's
	rows  []*StepRow
	since []Entry // what happened after the last of them, and belongs to them
}

// groups are the rows, with the runs among them. What happened in a run before its first
// request and after its last one belongs to it, too.
func (p *StepsPage) groups() (all []rowGroup) {
	end := func(entries []Entry) (others []Entry) {
		for _, e := range entries {
			if last := len(all) - 1; last >= 0 && all[last].run != nil && all[last].run.N == e.Run {
				all[last].since = append(all[last].since, e)
			} else {
				others = append(others, e)
			}
		}
		return others
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if len(all) == 0 || all[len(all)-1].run != r.Run {
			outside := end(r.Before)
			if r.Run != nil {
				inside := func(e Entry) bool { return e.Run == r.Run.N }
				r.Before = slices.DeleteFunc(slices.Clone(outside), func(e Entry) bool { return !inside(e) })
				if outside = slices.DeleteFunc(outside, inside); len(outside) > 0 {
					all = append(all, rowGroup{since: outside})
				}
			} else {
				r.Before = outside
			}
			all = append(all, rowGroup{run: r.Run})
		}
		last := &all[len(all)-1]
		last.rows = append(last.rows, r)
	}
	if rest := end(p.Since); len(rest) > 0 {
		all = append(all, rowGroup{since: rest})
	}
	return all
}

// current reports whether one of the rows is the step shown.
func (g rowGroup) current() bool {
	return slices.ContainsFunc(g.rows, func(r *StepRow) bool { return r.Current })
}
