package views

import "cmp"

// done reports whether the panes show what the whole step came to.
func (d *Duo) done() bool { return d.Step != nil && !d.Still && d.At > len(d.Step.Events) }

// browser is what the browser holds at the position shown.
func (d *Duo) browser() BrowserPane {
	b := d.Step.Browser
	switch {
	case d.Still:
		b.Mark, b.Was, b.Rows = Same, nil, settled(b.Rows)
	case d.Detail && b.Mark != Same && d.At < b.At:
		b.Mark, b.Cookie, b.Was, b.Rows = Same, b.Was, nil, earlier(b.Rows)
		b.Empty = d.Text.T("duo.no_cookie")
	}
	return b
}

// store is the record at the position shown.
func (d *Duo) store() StorePane {
	s := d.Step.Store
	switch {
	case d.Still, d.Quiet:
		if s.Mark == Removed {
			s.Key = nil
		}
		s.Mark, s.Rows = Same, settled(s.Rows)
	case d.Detail && s.Mark == Same && s.Empty != "" && d.At < d.missedAt():
		s = StorePane{Empty: d.Text.T("duo.not_looked")}
	case !d.Detail || s.Mark == Same || d.At >= s.At:
	case s.Mark == Added:
		s = StorePane{Empty: d.Text.T("duo.no_record")}
	default:
		s.Mark, s.Empty, s.Rows, s.Version = Same, "", earlier(s.Rows), cmp.Or(s.VersionWas, s.Version)
		if s.KeyWas != nil {
			s.Key = s.KeyWas
		}
	}
	return s
}

// missedAt is the event that tells why there is no record, 0 for none.
func (d *Duo) missedAt() (n int) {
	for i := range d.Step.Events {
		if e := &d.Step.Events[i]; e.Kind == "session.expired" || e.Kind == "load.missing" {
			n = e.N
		}
	}
	return n
}

// settled are rows as a step left them, without what it did to them.
func settled(rows []Row) []Row {
	var all []Row
	for _, r := range rows {
		if r.Mark != Removed {
			r.Mark = Same
			all = append(all, r)
		}
	}
	return all
}

// earlier are rows as a step found them.
func earlier(rows []Row) []Row {
	var all []Row
	for _, r := range rows {
		switch r.Mark {
		case Added:
			continue
		case Changed, Removed:
			r.New, r.Mark = r.Old, Same
		}
		all = append(all, r)
	}
	return all
}
