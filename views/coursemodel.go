package views

import "strings"

// CoursePage is the map of the course.
type CoursePage struct {
	Page
	Path     string // the one that is chosen
	Paths    []CoursePath
	Done, Of int // lessons of the path
	Left     int // minutes that the rest of it takes
	Go       CourseGo
	Notes    string // the address of the notes for teaching, after the language
	Teach    string // the address from which the path is projected, from its first lesson on
	Chapters []CourseChapter
}

// CoursePath is a way through the course, for a given time.
type CoursePath struct {
	ID      string // "45" and "90" minutes, or "all"
	Lessons int
}

func (c CoursePath) name(p Page) string {
	id := "course.path_" + c.ID
	return p.Text.T(id)
}

// CourseGo is where the course goes on. With no slug, the whole path is done.
type CourseGo struct {
	N     int
	Slug  string
	Begun bool   // whether any lesson is
	Path  string // the shorter path that it is on; "" for none
}

// CourseChapter is a part of the story.
type CourseChapter struct {
	N       int
	Lessons []CourseCard
}

// LessonState says how far a lesson is.
type LessonState string

// The states of a lesson.
const (
	LessonNew     LessonState = "new"
	LessonStarted LessonState = "started"
	LessonDone    LessonState = "done"
)

// CourseCard is a lesson on the map.
type CourseCard struct {
	N                     int
	Slug, Title, Question string
	Minutes               int
	State                 LessonState
	At, Of                int  // of a started lesson: at which of its questions
	Off                   bool // whether the chosen path steps over it
}

// LessonLink leads to a part of a lesson.
type LessonLink struct {
	N           int
	Slug, Title string
	Part        string // "q1.predict"; "" for where the learner is
	Goal        string // what a learner does there
}

// to is the address of a lesson, or of one of its parts.
func (l LessonLink) to(p Page) string {
	to := p.in("/course/" + l.Slug)
	if l.Part != "" {
		to += "?part=" + l.Part
	}
	return to
}

// lead is what the one large button says.
func (g CourseGo) lead(p Page) string {
	switch {
	case g.Slug == "":
		return p.Text.T("course.all_done")
	case g.Begun:
		return p.Text.F("course.go_on", "N", itoa(g.N))
	}
	return p.Text.F("course.begin", "N", itoa(g.N))
}

// to is where it leads.
func (g CourseGo) to(p Page) string {
	if g.Slug == "" {
		return p.in("/course/sheet")
	}
	return p.in("/course/" + g.Slug + onPath(g.Path))
}

// to is the address of a card's lesson. A shorter path is kept there.
func (p *CoursePage) to(c *CourseCard) string { return p.in("/course/" + c.Slug + onPath(p.Go.Path)) }

// onPath is the query of an address on a path; "" for none.
func onPath(path string) string {
	if path == "" {
		return ""
	}
	return "?path=" + path
}

// word is the message of the chapter's, such as its title.
func (c CourseChapter) word(p Page, name string) string {
	id := "course.chapter_" + itoa(c.N) + "." + name
	return p.Text.T(id)
}

// said is the state of a card in words, for those who do not see it.
func (c CourseCard) said(p Page) string {
	var said []string
	switch c.State {
	case LessonStarted:
		said = append(said, p.Text.T("course.state_started"))
	case LessonDone:
		said = append(said, p.Text.T("course.state_done"))
	}
	if c.Off {
		said = append(said, p.Text.T("course.off"))
	}
	return strings.Join(said, " · ")
}

// lastChapter is the chapter in which the story ends. A teacher's own lessons come
// after it.
const lastChapter = 4
