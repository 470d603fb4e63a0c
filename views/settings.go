package views

import "net/url"

// query is how an address says what was done, "" for nothing.
func (d Did) query() string {
	if d.What == "" {
		return ""
	}
	return "?did=" + url.QueryEscape(d.What)
}
