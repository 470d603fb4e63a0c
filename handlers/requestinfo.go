package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
)

// A requestInfo is what the middleware learns of a request, for the handlers
// behind it.
type requestInfo struct {
	body    string   // as it came
	unread  int64    // the size of a body that is too large, as far as it is known
	badBody *problem // why the body cannot be used

	seat *seat.Seat // of the visitor; behind withSeat

	// Of a request to an app under study, behind record; else nil.
	bench     *lab.Bench
	place     *lab.Place
	recording *lab.Recording
	owner     bool // whether the request brought the seat of the bench's owner
}

const infoKey = "request info"

// infoOf returns the requestInfo of a request.
func infoOf(c echo.Context) *requestInfo {
	info, ok := c.Get(infoKey).(*requestInfo)
	if !ok {
		info = new(requestInfo)
		c.Set(infoKey, info)
	}
	return info
}
