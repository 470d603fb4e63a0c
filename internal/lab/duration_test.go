package lab

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDurationReadsWhatPeopleWrite(t *testing.T) {
	tests := []struct {
		in   string
		want time.Duration
		out  string
	}{
		{"off", 0, "off"}, {"1s", time.Second, "1s"}, {"10s", 10 * time.Second, "10s"}, {"90s", 90 * time.Second, "1m30s"}, {"2h", 2 * time.Hour, "2h"},
		{"2h0m0s", 2 * time.Hour, "2h"}, {"10m", 10 * time.Minute, "10m"}, {"20h10m", 20*time.Hour + 10*time.Minute, "20h10m"}, {"24h", day, "1d"},
		{"31d", 31 * day, "31d"}, {"1d12h", 36 * time.Hour, "1d12h"}, {"0d10s", 10 * time.Second, "10s"}, {"1.5s", 1500 * time.Millisecond, "1.5s"}, {"4000d", 4000 * day, "4000d"},
	}
	for _, tt := range tests {
		got, err := ParseDuration(tt.in)
		if err != nil || time.Duration(got) != tt.want {
			t.Errorf("ParseDuration(%q) = %v, %v; want %v", tt.in, time.Duration(got), err, tt.want)
		}
		if got.String() != tt.out {
			t.Errorf("ParseDuration(%q) is written %q; want %q", tt.in, got, tt.out)
		}
	}
}

func TestParseDurationRefusesTheRest(t *testing.T) {
	for _, in := range []string{
		"", " ", "0", "0s", "999ms", "-1s", "-1d", "+1d", "1d-1h", "d", "1", "10", "10 s", "10S", "1.5d", "1d1d", "1h1d", "4001d", "65535d", "65536d", "99999999999d",
		"65535d2562047h", "inf", "NaN", "OFF", "1y", "١s", "10s\x00",
	} {
		if got, err := ParseDuration(in); err == nil {
			t.Errorf("ParseDuration(%q) = %v; want an error", in, got)
		}
	}
}

func TestDurationsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Duration(rapid.Int64Range(int64(time.Second), int64(maxDuration)).Draw(t, "d"))
		if rapid.Bool().Draw(t, "whole") {
			d = Duration(time.Duration(d).Truncate(time.Second))
		}
		if got, err := ParseDuration(d.String()); err != nil || got != d {
			t.Fatalf("ParseDuration(%q) = %v, %v; want %v", d, time.Duration(got), err, time.Duration(d))
		}
	})
}

func FuzzParseDuration(f *testing.F) {
	for _, s := range []string{"off", "31d", "1d12h", "-1s", "9223372036854775807ns", "1e9s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDuration(s)
		if err != nil {
			return
		}
		if d != 0 && (time.Duration(d) < time.Second || time.Duration(d) > maxDuration) {
			t.Errorf("ParseDuration(%q) = %v", s, time.Duration(d))
		}
		if again, err := ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%q is written %q, which reads as %v, %v", s, d, again, err)
		}
	})
}
