package views

// pageSheet names the style sheet that pages of a kind load after app.css; ""
// means none. static/entry says what is in each.
func pageSheet(kind string) string {
	switch kind {
	case "bench":
		return "dist/bench.css"
	case "code", "compare", "config", "note", "raw", "steps":
		return "dist/step.css"
	case "beside":
		return "dist/beside.css"
	case "course":
		return "dist/course.css"
	case "home":
		return "dist/home.css"
	case "lesson":
		return "dist/lesson.css"
	case "inspect":
		return "dist/inspect.css"
	case "slides":
		return "dist/slides.css"
	case "xp":
		return "dist/xp.css"
	case "print", "teaching":
		return "dist/print.css"
	case "sheet":
		return "dist/sheet.css"
	}
	return ""
}
