package flask

import "errors"

// Values take more memory than their JSON: {"":0} is a map of 300 bytes. What is
// made of one cookie is bounded, so that all that is done to read it, unpacking
// included, takes well less than a mebibyte.
const (
	maxRoom   = 320 << 10 // bytes
	perValue  = 56        // about, in a list that grows while it is read
	perObject = 352       // about, with room for fewKeys
	perKey    = 160       // about, beyond these, while the map grows
	fewKeys   = 8
	perBig    = 128 // about, of a number that is no int64, besides its digits
)

var errRoom = errors.New("there are too many values")

// A room is how many bytes the values of a cookie may still take.
type room int

func (r *room) take(n int) error {
	if *r -= room(n); *r < 0 {
		return errRoom
	}
	return nil
}
