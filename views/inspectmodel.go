package views

// InspectPage is the cookie inspector.
type InspectPage struct {
	Page
	Form     InspectForm
	Examples []Choice   // cookies to try
	Result   *Inspected // nil: nothing was pasted yet
	Sign     *SignPane
}

// InspectForm is what was pasted.
type InspectForm struct{ Cookie, Key, Name, Salt, Key2 string }

// Inspected is what there is to say of a cookie.
type Inspected struct {
	Title, Variant string
	Sure           string   // how sure that is
	Name           string   // of the cookie, or ""
	Others         []string // names of other cookies in what was pasted
	Signature      string   // "valid", "invalid" or "unchecked"
	Signed         bool     // false: it has none, as far as anyone can tell
	Verdict        string   // the same in words
	Parts          []InspectPart
	Payload        string // laid out; "" if nothing could be read
	Times          []InspectTime
	Facts          []Row    // Name and New
	Known, Unknown []string // sentences
}

// InspectPart is a stretch of the value.
type InspectPart struct {
	Kind, Text     string
	Label, Explain string // "" for what only divides
	Decoded        string
}

// InspectTime is a time that the cookie tells or implies.
type InspectTime struct {
	Name, ISO, Date string
	Away            string // as seen from now
	Past            bool
	Inside          bool // whether the cookie itself says so
}

// SignPane is where a cookie of one's own is signed.
type SignPane struct {
	Formats []Choice
	Name    string // of the cookie, as given or pasted
	Payload string
	Made    string // the cookie, or ""
	Trouble string // why there is none, or ""
	Why     string // why this format cannot be signed, or ""
}
