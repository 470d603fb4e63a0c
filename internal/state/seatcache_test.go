package state

import (
	"strconv"
	"testing"

	"github.com/sessionlab/sessionlab/internal/seat"
)

func TestASeatThatChangesWhileItIsReadIsNotHeld(t *testing.T) {
	var c seatCache
	_, before, _ := c.get("a")
	c.drop("a") // somebody gives it up meanwhile
	c.put(seat.Row{Hash: "a"}, before)
	if row, _, ok := c.get("a"); ok {
		t.Errorf("the cache holds %v, which was read before it changed", row)
	}
	_, now, _ := c.get("a")
	c.put(seat.Row{Hash: "a", Ended: true}, now)
	if row, _, ok := c.get("a"); !ok || !row.Ended {
		t.Errorf("the cache holds %v, %v; want the seat as it is now", row, ok)
	}
	for i := range 2 * mostSeats {
		_, now, _ := c.get("b")
		c.put(seat.Row{Hash: strconv.Itoa(i)}, now)
	}
	if len(c.rows) > mostSeats {
		t.Errorf("the cache holds %d seats; want %d at most", len(c.rows), mostSeats)
	}
}
