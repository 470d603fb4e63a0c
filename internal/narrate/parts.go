package narrate

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// cookieParts explains each part of a cookie's value.
func (n *telling) cookieParts(c *step.Cookie) []views.Part {
	return n.partsOf(c.Parts, reading.Part(c, "signature") != "")
}

func (n *telling) partsOf(all []step.Part, signed bool) []views.Part {
	parts := make([]views.Part, len(all))
	for i, p := range all {
		id := "flow.part." + p.Kind
		switch p.Kind {
		case "id":
			id = "flow.part.sid"
			if !signed {
				id = "flow.part.sid-unsigned"
			}
		case "payload":
			if strings.HasPrefix(p.Text, ".") {
				id = "flow.part.compressed"
			}
		case "signature", "mac":
			if p.Valid != nil {
				id += pick(*p.Valid, "-valid", "-invalid")
				if known := n.wrongSignature(); !*p.Valid && known != "" {
					id += "-" + known
				}
			}
		case "other":
			id = "flow.part.unread"
		}
		parts[i] = n.part(p.Kind, p.Text, id, n.decoded(p))
	}
	return parts
}

func (n *telling) part(kind, text, id, decoded string) views.Part {
	return views.Part{
		Kind: kind, Text: text,
		Label:   n.T(id + ".label"),
		Explain: n.say(id+".explain", "Decoded", decoded),
	}
}

// keyParts explains a record's key: the id in it, or a hash of the id, and the
// prefix.
func (n *telling) keyParts(r *step.Record, c *step.Cookie) []views.Part {
	if r == nil {
		return nil
	}
	prefix, found := strings.CutSuffix(r.Key, r.ID)
	if !found || r.ID == "" {
		return []views.Part{n.part("other", r.Key, "flow.part.key", "")}
	}
	var parts []views.Part
	switch {
	case strings.Contains(prefix, "."): // a number, after a change of mechanism or store
		parts = append(parts, n.part("other", prefix, "flow.part.prefix-later", ""))
	case prefix != "":
		parts = append(parts, n.part("other", prefix, "flow.part.prefix", ""))
	}
	id := "flow.part.key-id-alone"
	switch same, hashed := reading.StandsFor(reading.Part(c, "id"), r); {
	case hashed:
		id = "flow.part.key-hash"
	case same:
		id = "flow.part.key-id"
	case len(r.ID) == 64: // what a SHA-256 takes in hexadecimal
		id = "flow.part.key-hash-alone"
	}
	return append(parts, n.part("id", r.ID, id, ""))
}
