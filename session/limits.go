package session

import "time"

// limitAt applies the limits as they are configured now to a record that was
// saved under others: shortening the lifetime ends old sessions at once.
func (o *opened) limitAt(rec Record, now time.Time) (Limit, time.Time) {
	if at := rec.Renewed.Add(o.opt.Lifetime); !now.Before(at) {
		return LimitLifetime, at
	}
	if at := rec.Created.Add(o.opt.Absolute); o.opt.Absolute > 0 && !now.Before(at) {
		return LimitAbsolute, at
	}
	return "", time.Time{}
}

// limitOf tells which limit set a record's expiry.
func (o *opened) limitOf(rec Record) Limit {
	switch {
	case o.opt.Absolute > 0 && rec.Expires.Sub(rec.Created) >= o.opt.Absolute:
		return LimitAbsolute
	case o.opt.Idle > 0 && rec.Expires.Sub(rec.Renewed) < o.opt.Lifetime:
		return LimitIdle
	}
	return LimitLifetime
}

// allowed is how long the limit allowed that set a record's expiry.
func (o *opened) allowed(limit Limit, rec Record) time.Duration {
	switch limit {
	case LimitAbsolute:
		return o.opt.Absolute
	case LimitIdle:
		return o.opt.Idle
	}
	return rec.Expires.Sub(rec.Renewed) // the lifetime that it was saved with
}

// expiry is the earliest of the limits; lifetime is the cookie's, if it has one.
func (o *opened) expiry(rec Record, lifetime time.Duration, now time.Time) time.Time {
	at := rec.Renewed.Add(o.opt.Lifetime)
	if lifetime > 0 {
		at = earlier(at, rec.Renewed.Add(lifetime))
	}
	if o.opt.Idle > 0 {
		at = earlier(at, now.Add(o.opt.Idle))
	}
	if o.opt.Absolute > 0 {
		at = earlier(at, rec.Created.Add(o.opt.Absolute))
	}
	return at
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
