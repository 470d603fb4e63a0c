package narrate

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/span"
	"github.com/sessionlab/sessionlab/internal/step"
)

const day = span.Day

func TestDurationsAreSaidAsPeopleSayThem(t *testing.T) {
	tests := []struct {
		d      time.Duration
		en, zh string
	}{
		{31 * day, "31 days", "31 天"},
		{31*day - time.Second, "31 days", "31 天"},
		{day, "1 day", "1 天"},
		{36 * time.Hour, "36 hours", "36 小时"},
		{2 * time.Hour, "2 hours", "2 小时"},
		{2*time.Hour - 10*time.Second, "2 hours", "2 小时"},
		{90 * time.Minute, "90 minutes", "90 分钟"},
		{time.Minute, "1 minute", "1 分钟"},
		{10 * time.Second, "10 seconds", "10 秒"},
		{time.Second, "1 second", "1 秒"},
		{300 * time.Millisecond, "1 second", "1 秒"},
	}
	for lang, text := range texts(t) {
		n := newTelling(text, &step.Step{Time: arrival}, options)
		for _, tt := range tests {
			want := map[i18n.Lang]string{i18n.En: tt.en, i18n.Zh: tt.zh}[lang]
			if got := n.duration(tt.d); got != want {
				t.Errorf("%s: duration(%v) = %q; want %q", lang, tt.d, got, want)
			}
		}
	}
}

func TestMicrosAreSaidExactlyEnough(t *testing.T) {
	for us, want := range map[int64]string{
		0: "0 µs", 38: "38 µs", 999: "999 µs", 1200: "1.2 ms", 9940: "9.9 ms", 45_400: "45 ms", 1_240_000: "1.2 s",
	} {
		if got := micros(us); got != want {
			t.Errorf("micros(%d) = %q; want %q", us, got, want)
		}
	}
}

func TestLimitsAreSaidInThePlaceOfTheReader(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	tests := []struct {
		at, now time.Time
		where   *time.Location
		en, zh  string
	}{
		{*days(31), arrival, nil, "until 23 Dec 19:00, in 31 days", "到 12月23日 19:00 为止，还有 31 天"},
		{*days(31), arrival, shanghai, "until 24 Dec 03:00, in 31 days", "到 12月24日 03:00 为止，还有 31 天"},
		{*days(60), arrival, nil, "until 21 Jan 2027 19:00, in 60 days", "到 2027年1月21日 19:00 为止，还有 60 天"},
		{arrival.Add(10 * time.Second), arrival, nil, "until 22 Nov 19:00:10, in 10 seconds", "到 11月22日 19:00:10 为止，还有 10 秒"},
		{*days(1), *days(2), nil, "ended at 23 Nov 19:00: the browser deletes it", "11月23日 19:00 已过期：浏览器会删除它"},
		{arrival.Add(10*time.Second + time.Second/2), arrival.Add(time.Second / 2), nil, "until 22 Nov 19:00:10, in 10 seconds", "到 11月22日 19:00:10 为止，还有 10 秒"},
		{*days(31), time.Time{}, nil, "until 23 Dec 19:00, in 31 days", "到 12月23日 19:00 为止，还有 31 天"},
	}
	for lang, text := range texts(t) {
		for _, tt := range tests {
			n := newTelling(text, &step.Step{Time: arrival, Client: step.ClientBrowser}, Options{Now: tt.now, Location: tt.where})
			want := map[i18n.Lang]string{i18n.En: tt.en, i18n.Zh: tt.zh}[lang]
			if got := n.limitAt("flow.cookie.until", tt.at).String(); got != want {
				t.Errorf("%s: limit(%v at %v) = %q; want %q", lang, tt.at, tt.now, got, want)
			}
		}
	}
}

func TestClockHasTheDateUnlessItIsToday(t *testing.T) {
	en := texts(t)[i18n.En]
	for _, tt := range []struct {
		now  time.Time
		want string
	}{{arrival.Add(time.Hour), "19:00:00"}, {*days(1), "22 Nov 19:00:00"}} {
		if got := Step(en, stories[0].story().Step, Options{Now: tt.now}).Time; got != tt.want {
			t.Errorf("Time at %v = %q; want %q", tt.now, got, tt.want)
		}
	}
}
