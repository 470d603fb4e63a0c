package handlers_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// onPath45 are the lessons of the path of 45 minutes.
func onPath45(t *testing.T) (all []*lesson.Lesson) {
	t.Helper()
	for _, l := range lessons(t) {
		if slices.Contains(l.Paths, "45") {
			all = append(all, l)
		}
	}
	return all
}

// A path is called by its minutes, so its lessons must not take more.
func TestAPathTakesNoLongerThanItSays(t *testing.T) {
	for _, path := range lesson.Paths {
		limit := must(strconv.Atoi(path))(t)
		took := 0
		for _, l := range lessons(t) {
			if slices.Contains(l.Paths, path) {
				took += l.Minutes
			}
		}
		if took > limit || took < limit*3/4 {
			t.Errorf("the path of %s minutes takes %d", path, took)
		}
	}
}

// Whoever comes from the map of a path stays on it, by all links and forms of the
// lessons, to its end, which says so.
func TestALessonKeepsThePathOfItsReader(t *testing.T) {
	s := newCourse(t)
	ends := map[string][]string{
		"en": {"This is the end of the 45-minute path.", `href="/en/course/sheet"`, `href="/en/course?path=45"`},
		"zh": {"45 分钟路线到此结束。", `href="/zh/course/sheet"`, `href="/zh/course?path=45"`},
	}
	for lang, end := range ends {
		path := onPath45(t)
		p := &pupil{visitor: s.visitor(t), site: s, l: path[0], lang: lang}
		p.open("/" + lang + "/course?path=45")
		p.openLink(p.address("?path=45"))
		for i, l := range path {
			p.l = l
			p.walk()
			if i == len(path)-1 {
				contains(t, p.body, end...)
				break
			}
			next := path[i+1]
			if !strings.Contains(p.body, next.Words[lang].Question) && next.N != l.N+1 {
				t.Errorf("%s: the end of lesson %d does not ask what lesson %d does", lang, l.N, next.N)
			}
			p.openLink("/" + lang + "/course/" + next.Slug + "?path=45")
		}
	}
}

// openLink goes by a link of the page.
func (p *pupil) openLink(href string) {
	p.t.Helper()
	if p.first("a", func(n *html.Node) bool { return attribute(n, "href") == href }) == nil {
		p.t.Fatalf("%s has no link to %s", p.path, href)
	}
	p.open(href)
}

// walk begins the lesson that is open, goes through its first question, by its buttons,
// and on to the end.
func (p *pupil) walk() {
	p.t.Helper()
	kept := func() {
		p.t.Helper()
		if !strings.Contains(p.path, "path=45") {
			p.t.Fatalf("the path is lost at %s", p.path)
		}
	}
	kept()
	p.press(p.first("button", func(n *html.Node) bool { return attribute(n, "form") == "start" }))
	kept()
	p.press(p.first("button", func(n *html.Node) bool { return attribute(n, "name") == "skip" }))
	kept()
	acts := p.l.Questions[0].Acts
	for _, id := range slices.Concat(acts, acts) { // some are done twice
		p.press(p.first("button", func(n *html.Node) bool { return attribute(n, "form") == "do-"+id }))
		kept()
		p.open(p.address("?path=45&part=" + p.l.Questions[0].ID + "." + lesson.Do))
	}
	p.open(p.address("?path=45&part=" + p.l.Questions[0].ID + "." + lesson.Observe))
	next := p.first("button", func(n *html.Node) bool { return strings.Contains(attribute(p.formOf(n), "action"), "/part") })
	if next != nil { // the acts came to it in this order
		p.press(next)
		kept()
	}
	p.open(p.address("?path=45&part=" + lesson.Take))
}

// A path that there is none of is no path.
func TestAnUnknownPathIsDropped(t *testing.T) {
	s := newCourse(t)
	v := s.visitor(t)
	for _, path := range []string{"46", "all", `"><b>`, "45&path=90"} {
		v.open("/en/course/amnesia?path=" + path)
		want := strings.HasPrefix(path, "45") // the first one counts
		start := v.first("form", hasID("start"))
		if got := attribute(start, "action"); strings.Contains(got, "path=") != want {
			t.Errorf("on the path %q, the lesson begins at %s", path, got)
		}
	}
	if body := v.Get("/en/course?path=46").Want(200).Body; strings.Contains(body, "path=46") && strings.Contains(body, "/course/amnesia?path=46") {
		t.Error("the map hands on a path that there is not")
	}
}

// With one button of a remote a path is taught from its first screen to its last, each
// lesson with its place on it, and once more to the next group. Going back from a lesson to
// the one before it, and on again, begins nothing again.
func TestAPathIsProjectedToItsEnd(t *testing.T) {
	t.Parallel()
	s := newCourse(t)
	path := onPath45(t)
	r := &remote{pupil: &pupil{visitor: s.visitor(t), site: s, l: path[0], lang: "zh"}}
	for group := range 2 {
		before := make(map[string]lesson.Began)
		for _, r.l = range path {
			before[r.l.Slug] = r.kept().Began
		}
		r.l = path[0]
		r.open("/zh/course?path=45")
		r.openLink(r.address("?present&screen=1&anew&path=45"))
		for i, l := range path {
			r.l = l
			if kind, n := r.on(); kind != "question" || n != 1 || !strings.HasPrefix(r.path, r.address("?")) {
				t.Fatalf("lesson %d begins at %s, screen %d", l.N, r.path, n)
			}
			place := "第 " + strconv.Itoa(i+1) + " 节，共 " + strconv.Itoa(len(path)) + " 节"
			entered := r.kept().Began
			for kind, presses := "", 0; kind != "take"; kind, _ = r.on() {
				contains(t, r.body, place)
				if presses++; presses > 400 || !r.goOn() {
					t.Fatalf("lesson %d stops at %s", l.N, r.path)
				}
			}
			switch began := r.kept().Began; {
			case began == before[l.Slug]:
				t.Errorf("lesson %d was not begun anew", l.N)
			case group == 0 && i > 0 && began != entered:
				t.Errorf("lesson %d was begun twice: once on the way to it, and once more after going back", l.N)
			}
			if i == len(path)-1 {
				break
			}
			end := r.path
			r.goOn()
			r.follow(r.first("a", hasID("event-prev")))
			if kind, _ := r.on(); kind != "take" || !strings.HasPrefix(r.path, r.address("?")) {
				t.Errorf("before lesson %d comes %s; want %s", path[i+1].N, r.path, end)
			}
			r.goOn()
		}
		if r.goOn() {
			t.Errorf("after the end of the path comes %s", r.path)
		}
		contains(t, r.body, "45 分钟路线到此结束。", `href="/zh/course?path=45"`, `href="/zh/course/sheet"`)
	}
}

// The last lesson of all leads to the final sheet, and not to a lesson that follows.
func TestTheCourseEndsWithTheFinalSheet(t *testing.T) {
	s := newCourse(t)
	all := lessons(t)
	for lang, end := range map[string]string{"en": "The course ends here", "zh": "课程到这里结束"} {
		p := s.take(t, all[len(all)-1], lang)
		p.open(p.address("?part=take"))
		p.says(end)
		p.openLink("/" + lang + "/course/sheet")
	}
}
