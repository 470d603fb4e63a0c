package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// The routes of a lesson whose requests can take long: they have browsers send requests,
// or run an experiment.
const (
	lessonPath        = "/:lang/course/:slug"
	lessonStartPath   = lessonPath + "/start"
	lessonRestartPath = lessonPath + "/restart"
	lessonDoPath      = lessonPath + "/do"
	lessonHelpPath    = lessonPath + "/help"
)

// The problems of a lesson.
var (
	errNotBegun   = &problem{status: http.StatusConflict, code: "lesson_not_begun"}
	errBegunAgain = &problem{status: http.StatusConflict, code: "lesson_begun_again"}
	errOver       = &problem{status: http.StatusConflict, code: "lesson_over"}
	errLocked     = &problem{status: http.StatusConflict, code: "lesson_locked"}
	errRevealed   = &problem{status: http.StatusConflict, code: "lesson_revealed"}
)

// lesson shows one at the part where the visitor is, or at another that is open.
func (h *pages) lesson(c echo.Context) error {
	v, err := h.lessonView(c)
	if err != nil {
		return err
	}
	v.note()
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, v.json())
	}
	if c.QueryParams().Has("present") {
		return v.project()
	}
	page, err := v.page()
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Lesson(page))
}

// ownLesson returns the visitor's bench, and the lesson that the path names.
func (h *pages) ownLesson(c echo.Context) (*lab.Bench, *lesson.Lesson, error) {
	b, err := h.own(c)
	if err != nil {
		return nil, nil, err
	}
	l := h.lessonBy(c.Param("slug"))
	if l == nil {
		return nil, nil, errNotFound
	}
	return b, l, nil
}

// changedLesson answers what was done in a lesson: with what is so now as JSON, or by
// leading back to its page, which draws that step; 0 for the one of its part.
func (h *pages) changedLesson(c echo.Context, step int) error {
	c.Response().Header().Add("Vary", "Accept")
	if wantsHTML(c.Request()) {
		fields := projected(c)
		if step > 0 {
			fields.Set("step", strconv.Itoa(step))
		}
		return c.Redirect(http.StatusSeeOther, joined(lessonAddress(c), fields))
	}
	v, err := h.lessonView(c)
	if err != nil {
		return err
	}
	v.note()
	return c.JSON(http.StatusOK, v.json())
}

// base is the address of the lesson's page, on the path that the request is on. It ends
// with "?" or "&".
func (v *lessonView) base() string {
	if pathOf(v.c) == "" {
		return lessonAddress(v.c) + "?"
	}
	return withPath(v.c, lessonAddress(v.c)) + "&"
}

// lessonAddress is the path of the page of the lesson that the request is about.
func lessonAddress(c echo.Context) string { return addressOf(c, c.Param("slug")) }

// addressOf is the address of a lesson, on no path.
func addressOf(c echo.Context, slug string) string {
	return "/" + c.Param("lang") + "/course/" + url.PathEscape(slug)
}

// keep changes what the bench keeps of the lesson, unless that began again since the view
// was made, as it may in another tab.
func (v *lessonView) keep(edit func(*lesson.Kept)) error {
	return v.putKept(v.c, v.bench, func(k *lesson.Kept) error {
		if k.Began != v.kept.Began {
			return errBegunAgain
		}
		edit(k)
		return nil
	})
}

// putKept changes what the bench keeps of the lesson that the request is about.
func (h *pages) putKept(c echo.Context, b *lab.Bench, edit func(*lesson.Kept) error) error {
	return h.Lab.PutCourse(c.Request().Context(), b, func(data json.RawMessage) (json.RawMessage, error) {
		course, err := lesson.ReadCourse(data)
		if err != nil {
			return nil, err
		}
		kept := course[c.Param("slug")]
		if err := edit(&kept); err != nil {
			return nil, err
		}
		kept.At = h.Now().UTC()
		course[c.Param("slug")] = kept
		return course.Encode()
	})
}
