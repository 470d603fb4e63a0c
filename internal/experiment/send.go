package experiment

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/browser"
)

// send sends the requests of acts at the same time: the Cookie header of each is made
// before any of them is answered.
func (s *stage) send(acts ...Act) error {
	requests, cookies := make([]browser.Request, len(acts)), make([]string, len(acts))
	for i, a := range acts {
		var err error
		requests[i] = s.request(a)
		if cookies[i], err = s.bench.CookieHeader(s.browsers[a.By], requests[i].Context()); err != nil {
			return err
		}
	}
	responses := make([]*browser.Response, len(acts))
	g, ctx := errgroup.WithContext(s.ctx)
	for i, a := range acts {
		g.Go(func() (err error) {
			responses[i], err = s.Client.Send(ctx, s.browsers[a.By], cookies[i], requests[i])
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, a := range acts {
		n, err := s.recordedAs(a, responses[i])
		if err != nil {
			return err
		}
		recorded, err := s.bench.Step(s.ctx, n)
		if err != nil {
			return err
		}
		o := observe(recorded)
		if a.Over == "http" {
			o.Text = cookies[i]
		}
		*s.saw(a.ID) = *o
	}
	return nil
}

// request is what an act has a browser ask for.
func (s *stage) request(a Act) browser.Request {
	o, _ := operation(a.Send)
	fields := make(url.Values)
	for name, value := range a.Form {
		fields.Set(name, value)
	}
	for name, n := range a.Letters {
		fields.Set(name, letters(n))
	}
	r := browser.Request{
		Method: o.Method, URL: s.address(a), Elsewhere: a.Elsewhere,
		Language: browser.AcceptLanguage(s.language),
	}
	if r.Method == http.MethodPost {
		r.Form = fields.Encode()
	} else {
		r.URL.RawQuery = fields.Encode()
	}
	return r
}

// address is the address of what an act asks for.
func (s *stage) address(a Act) *url.URL {
	u := *s.app
	o, _ := operation(a.Send)
	u.Path += o.Path()
	if s.host != "" {
		u.Host = s.host
	}
	if a.Over != "" {
		u.Scheme = a.Over
	}
	return &u
}

// letters returns so many random letters: Flask's cookie makes little less of them.
func letters(n int) string {
	const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	text := make([]byte, n)
	rand.Read(text)
	for i, b := range text {
		text[i] = all[int(b)%len(all)]
	}
	return string(text)
}

// recordedAs returns the number of the step that a response is of. The note's program
// does not tell: there it is the browser's newest step of that operation.
func (s *stage) recordedAs(a Act, res *browser.Response) (n int, err error) {
	if o, _ := operation(a.Send); o.ofTheNote() && res.Status == http.StatusOK {
		steps := s.bench.Steps()
		for i := len(steps) - 1; i >= 0; i-- {
			if steps[i].Browser == s.browsers[a.By] && string(steps[i].Op) == o.Name {
				return steps[i].N, nil
			}
		}
	}
	var answer struct {
		Step  int
		Error struct{ Code string }
	}
	if err := json.Unmarshal(res.Body, &answer); err != nil || answer.Step == 0 {
		return 0, &RequestError{a.ID, res.Status, answer.Error.Code}
	}
	return answer.Step, nil
}
