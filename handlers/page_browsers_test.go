package handlers

import (
	"net/url"
	"testing"
)

// What is for the app is passed on as it came, and what is for the bench is not.
func FuzzAFormIsPassedOnWithoutWhatIsNotForTheApp(f *testing.F) {
	for _, form := range []string{"", "op=set&key=a&value=b", "op=me&from=elsewhere", "%6Fp=me&a=b", "key=op&value=from", "a=1&&op&b", "op=1&op=2", "%zz=1&op=me", "a+b=c%20d"} {
		f.Add(form)
	}
	f.Fuzz(func(t *testing.T, form string) {
		want, err := url.ParseQuery(form)
		if err != nil {
			t.Skip() // refused before
		}
		got, err := url.ParseQuery(without(form, "op", "from"))
		if err != nil {
			t.Fatalf("of %q is left what is no form: %v", form, err)
		}
		want.Del("op")
		want.Del("from")
		if got.Encode() != want.Encode() {
			t.Fatalf("of %q is left %v; want %v", form, got, want)
		}
	})
}
