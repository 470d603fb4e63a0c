package jar

import "slices"

// makeRoom keeps the limits after c was stored, which takes at most one
// eviction. Excess cookies of a domain go first, those without Secure before
// the others; then any cookie. Among equals the one longest unused goes (RFC
// 6265bis section 5.7).
func (j *Jar) makeRoom(c Cookie) Result {
	i := j.excess(c.Domain)
	if i < 0 {
		return Result{Outcome: Stored, Cookie: c}
	}
	gone := j.cookies[i]
	j.cookies = slices.Delete(j.cookies, i, i+1)
	if gone.identity() == c.identity() {
		// Every other cookie of the domain has the better claim.
		return Result{Outcome: Ignored, Reason: ReasonNoRoom, Cookie: c}
	}
	return Result{Outcome: Stored, Cookie: c, Evicted: &gone}
}

// excess returns the index of the cookie to evict, -1 if no limit is passed.
// Only the domain that just got a cookie can have too many.
func (j *Jar) excess(domain string) int {
	sharing := func(c Cookie) bool { return c.Domain == domain }
	plain := func(c Cookie) bool { return c.Domain == domain && !c.Secure }
	switch {
	case j.count(sharing) > MaxPerDomain:
		if i := j.longestUnused(plain); i >= 0 {
			return i
		}
		return j.longestUnused(sharing)
	case len(j.cookies) > MaxCookies:
		return j.longestUnused(func(Cookie) bool { return true })
	}
	return -1
}

func (j *Jar) count(among func(Cookie) bool) int {
	n := 0
	for _, c := range j.cookies {
		if among(c) {
			n++
		}
	}
	return n
}

func (j *Jar) longestUnused(among func(Cookie) bool) int {
	oldest := -1
	for i, c := range j.cookies {
		if among(c) && (oldest < 0 || c.LastUsed.Before(j.cookies[oldest].LastUsed)) {
			oldest = i
		}
	}
	return oldest
}
