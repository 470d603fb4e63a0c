package span

import "time"

// units are what lengths are said in, from the largest.
var units = [...]struct {
	name string
	unit time.Duration
}{{"days", Day}, {"hours", time.Hour}, {"minutes", time.Minute}, {"seconds", time.Second}}

// Rounded returns a length that is not negative as people say it: how many of "days",
// "hours", "minutes" or "seconds". A unit serves when it is at most 2 % off: 31 days less a
// second are 31 days, and 36 hours are not a day and a half. It is at least one second.
func Rounded(d time.Duration) (n int, unit string) {
	for _, u := range units {
		whole := d.Round(u.unit)
		if off := (d - whole).Abs(); whole > 0 && off*50 <= d {
			return int(whole / u.unit), u.name
		}
	}
	return max(1, int(d.Round(time.Second)/time.Second)), "seconds"
}
