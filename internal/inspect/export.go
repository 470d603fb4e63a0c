package inspect

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// fromExport reads the JSON that extensions and tools write cookies to: a list of
// them (EditThisCookie, Cookie-Editor, Puppeteer), an object that holds one
// (Playwright, HAR, J2TEAM), one cookie alone, or the tables of Firefox. Any other
// list or object is a value.
func fromExport(text string) (found []cookie, ok bool) {
	raw := jsonOf([]byte(text))
	if raw == nil || !structured(raw) {
		return nil, false
	}
	if found = exports(raw); len(found) == 0 {
		found = []cookie{{value: text}}
	}
	return found, true
}

// exports are the cookies of an export, none if it is other JSON.
func exports(raw json.RawMessage) (found []cookie) {
	var list []exported
	if json.Unmarshal(raw, &list) == nil {
		return named(list, true)
	}
	var file struct {
		exported
		Cookies  []exported
		Request  map[string]string   `json:"Request Cookies"`
		Response map[string]exported `json:"Response Cookies"`
	}
	if json.Unmarshal(raw, &file) != nil {
		return nil
	}
	found = append(named([]exported{file.exported}, true), named(file.Cookies, false)...)
	for _, name := range slices.Sorted(maps.Keys(file.Request)) {
		found = append(found, cookie{name: name, value: file.Request[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(file.Response)) {
		c := file.Response[name]
		c.Name = name
		found = append(found, named([]exported{c}, false)...)
	}
	return found
}

// An exported cookie. The second names are those of Cookie Quick Manager.
type exported struct {
	Name   string `json:"name"`
	Value  any    `json:"value"`
	Domain string `json:"domain"`
	Host   string `json:"host"`

	NameRaw string `json:"Name raw"`
	Content any    `json:"Content raw"`
	HostRaw string `json:"Host raw"`
}

// named are the cookies among exported objects. One that stands for itself must
// say where it belongs: a name and a value alone may be somebody's data.
func named(list []exported, placed bool) (found []cookie) {
	for _, e := range list {
		if e.Name == "" {
			e.Name, e.Value = e.NameRaw, e.Content
		}
		value, isText := e.Value.(string)
		if e.Name == "" || !isText || placed && e.Domain+e.Host+e.HostRaw == "" {
			continue
		}
		found = append(found, cookie{name: e.Name, value: strings.TrimSpace(value)})
	}
	return found
}
