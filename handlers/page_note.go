package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// notePoints is how many points the lecture note has.
const notePoints = 20

// atConfig are the points that are seen beside the settings as code.
var atConfig = map[int]bool{2: true, 17: true}

// notePage walks through the lecture note.
func (h *pages) notePage(c echo.Context) error {
	t := h.text(c)
	page := views.NotePage{Page: h.page(c, "")}
	for n := 1; n <= notePoints; n++ {
		id := "note.p" + strconv.Itoa(n)
		point := views.NotePoint{N: n, Point: t.T(id + ".point"), See: t.T(id + ".see"), Config: atConfig[n], Try: h.tryNote(t, n), Lessons: h.lessonsOfNote(c, n)}
		if t.Has(id + ".right") {
			point.Right = t.T(id + ".right")
		}
		page.Points = append(page.Points, point)
	}
	return h.render(c, http.StatusOK, views.Note(page))
}
