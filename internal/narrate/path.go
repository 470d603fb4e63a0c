package narrate

import "strings"

// appPath begins the path of every app: "/app/{bench}/…".
const appPath = "/app/"

// route is a path as the app's own code names it: below the app's address, and
// without the query.
func route(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if rest, ok := strings.CutPrefix(path, appPath); ok {
		if _, below, found := strings.Cut(rest, "/"); found {
			return "/" + below
		}
	}
	return path
}

// shortPath is a path without the bench's id, which tells a reader nothing.
func shortPath(path string) string {
	if rest, ok := strings.CutPrefix(path, appPath); ok {
		if _, below, found := strings.Cut(rest, "/"); found {
			return appPath + "…/" + below
		}
	}
	return path
}
