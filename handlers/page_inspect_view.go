package handlers

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/inspect"
	"github.com/sessionlab/sessionlab/internal/span"
	"github.com/sessionlab/sessionlab/views"
)

// unknowable are the notes that say what cannot be known.
var unknowable = []string{
	"wrong-key", "unchecked", "sealed", "no-lifetime", "server-side", "server-side-maybe", "id-bits", "maybe-elsewhere",
	"gorilla-sealed", "unknown", "many-makers", "no-check", "needs-salt", "chunk", "no-cookie", "signed-beside",
}

// inspected tells a report in words.
func (h *pages) inspected(c echo.Context, r inspect.Report) *views.Inspected {
	t := h.text(c)
	v := &views.Inspected{
		Title: t.T("inspect.format." + string(r.Format)), Name: r.Name, Others: r.Others, Sure: t.T("inspect.sure." + sure(r)),
		Signature: string(r.Signature), Verdict: t.T("inspect.signature." + verdict(r)), Signed: !unsigned(r), Payload: indented(r),
	}
	if r.Sure == inspect.Unrecognised {
		v.Title = t.T("inspect.unrecognised")
	}
	if r.Variant != "" {
		v.Variant = t.T("inspect.variant." + r.Variant)
	}
	for _, p := range r.Parts {
		part := views.InspectPart{Kind: string(p.Kind), Text: p.Text, Decoded: p.Decoded}
		if p.Kind != inspect.Separator {
			part.Label, part.Explain = t.T("inspect.part-"+string(p.Kind)+".label"), t.T("inspect.part-"+string(p.Kind)+".explain")
		}
		if p.Kind == inspect.Payload && v.Payload != "" {
			part.Decoded = "" // it stands below
		}
		v.Parts = append(v.Parts, part)
	}
	for _, m := range r.Moments {
		v.Times = append(v.Times, h.moment(t, m))
	}
	for _, fact := range [][2]string{{"inspect.algorithm", r.Algorithm}, {"inspect.match", r.Match}} {
		if fact[1] != "" {
			v.Facts = append(v.Facts, views.Row{Name: t.T(fact[0]), New: fact[1]})
		}
	}
	for _, n := range r.Notes {
		said := t.F("inspect.note."+n.Code, n.Args...)
		if slices.Contains(unknowable, n.Code) {
			v.Unknown = append(v.Unknown, said)
		} else {
			v.Known = append(v.Known, said)
		}
	}
	if len(r.Maybe) > 0 {
		v.Unknown = append(v.Unknown, t.F("inspect.maybe", "Formats", formats(t, r.Maybe)))
	}
	return v
}

// sure is how sure the report is of the format.
func sure(r inspect.Report) string {
	if r.Signature == inspect.Valid {
		return "proven"
	}
	return string(r.Sure)
}

// unsigned reports whether it is known that there is no signature.
func unsigned(r inspect.Report) bool {
	return r.Algorithm == "" && r.Sure != inspect.Unrecognised && r.Format != inspect.Balancer
}

// verdict names what the signature or the seal of a cookie turned out to be.
func verdict(r inspect.Report) string {
	switch {
	case unsigned(r):
		return "none"
	case r.Algorithm == "":
		return "unknown"
	case !r.Encrypted || r.Format == inspect.Gorilla:
		return string(r.Signature)
	case r.Signature == inspect.Valid:
		return "opened"
	case r.Signature == inspect.Invalid:
		return "closed"
	}
	return "sealed"
}

func formats(t *i18n.Text, list []inspect.Format) string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = t.T("inspect.format." + string(f))
	}
	return strings.Join(names, t.T("flow.list.comma"))
}

// maxIndented bounds what is laid out: nested lists grow by it, up to the
// square of their depth.
const maxIndented = 4 << 10

// indented is a report's payload to be read, "" if it is but the id that stands
// among the parts.
func indented(r inspect.Report) string {
	if r.Payload == nil || slices.ContainsFunc(r.Parts, func(p inspect.Part) bool { return p.Kind == inspect.ID }) {
		return ""
	}
	var out bytes.Buffer
	if len(r.Payload) > maxIndented || json.Indent(&out, r.Payload, "", "  ") != nil {
		return string(r.Payload)
	}
	return out.String()
}

// payloadOf is a report's payload to be signed again.
func payloadOf(r inspect.Report) string {
	if text := indented(r); text != "" {
		return text
	}
	if r.Unread != nil {
		return "hex:" + hex.EncodeToString(r.Unread)
	}
	return string(r.Payload)
}

// moment tells a time as a date and as seen from now.
func (h *pages) moment(t *i18n.Text, m inspect.Moment) views.InspectTime {
	away, id := m.At.Sub(h.Now()), "inspect.ahead"
	if away < 0 {
		away, id = -away, "inspect.past"
	}
	n, unit := span.Rounded(away)
	return views.InspectTime{
		Name: t.T("inspect.moment." + m.Kind), ISO: m.At.Format(time.RFC3339),
		Date:   m.At.In(h.Location).Format(t.T("flow.layout.year") + " 15:04:05"),
		Away:   t.F(id, "Left", t.N("flow.duration."+unit, n)),
		Past:   id == "inspect.past",
		Inside: m.Kind != "default-limit",
	}
}

// signPane is where a cookie of one's own is signed.
func (h *pages) signPane(c echo.Context, r inspect.Report, signed string, refused *problem) *views.SignPane {
	t := h.text(c)
	pane := &views.SignPane{Name: r.Name, Made: signed, Payload: bodyField(c, "payload")}
	if pane.Payload == "" {
		pane.Payload = payloadOf(r)
	}
	chosen := inspect.Format(bodyField(c, "sign"))
	if chosen == "" {
		chosen = r.Format
	}
	switch {
	case refused != nil:
		pane.Trouble = t.T("inspect.sign." + refused.code)
	case unsigned(r) && r.Format != inspect.JWT && signed == "":
		pane.Why = t.T("inspect.sign.no_signature")
	case !inspect.CanSign(chosen):
		pane.Why = t.T("inspect.sign.cannot")
	}
	for _, f := range inspect.Signable {
		label := t.T("inspect.format." + string(f))
		if f == inspect.JWT {
			label += " · HS256"
		}
		pane.Formats = append(pane.Formats, views.Choice{Value: string(f), Label: label, On: f == chosen})
	}
	return pane
}

// bodyField is a field of the form that was checked before, or "".
func bodyField(c echo.Context, name string) string { return c.Request().PostForm.Get(name) }
