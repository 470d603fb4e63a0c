package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// startLesson begins a lesson, or begins it again: with settings, clock and browsers as
// the lesson wants them, and with all that was answered in it forgotten. Other lessons
// are left as they are.
func (h *pages) startLesson(c echo.Context) error {
	b, err := h.change(c)
	if err != nil {
		return err
	}
	_, l, err := h.ownLesson(c)
	if err != nil {
		return err
	}
	if err := h.prepare(c, b, l); err != nil {
		return err
	}
	v, err := h.lessonView(c)
	if err != nil {
		return err
	}
	for _, a := range l.Setup {
		if _, err := v.perform(a); err != nil {
			return err
		}
	}
	return v.started()
}

// started has the learner's own browser begin as the lesson wants it: the form that began
// the lesson goes on to the app with its fields. The cookie of whatever was before goes.
func (v *lessonView) started() error {
	if v.l.Own == lesson.OwnNone {
		n := newest(v.bench)
		if n <= v.kept.Began.Step { // nothing was sent yet
			n = 0
		}
		return v.changedLesson(v.c, n)
	}
	dropCookie(v.c, v.bench)
	return v.c.Redirect(http.StatusTemporaryRedirect, v.bench.Path()+v.l.Own)
}

// prepare puts the bench into the state in which a lesson begins.
func (h *pages) prepare(c echo.Context, b *lab.Bench, l *lesson.Lesson) error {
	ctx := c.Request().Context()
	old, err := lessonBrowsers(b)
	if err != nil {
		return err
	}
	if len(b.Browsers())-len(old)+len(l.Browsers) > lab.MaxBrowsers {
		return lab.ErrTooManyBrowsers // before anything is lost
	}
	real, err := lab.ParseMove("now")
	if err != nil {
		return err
	}
	if _, _, err := h.Lab.MoveClock(ctx, b, real); err != nil {
		return err
	}
	if _, err := h.Lab.Configure(ctx, b, h.lessonSettings(b.Settings(), l.Settings)); err != nil {
		return err
	}
	for _, id := range old { // so that there is room for those of this lesson
		if err := h.Lab.RemoveBrowser(ctx, b, id); err != nil {
			return err
		}
	}
	browsers := make(map[string]string)
	for _, each := range l.Browsers {
		opened, err := h.Lab.OpenBrowser(ctx, b, each.Name)
		if err != nil {
			return err
		}
		browsers[each.ID] = opened.ID
	}
	entries, err := b.Entries(ctx)
	if err != nil {
		return err
	}
	began := lesson.Began{Step: newest(b), At: h.Now().UTC()}
	if n := len(entries); n > 0 {
		began.Entry = entries[n-1].N
	}
	return h.putKept(c, b, func(k *lesson.Kept) error {
		*k = lesson.Kept{Began: began, Browsers: browsers, Done: k.Done, Again: k.Done}
		return nil
	})
}

// lessonBrowsers are the ids of the virtual browsers that lessons opened on a bench and
// that are still there.
func lessonBrowsers(b *lab.Bench) (ids []string, err error) {
	course, err := lesson.ReadCourse(b.Course())
	if err != nil {
		return nil, err
	}
	for _, kept := range course {
		for _, id := range kept.Browsers {
			if _, err := b.Browser(id); err == nil { // the learner did not remove it
				ids = append(ids, id)
			}
		}
	}
	return ids, nil
}

// madeKey is the length of a key that a server made for itself.
const madeKey = 32

// lessonSettings are all settings as a lesson wants them: its own, and the defaults. A
// key that an earlier lesson set is replaced.
func (h *pages) lessonSettings(now lab.Settings, own map[string]string) url.Values {
	form := make(url.Values)
	for _, row := range lab.Table {
		if !row.Key() {
			form.Set(row.Name, row.Default)
		}
	}
	form.Set("store", h.Lab.DefaultStore())
	form.Set("fallback_keys", "")
	if len(now.SecretKey) != madeKey {
		form.Set("secret_key", lab.RandomKey)
	}
	h.setSettings(form, own)
	return form
}

// setSettings adds settings of a lesson to a form.
func (h *pages) setSettings(form url.Values, own map[string]string) {
	for name, value := range own {
		if name == "store" && value == experiment.StoreOfServer {
			value = h.Lab.DefaultStore()
		}
		form.Set(name, value)
	}
}
