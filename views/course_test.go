package views

import "testing"

func exampleCourse(p Page) *CoursePage {
	return &CoursePage{
		Page: p, Path: "45", Paths: []CoursePath{{"45", 1}, {"90", 2}, {"all", 3}}, Done: 1, Of: 2, Left: 8, Go: CourseGo{4, "set", true},
		Chapters: []CourseChapter{
			{N: 1, Lessons: []CourseCard{{N: 0, Slug: "amnesia", Title: "Amnesia", Question: "Who?", Minutes: 6, State: LessonDone}}},
			{N: 2, Lessons: []CourseCard{{N: 4, Slug: "set", Title: "Set", Question: "What?", Minutes: 8, State: LessonStarted, At: 2, Of: 4}}},
			{N: lastChapter, Lessons: []CourseCard{{N: 12, Slug: "restart", Title: "Restart", Question: "Who?", Minutes: 1, State: LessonNew, Off: true}}},
			{N: lastChapter + 1, Lessons: []CourseCard{{N: 15, Slug: "own", Title: "Own", Question: "Whose?", Minutes: 1, State: LessonNew}}},
		},
	}
}

func exampleSheet(p Page, record string) *FinalSheetPage {
	return &FinalSheetPage{
		Page: p, Bench: exampleBench, Done: 1, Of: 15, Steps: 3, Finished: "28 November 2026",
		Sides: &SheetSides{
			Step: 2, Cookie: []Part{{Kind: "id", Text: "Z5ACJ7"}, {Kind: "other", Text: "."}, {Kind: "signature", Text: "eOeY"}},
			Key: []Part{{Kind: "id", Text: "Z5ACJ7"}}, Record: record, Bytes: len(record),
		},
		Questions: []SheetQuestion{
			{ID: "server", Step: 1, Code: record}, {ID: "set", Step: 2, Said: record}, {ID: "logout", Gone: true},
			{ID: "thief", Lesson: LessonLink{N: 8, Slug: "logout", Title: "Log out"}},
		},
		Thief:   []SheetThief{{ID: "script", Lesson: LessonLink{N: 9, Slug: "flags"}}, {ID: "has", Lesson: LessonLink{N: 8, Slug: "logout"}, Done: true}},
		Guesses: []SheetLesson{{N: 0, Guesses: []Guess{GuessRight, GuessWrong}}, {N: 4, Guesses: []Guess{GuessSkipped}}},
		Later:   map[string]LessonLink{"large": {N: 13, Slug: "limits"}},
		Takes:   []SheetTake{{0, record}},
	}
}

func TestASkippedPredictionIsNotCounted(t *testing.T) {
	right, asked := exampleSheet(Page{}, "").tally()
	if right != 1 || asked != 2 {
		t.Errorf("%d of %d predictions were right; want 1 of 2", right, asked)
	}
}
