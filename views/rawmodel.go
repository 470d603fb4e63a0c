package views

// RawPage is a step's request and response with the cookie headers taken apart.
type RawPage struct {
	Page
	N         int
	Op, Title string
	Request   Message
	Response  Message
	Masked    bool
	Curl      string // as [Step] has them
	NoCurl    string
	CurlNote  string
	Sent      []CookieHeader // Cookie lines of the request
	Set       []CookieHeader // Set-Cookie lines of the response
	Untold    []UntoldStep   // see [Step]
}

// CookieHeader is one Cookie or Set-Cookie line in its pieces.
type CookieHeader struct {
	Name   string // "Cookie" or "Set-Cookie"
	Value  string // as on the wire
	Refuse string // why the client ignores the whole line, in words; "" if it does not
	Pieces []CookiePiece
}

// CookiePiece is a pair or an attribute of a cookie header, present or absent.
type CookiePiece struct {
	Name, Value string
	Absent      bool
	Ignored     string // why a client passes over it, in words; "" if it has effect
	Does        string // what it does, or what its absence does
	Changes     []CookieChange
	Try         []ExperimentLink
}

// CookieChange says what another attribute in a piece's place would do.
type CookieChange struct {
	To    string // such as "SameSite=Strict", or "without Expires"
	Would string
}
