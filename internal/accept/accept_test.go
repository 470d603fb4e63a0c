package accept_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/accept"
)

func TestGzipIsSentToWhoTakesIt(t *testing.T) {
	for field, want := range map[string]bool{
		"":                         false,
		"gzip":                     true,
		"GZIP":                     true,
		"deflate, gzip;q=0.5, br":  true,
		"gzip;q=0":                 false,
		"gzip; q=0.0, *":           false,
		"gzip;q=x":                 false,
		"gzip;level=9;q=0":         false,
		"*":                        true,
		"*;q=0":                    false,
		"*;q=0, gzip":              true,
		"identity, br;q=1":         false,
		"notgzip, gzipped, gz;q=1": false,
	} {
		if got := accept.Gzip([]string{field}); got != want {
			t.Errorf("Gzip(%q) = %v; want %v", field, got, want)
		}
	}
}

func TestPagesAreForBrowsersAndJSONForPrograms(t *testing.T) {
	for field, want := range map[string]bool{
		"text/html,application/xhtml+xml,*/*;q=0.8": true,
		"Text/HTML;charset=utf-8;Q=0.1":             true,
		"application/json;q=0.4, text/html;q=0.5":   true,
		"text/html;level=1;q=0.3, application/json": false,
		"application/json, text/html":               false,
		"text/html;q=0":                             false,
		"text/html;q=high":                          false,
		"*/*":                                       false,
		"text/*":                                    false,
		"":                                          false,
	} {
		if got := accept.HTML([]string{field}); got != want {
			t.Errorf("HTML(%q) = %v; want %v", field, got, want)
		}
	}
	if !accept.HTML([]string{"image/png", "text/html"}) {
		t.Error("HTML of two fields is false; want them read as one list")
	}
}
