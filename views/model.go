package views

import (
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// Page is what every page needs to know besides its own subject.
type Page struct {
	Text   *i18n.Text          // the words, in the page's language
	Asset  func(string) string // the address of a static file
	Path   string              // the page's path without its language, such as "/lab"
	Query  string              // its query with the "?", or ""
	Theme  string              // "auto", "light" or "dark"
	Notice string              // one sentence to show on top, or ""

	Clock    Clock  // of the visitor's bench, on its pages
	StepTime string // when the step of the page was made, if its clock was moved then; else ""

	Present bool // whether the page is asked for to be projected
}

// Lab is the bench page.
type Lab struct {
	Page
	Bench    string // the bench's id
	App      string // "/app/{bench}/"
	AppURL   string // the same as an absolute address, for curl
	Input    Input
	Timeline Timeline
	Who      Who
	Held     Held
	Step     *Step    // the step shown; nil before the first
	Run      *StepRun // the run of an experiment that the step is part of; nil for none
	Event    int      // where its player stands: at an event from 1, [BeforeFirst], or 0 for the result
	Settings Settings
	Store    StoreInfo
	Location Location
	Done     string // what was done last to the clock, the server or the store, if that was after the last step; else ""
	Session  Now
	Next     Hint
	Warnings []Warning
	Now      time.Time // by the server's clock: what limits count from
	FromNote bool      // whether the reader comes from the lecture note, whose points the panes then correct
}

// Now is what the latest step left: what the controls act on.
type Now struct {
	User      string // who is logged in, or ""
	Permanent bool
}

// Input is what the learner last typed.
type Input struct{ Key, Value string }

// Mark says how something changed.
type Mark string

// The marks: each shows as glyph, word and colour.
const (
	Same    Mark = ""
	Added   Mark = "add"
	Changed Mark = "change"
	Removed Mark = "remove"
)

// Step is a recorded step, ready to be shown.
type Step struct {
	N        int
	Op       string
	Title    string // "POST /app/…/set · 303", human
	Client   string // in words
	Lane     string // the name of the client's lane: "Browser", "curl"
	Server   string // the name of the server's, if one of several workers served it; else ""
	Time     string // the clock time
	Moved    bool   // whether the clock was moved then
	Kept     string // where the website kept its sessions then, in words: the store, or the cookie
	Result   string // the sentence that states the lesson
	Happened string // its first part: what happened, and not yet what follows from it
	Answer   Answer // what the website answered
	Events   []Event
	Browser  BrowserPane
	Store    StorePane
	Request  Message
	Response Message
	Masked   bool // whether the product's own cookie is masked in the request
	Curl     string
	NoCurl   string       // why there is no such command; else ""
	CurlNote string       // what the command does not tell of its request; else ""
	Untold   []UntoldStep // this step, if it cannot be told; then there are no events and no sides
	Badge    Badge        // of the virtual browser that sent it
}

// UntoldStep is a step that cannot be put into words, as it is stored.
type UntoldStep struct {
	N   int
	Raw string
}

// EventTitle is the title of the event at an index, "" for one that is not told.
func (s *Step) EventTitle(i int) string {
	if i >= len(s.Events) {
		return ""
	}
	return s.Events[i].Title
}

// Answer is what the website answered, in brief.
type Answer struct {
	Text string // "": there is nothing to read
	At   int    // the event that brings it
}

// Event is one event of a step in words.
type Event struct {
	N      int    // from 1
	Lane   string // "browser", "server", "store"
	From   string // the lane a message leaves; equal to To for work on one lane
	To     string
	Return bool // an answer, drawn dashed
	Kind   string
	Brief  string // how its kind is called in brief in a lesson, if the kind alone does not say; ""
	Title  string // a few words, above the line
	Wire   string // the bytes, below it; cut only by the view
	Say    string // the sentence in large type
	At     string // "+1.2 ms"
	Took   string // "38 µs", store commands only
	Mark   Mark
}

// BrowserPane is what the client holds.
type BrowserPane struct {
	Cookie    *Cookie // as the step left it; nil: none
	Was       *Cookie // as the step found it, if that was different; nil otherwise
	Mark      Mark
	At        int    // the event from which on the new state holds
	Empty     string // why there is no cookie where there was one a moment ago; ""
	Client    string // whose jar this is, in words
	AsOf      string // as of which response, in words: nobody tells what happens in it later
	Confirmed bool   // the client has since sent this cookie back
	Rows      []Row  // the session's values, where the cookie carries them; those just removed among them
	Carried   string // who can read those, in words
	State     string // of a browser as it is now: that it is closed, or blocks cookies; ""
	StateMark Mark   // whether what was done last changed that
	Sealed    string // that only the server can, in a few words; "" where anyone can
}

// valueMark is the mark of the cookie's value: it may be the same although other
// things about the cookie changed.
func (b *BrowserPane) valueMark() Mark {
	same := func(p, q Part) bool { return p.Text == q.Text }
	if b.Was != nil && b.Cookie != nil && slices.EqualFunc(b.Was.Parts, b.Cookie.Parts, same) {
		return Same
	}
	return b.Mark
}

// lifetimeMark is the mark of how long the cookie lasts, which changes only if
// it reads differently, and was known before.
func (b *BrowserPane) lifetimeMark() Mark {
	if b.Was != nil && b.Cookie != nil && !b.Was.Unknown && b.Was.Lifetime != b.Cookie.Lifetime {
		return Changed
	}
	return Same
}

// Cookie is a cookie in a jar.
type Cookie struct {
	Name       string
	Parts      []Part
	Inside     []Part // what the value is an encoding of, where that has parts
	Attributes []Row  // attribute, value and what it does in Note
	Lifetime   string // in words
	Ends       *Limit // which may pass meanwhile; nil: it has none, or it is not known
	Size       int    // name + value, bytes of 4096
	Script     string // what page scripts can see, in words
	Unknown    bool   // the attributes are not known: it came from elsewhere
}

// Part is a stretch of a raw value.
type Part struct {
	Kind    string // "id", "signature", "payload", "timestamp", "other"
	Text    string
	Label   string // what it is called
	Explain string // what it is for; shown on hover and focus
}

// StorePane is the record in the store.
type StorePane struct {
	Empty       string // why there is none, in words; "" if there is one
	Key         []Part // the key, the id in it coloured as in the cookie
	KeyWas      []Part // the key as the step found it, if that was different
	Rows        []Row  // the values, those just removed among them
	Mark        Mark   // of the record as a whole
	At          int    // the event from which on the new state holds
	Unreadable  bool   // whether only the raw bytes tell what it is
	Raw         string // as stored
	Bytes       int
	Expires     *Limit // nil: not known
	ExpiresMark Mark
	ExpiresWas  string // before the step, if that was different
	Created     string
	TTL         string // as the store says, or ""
	Version     string
	VersionWas  string // before the step, if that was different
	Query       string // the command that read it back

	Over     string // of the store as it is now: that the record has expired since; ""
	OverMark Mark   // whether what was done last brought that about

	Orphan *Orphan // a record that the request did not find; nil: there is none
}

// Row is a named value that may have changed.
type Row struct {
	Name string
	Old  string
	New  string
	Sent string // the bytes of New where New makes them readable; else ""
	Mark Mark
	Note string
}

// StoreInfo is about the store as a whole.
type StoreInfo struct {
	Name     string // "sqlite"; "" where cookies carry the sessions
	Sessions int
	Bytes    int64

	Uncounted bool // whether it could not tell how many there are

	Secret string // behind a "show" switch
	Salt   string // that goes into the key with it, or ""
}

// Location is where the app keeps its sessions, and where else it could.
type Location struct {
	Now    string // in words
	Shown  string // where the step that is shown has them, in words
	Where  string // the file or the server of that, or ""
	Moved  bool   // whether that is elsewhere than now
	News   string // what is different now, until a step shows it; or ""
	Places []Place
}

// Place is a place for sessions to live.
type Place struct {
	Mechanism, Store string // as the settings name them; no store for cookies
	Name, Note       string
	On               bool
	Why              string // why it cannot be chosen; "" if it can
}

// Message is a request or response as it was on the wire.
type Message struct {
	Line    string
	Headers [][2]string
	Body    string
}

// Settings is the form of the app's settings.
type Settings struct {
	Rows      []Setting
	Lifetimes []Choice         // presets; the field takes any duration
	KeyTry    []ExperimentLink // of the secret key
	Did       Did
}

// Did is what pressing a button of the settings did.
type Did struct {
	What  string // as the address says it; "" for nothing
	Where string // the form that was sent: "key", "lifetime" or "settings"
	Said  string // in words
}

// Setting is one setting as its form shows it.
type Setting struct {
	Field   string // its name in forms
	Name    string
	Note    string
	Choices []Choice // none: any text will do
	Value   string
	Try     []ExperimentLink
}

// Choice is one of several values.
type Choice struct {
	Value, Label string
	On           bool
	Why          string // why it cannot be chosen; "" if it can
}

// label is what the choice is called; one that cannot be chosen says why.
func (c Choice) label() string {
	if c.Why != "" {
		return visible(c.Label + " (" + c.Why + ")")
	}
	return visible(c.Label)
}

// HomePage is the page that says what this is.
type HomePage struct {
	Page
	App    string     // "/app/{bench}/" of the visitor's bench
	InJar  bool       // whether its cookies carry the sessions
	Step   *Step      // what came of pressing "Log in" here; nil before
	Course CoursePage // how far the visitor is: where it goes on, and the chapters
	Why    LessonLink // the lesson that explains what "Log in" did
}

// ErrorPage says what went wrong and what to do next.
type ErrorPage struct {
	Page
	Status   int
	Title    string
	Sentence string // what happened
	Next     string // what to do about it, or ""
	Incident string // under which name the log has more, or ""
	Lesson   string // the address of the lesson in which it happened, or ""
}

// AppPage is what a browser is shown that opens the app under study by its
// address, away from the bench.
type AppPage struct {
	Text   *i18n.Text
	Asset  func(string) string
	App    string // "/app/{bench}/"
	Step   string // leads to the step on the bench, for whoever came by a page elsewhere; else ""
	Came   string // for them: whether their cookie came along, in a sentence; else ""
	Status int
	Op     string // "set", or ""
	Result string // what the operation returned, as JSON, or ""
	Error  string // what went wrong, in words, or ""
	Values []Row  // the session after the request: Name and New
	Unread bool   // whether nobody knows what they are
	Input  Input
}

// CodePage is the code that made a step, event by event.
type CodePage struct {
	Page
	Step     int
	Op       string
	Sections []CodeSection
	Untold   []UntoldStep // see [Step]
	Lesson   string       // the address of the part of a lesson that leads here; "" for none

	FlaskVersion string // of the code shown
	FlaskOther   string // that the step kept its session in another way than Flask itself; or ""
}

// CodeID is the id of the code of the nth event on its page.
func CodeID(n int) string { return "code-" + itoa(n) }

// CodeSection is the code of one event.
type CodeSection struct {
	N        int      // of the event
	Title    string   // of the event
	Flask    *Excerpt // what Flask does there; nil for nothing
	Excerpts []Excerpt
}

// Excerpt is a stretch of this program, or of one written with Flask.
type Excerpt struct {
	File string // "" for code that stands in no file
	Line int
	HTML string // coloured by classes, with what ran in mark elements; made from our own files
}
