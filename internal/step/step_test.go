package step_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestTheTargetIsWhatComesAfterTheOrigin(t *testing.T) {
	for path, want := range map[string]string{
		"/app/b/get?key=%0d%0aX":                   "/app/b/get?key=%0d%0aX",
		"/app/b/%E8%93%9D?":                        "/app/b/%E8%93%9D?",
		"//evil.example/app/b/me":                  "//evil.example/app/b/me",
		"gopher://127.0.0.1:8119/app/b/%0d%0aX":    "/app/b/%0d%0aX",
		"http://user:pw@evil.example/app/b/me?a=b": "/app/b/me?a=b",
		"http:/app/b/me":                           "/app/b/me",
		"http://evil.example":                      "/",
		"%zz":                                      "%zz",
	} {
		if got := (step.Request{Path: path}).Target(); got != want {
			t.Errorf("Target of %s = %s; want %s", path, got, want)
		}
	}
}
