package sessiontest

import "github.com/sessionlab/sessionlab/session"

func traced(t *try) {
	var told []session.QueryInfo
	t.ctx = session.WithTrace(t.ctx, &session.Trace{
		Query: func(info session.QueryInfo) { told = append(told, info) },
	})
	for _, step := range []struct {
		name string
		run  func()
	}{
		{"Save", func() { t.save("k", "v", 0) }},
		{"Save again", func() { t.save("k", "w", 1) }},
		{"refused Save", func() { t.refused("k", 1) }},
		{"Load", func() { t.found("k", "w", 2) }},
		{"Load of nothing", func() { t.missing("none") }},
		{"Delete", func() { t.deleted("k", 2) }},
	} {
		told = nil
		step.run()
		if len(told) == 0 {
			t.Errorf("%s calls no Trace.Query", step.name)
		}
		for _, info := range told {
			if info.System == "" || info.Text == "" || info.Took < 0 || info.Err != nil {
				t.Errorf("%s tells Trace.Query %+v", step.name, info)
			}
			for _, arg := range info.Args {
				switch arg.(type) {
				case string, []byte, int64:
				default:
					t.Errorf("%s tells Trace.Query of an argument of type %T", step.name, arg)
				}
			}
		}
	}
}
