package handlers

import (
	"net/url"
	"path"
	"strconv"
	"strings"
)

// back is where a page's form leads: to the page that its field "back" names, or
// else to the bench, at the step that the request became.
func (c *call) back() string {
	lang := string(c.app.text(c).Lang())
	to := &url.URL{Path: "/" + lang + "/lab"}
	if named, err := field(c, "back", 512); err == nil {
		if page, ok := pageOf(named); ok {
			to = page
		}
	}
	to.RawQuery = strings.TrimPrefix(to.RawQuery+"&step="+strconv.Itoa(c.recording.Number()), "&")
	kept := staying(c, lang)
	kept.Del("browser") // it is the visitor's own that went on
	return joined(to.String(), kept)
}

// pageOf reads the address of one of this product's pages: a path that begins with
// a language, and nothing besides, except which screen of a lesson or
// which run of an experiment it is. An answer must not lead to another site, nor to
// an app under study, where a GET can do something.
func pageOf(address string) (page *url.URL, ok bool) {
	if !local(address) {
		return nil, false
	}
	address, query, asks := strings.Cut(address, "?")
	if asks && !isSlide(query) && !isRun(query) {
		return nil, false
	}
	u, err := url.Parse(address)
	if err != nil || u.Path != address || path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") {
		return nil, false
	}
	u.RawQuery = query
	_, ok = langOf(u.Path)
	return u, ok
}
