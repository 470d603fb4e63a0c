package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/inspect"
	"github.com/sessionlab/sessionlab/views"
)

// The most bytes that a field of the inspector may hold; a public key in PEM takes 800.
const (
	maxPasted = inspect.MaxInput
	maxSecret = 4 << 10
)

// inspectForm shows the inspector empty. It takes no cookie from the query: an
// address stays in histories and logs, and is sent as the Referer: a secret does
// not belong in it.
func (h *pages) inspectForm(c echo.Context) error {
	page := h.inspectPage(c)
	return h.render(c, http.StatusOK, views.Inspect(page))
}

// inspect says what a pasted cookie is. Nothing of it is stored or logged.
func (h *pages) inspect(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept")
	form, err := h.pasted(c)
	if err != nil {
		return err
	}
	o := inspect.Options{Name: form.Name, Key: form.Key, Key2: form.Key2, Salt: form.Salt, Now: h.Now()}
	report := inspect.Inspect(form.Cookie, o)
	o.Cookie = form.Cookie
	signed, err := h.signed(c, o)
	var refused *problem
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	status := http.StatusOK
	if refused != nil {
		status = refused.status
	}
	if !wantsHTML(c.Request()) {
		if refused != nil {
			message := h.text(c).T("inspect.sign." + refused.code)
			return c.JSON(status, map[string]any{"ok": false, "error": failure{refused.code, message}})
		}
		return c.JSON(status, h.inspectJSON(c, report, signed))
	}
	page := h.inspectPage(c)
	page.Form = form
	page.Result = h.inspected(c, report)
	page.Sign = h.signPane(c, report, signed, refused)
	return h.render(c, status, views.Inspect(page))
}

// inspectPage is the page with nothing on it.
func (h *pages) inspectPage(c echo.Context) views.InspectPage {
	page := views.InspectPage{Page: h.page(c, "")}
	page.Path, page.Query = "/inspect", "" // also of an answer to a form
	page.Present = c.QueryParams().Has("present")
	for _, id := range inspect.ExampleIDs() {
		page.Examples = append(page.Examples, views.Choice{Value: id, Label: page.Text.T("inspect.example." + id)})
	}
	return page
}

// pasted returns what was pasted, or the example that was chosen.
func (h *pages) pasted(c echo.Context) (views.InspectForm, error) {
	id, err := optionalField(c, "example", 32)
	if err != nil {
		return views.InspectForm{}, err
	}
	if id != "" {
		e, ok, err := inspect.ExampleOf(id)
		if err == nil && !ok {
			err = errBadForm
		}
		return views.InspectForm{Cookie: e.Value, Name: e.Name, Key: e.Key, Key2: e.Key2, Salt: e.Salt}, err
	}
	var form views.InspectForm
	if form.Cookie, err = field(c, "cookie", maxPasted); err != nil {
		return form, err
	}
	form.Cookie = inspect.Clean(form.Cookie)
	for name, to := range map[string]*string{"key": &form.Key, "name": &form.Name, "salt": &form.Salt, "key2": &form.Key2} {
		if *to, err = optionalField(c, name, maxSecret); err != nil {
			return form, err
		}
	}
	// A browser ends lines by CR LF, and a key copied from a file ends one.
	form.Key = strings.TrimRight(strings.ReplaceAll(form.Key, "\r\n", "\n"), "\n")
	return form, nil
}

// signed makes the cookie that the fields sign (a format) and payload ask for,
// "" if they do not.
func (h *pages) signed(c echo.Context, o inspect.Options) (string, error) {
	format, err := optionalField(c, "sign", 32)
	if err != nil || format == "" {
		return "", err
	}
	payload, err := field(c, "payload", maxPasted)
	if err != nil {
		return "", err
	}
	value, err := inspect.Sign(inspect.Format(format), payload, o)
	switch {
	case errors.Is(err, inspect.ErrNoKey):
		err = &problem{status: http.StatusUnprocessableEntity, code: "no_key"}
	case errors.Is(err, inspect.ErrCannotSign):
		err = &problem{status: http.StatusUnprocessableEntity, code: "cannot"}
	case errors.Is(err, inspect.ErrPayload):
		err = &problem{status: http.StatusUnprocessableEntity, code: "bad_payload"}
	case errors.Is(err, inspect.ErrAsItIs):
		err = &problem{status: http.StatusUnprocessableEntity, code: "as_it_is"}
	case errors.Is(err, inspect.ErrBlockKey):
		err = &problem{status: http.StatusUnprocessableEntity, code: "block_key"}
	}
	return value, err
}

// What the inspector's JSON is made of.
type (
	inspectJSON struct {
		Format    inspect.Format     `json:"format"`
		Sure      inspect.Confidence `json:"confidence"`
		Variant   string             `json:"variant"`
		Name      string             `json:"name"`
		Others    []string           `json:"others"` // the names of other cookies in what was pasted
		Parts     []partJSON         `json:"parts"`
		Payload   json.RawMessage    `json:"payload"`
		SignedAt  *time.Time         `json:"signed_at"`
		Signature inspect.Signature  `json:"signature"`
		Encrypted bool               `json:"encrypted"`
		Algorithm string             `json:"algorithm"`
		Times     []timeJSON         `json:"times"`
		CouldBe   []inspect.Format   `json:"could_be"`
		Notes     []failure          `json:"notes"`
		Signed    string             `json:"signed,omitempty"` // the cookie that was asked for
	}
	partJSON struct {
		Kind    inspect.Kind `json:"kind"`
		Text    string       `json:"text"`
		Decoded string       `json:"decoded"`
		Start   int          `json:"start"`
		End     int          `json:"end"`
	}
	timeJSON struct {
		Kind string    `json:"kind"`
		At   time.Time `json:"at"`
	}
)

func (h *pages) inspectJSON(c echo.Context, r inspect.Report, signed string) inspectJSON {
	t := h.text(c)
	out := inspectJSON{
		Format: r.Format, Sure: r.Sure, Variant: r.Variant, Name: r.Name, Others: append([]string{}, r.Others...), Payload: r.Payload, Signature: r.Signature, Encrypted: r.Encrypted, Algorithm: r.Algorithm,
		Parts: []partJSON{}, Times: []timeJSON{}, CouldBe: append([]inspect.Format{}, r.Maybe...), Notes: []failure{}, Signed: signed,
	}
	if at, ok := r.SignedAt(); ok {
		out.SignedAt = &at
	}
	for _, p := range r.Parts {
		out.Parts = append(out.Parts, partJSON(p))
	}
	for _, m := range r.Moments {
		out.Times = append(out.Times, timeJSON(m))
	}
	for _, n := range r.Notes {
		out.Notes = append(out.Notes, failure{n.Code, t.F("inspect.note."+n.Code, n.Args...)})
	}
	return out
}
