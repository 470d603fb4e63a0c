package inspect

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed testdata/*.json
var recorded embed.FS

// An Example is a cookie that a real library made, with its key.
type Example struct {
	ID, Name, Value, Key, Key2, Salt string
}

// examples are where each is recorded, by its id; those without a file are ids
// that anything could have made.
var examples = []struct{ id, file, name string }{
	{"flask", "flask", "flask"}, {"django", "django", "django session"}, {"express", "express", "connect.sid"},
	{"rails", "rails", "session of Rails 7"}, {"rails-signed", "rails", "signed cookie of Rails 6"}, {"rack", "rack", "Marshal"},
	{"jwt", "express", "JWT HS256"}, {"gorilla", "gorilla", "CookieStore"}, {"itsdangerous", "flask", "timed serializer"}, {"opaque", "", ""},
}

// ExampleIDs are the ids of all examples.
func ExampleIDs() (ids []string) {
	for _, e := range examples {
		ids = append(ids, e.id)
	}
	return ids
}

// ExampleOf returns the example with that id, and whether there is one.
func ExampleOf(id string) (e Example, ok bool, err error) {
	for _, known := range examples {
		switch {
		case known.id != id:
		case known.file == "":
			return Example{ID: id, Name: "PHPSESSID", Value: "el4ukv0kqbvoirg7nkp4dncpk3"}, true, nil
		default:
			e, err = readExample(known.file, known.name)
			e.ID = id
			return e, err == nil, err
		}
	}
	return Example{}, false, nil
}

func readExample(file, name string) (Example, error) {
	data, err := recorded.ReadFile("testdata/" + file + ".json")
	if err != nil {
		return Example{}, fmt.Errorf("inspect: example: %w", err)
	}
	var all struct {
		Samples []struct{ Name, Cookie, Value, Key, Block, Salt string }
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return Example{}, fmt.Errorf("inspect: example: %s: %w", file, err)
	}
	for _, s := range all.Samples {
		if s.Name == name {
			return Example{Name: s.Cookie, Value: s.Value, Key: s.Key, Key2: s.Block, Salt: s.Salt}, nil
		}
	}
	return Example{}, fmt.Errorf("inspect: example: %s has no %q", file, name)
}
