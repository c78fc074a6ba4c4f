package calendar

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"gridwork/fault"
)

const sound = `{"version":3,"location":"Asia/Shanghai","dayHours":7.5,"years":[2025,2026],
"week":{"monday":[{"from":"08:30","to":"12:00"},{"from":"14:00","to":"18:00"}],"tuesday":[{"from":"00:00","to":"24:00"}]},
"exceptions":[{"date":"2026-02-17","name":"春节"},{"date":"2026-02-14","name":"春节","openLike":"monday"}]}`

func TestSoundCalendarSurvivesTheRoundTrip(t *testing.T) {
	t.Parallel()
	var first, second Calendar
	if err := json.Unmarshal([]byte(sound), &first); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(&first)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &second); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if !reflect.DeepEqual(first, second) || strings.Contains(string(text), "null") {
		t.Fatalf("it came back different: %s", text)
	}
}

func TestDayHoursAreEightUnlessSaid(t *testing.T) {
	t.Parallel()
	var c Calendar
	if err := c.UnmarshalJSON([]byte(strings.Replace(sound, `"dayHours":7.5,`, "", 1))); err != nil || c.Rules().DayHours != 8 {
		t.Fatal(c.Rules().DayHours, err)
	}
}

func TestFaultyCalendarIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	for _, fault := range []struct{ about, old, new, code, path string }{
		{"25 hours", `"18:00"`, `"25:00"`, "CALENDAR_CLOCK", "week.monday[1].to"},
		{"minute 60", `"18:00"`, `"17:60"`, "CALENDAR_CLOCK", "week.monday[1].to"},
		{"past midnight", `"24:00"`, `"24:01"`, "CALENDAR_CLOCK", "week.tuesday[0].to"},
		{"a begin at 24:00", `"00:00"`, `"24:00"`, "CALENDAR_CLOCK", "week.tuesday[0].from"},
		{"a sloppy time", `"08:30"`, `"8:30"`, "CALENDAR_CLOCK", "week.monday[0].from"},
		{"a time with letters", `"08:30"`, `"0x:30"`, "CALENDAR_CLOCK", "week.monday[0].from"},
		{"a signed time", `"08:30"`, `"-8:30"`, "CALENDAR_CLOCK", "week.monday[0].from"},
		{"overlapping openings", `"14:00"`, `"11:59"`, "CALENDAR_OPENING", "week.monday[1].from"},
		{"a reversed opening", `"12:00"`, `"08:30"`, "CALENDAR_OPENING", "week.monday[0].to"},
		{"half an opening", `"from":"08:30",`, ``, "CALENDAR_JSON", "week.monday[0].from"},
		{"a day of 25 hours", `7.5`, `25`, "CALENDAR_DAY_HOURS", "dayHours"},
		{"a day of no hours", `7.5`, `0`, "CALENDAR_DAY_HOURS", "dayHours"},
		{"a day of odd minutes", `7.5`, `7.51`, "CALENDAR_DAY_HOURS", "dayHours"},
		{"an endless day", `7.5`, `1e999`, "CALENDAR_JSON", "dayHours"},
		{"a date outside the years", `2026-02-17`, `2027-02-06`, "CALENDAR_EXCEPTION", "exceptions[0].date"},
		{"a date given twice", `2026-02-14`, `2026-02-17`, "CALENDAR_EXCEPTION", "exceptions[1].date"},
		{"no such date", `2026-02-17`, `2026-02-30`, "CALENDAR_DATE", "exceptions[0].date"},
		{"no name", `"name":"春节","openLike"`, `"name":" ","openLike"`, "CALENDAR_NAME", "exceptions[1].name"},
		{"a name of nonsense", `"name":"春节","openLike"`, `"name":"\ud800","openLike"`, "CALENDAR_NAME", "exceptions[1].name"},
		{"a name too long", `"name":"春节","openLike"`, `"name":"` + strings.Repeat("春", 41) + `","openLike"`, "CALENDAR_NAME", "exceptions[1].name"},
		{"no such weekday", `"openLike":"monday"`, `"openLike":"someday"`, "CALENDAR_WEEKDAY", "exceptions[1].openLike"},
		{"open like a closed day", `"openLike":"monday"`, `"openLike":"sunday"`, "CALENDAR_EXCEPTION", "exceptions[1].openLike"},
		{"no version", `"version":3,`, ``, "CALENDAR_JSON", "version"},
		{"version nought", `"version":3`, `"version":0`, "CALENDAR_VERSION", "version"},
		{"a broken version", `"version":3`, `"version":3.5`, "CALENDAR_JSON", "version"},
		{"no years", `[2025,2026]`, `[]`, "CALENDAR_YEARS", "years"},
		{"years backwards", `[2025,2026]`, `[2026,2025]`, "CALENDAR_YEARS", "years[1]"},
		{"a year of old", `[2025,2026]`, `[1986,2025,2026]`, "CALENDAR_YEARS", "years[0]"},
		{"a year as text", `[2025,2026]`, `[2025,"2026"]`, "CALENDAR_JSON", "years[1]"},
		{"no such zone", `Asia/Shanghai`, `Asia/Atlantis`, "CALENDAR_LOCATION", "location"},
		{"whatever the machine has", `Asia/Shanghai`, `Local`, "CALENDAR_LOCATION", "location"},
		{"a zone with summer time", `Asia/Shanghai`, `Europe/Paris`, "CALENDAR_LOCATION", "location"},
		{"a week of Sundays", sound[strings.Index(sound, `{"monday`):strings.Index(sound, ",\n\"exceptions")], `{}`, "CALENDAR_OPENING", "week"},
		{"a misspelt field", `"openLike"`, `"openlike"`, "CALENDAR_JSON", "exceptions[1]"},
		{"a weekday given twice", `"tuesday"`, `"monday"`, "CALENDAR_JSON", "week.monday"},
		{"null for a list", `[2025,2026]`, `null`, "CALENDAR_JSON", "years"},
		{"nesting", `[2025,2026]`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "CALENDAR_JSON", "years[0]"},
		{"a cut document", `"openLike":"monday"}]}`, `"openLike":"monday"`, "CALENDAR_JSON", "exceptions[1]"},
		{"two documents", `"openLike":"monday"}]}`, `"openLike":"monday"}]}{}`, "CALENDAR_JSON", ""},
		{"broken UTF-8", `春节`, "\xff", "CALENDAR_JSON", ""},
		{"a megabyte", `春节`, strings.Repeat(" ", 1<<20), "CALENDAR_JSON", ""},
	} {
		t.Run(fault.about, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(sound, fault.old) {
				t.Fatal("the story changes nothing")
			}
			c := *official(t)
			err := c.UnmarshalJSON([]byte(strings.Replace(sound, fault.old, fault.new, 1)))
			wantCode(t, err, fault.code, fault.path)
			if c.rules.Years[0] != 2025 || c.rules.DayHours != 8 {
				t.Error("the refused calendar left its mark")
			}
		})
	}
}

func TestRulesMadeInCodeAreCheckedToo(t *testing.T) {
	t.Parallel()
	for path, spoil := range map[string]func(*Rules){
		"week.friday[0].from": func(r *Rules) { r.Week.Friday = []Opening{{-1, 60}} },
		"week.friday[0].to":   func(r *Rules) { r.Week.Friday = []Opening{{60, 25 * 60}} },
		"exceptions[0].date":  func(r *Rules) { r.Exceptions[0].Date = Date{2026, 2, 30} },
		"exceptions[0].name":  func(r *Rules) { r.Exceptions[0].Name = "\xff" },
	} {
		rules := official(t).Rules()
		spoil(&rules)
		if _, err := New(rules); err == nil || !strings.Contains(err.Error(), " at "+path+":") {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

func TestACompiledCalendarIsSafeFromItsMaker(t *testing.T) {
	t.Parallel()
	c := official(t)
	rules := c.Rules()
	rules.Week.Monday[0].From, rules.Years[0], rules.Exceptions[0].Name = 0, 1999, "gone"
	for _, e := range rules.Exceptions {
		if e.OpenLike != nil {
			*e.OpenLike = Sunday
		}
	}
	if again := c.Rules(); !reflect.DeepEqual(again, official(t).Rules()) {
		t.Fatalf("edited through the back door: %+v", again)
	}
}

func FuzzCalendarJSON(f *testing.F) {
	f.Add([]byte(sound))
	f.Add([]byte(`{"version":1,"location":"Asia/Shanghai","years":[2026],"week":{"sunday":[]},"exceptions":[]}`))
	f.Add([]byte(`[[[[`))
	f.Add([]byte(`{"week":{"monday":[{"from":"23:59","to":"24:00"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c Calendar
		if err := c.UnmarshalJSON(data); err != nil {
			if _, public := fault.As(err); !public {
				t.Fatalf("an error without a face: %v", err)
			}
			return
		}
		text, err := json.Marshal(&c)
		if err != nil {
			t.Fatal(err)
		}
		var again Calendar
		if err := again.UnmarshalJSON(text); err != nil || !reflect.DeepEqual(c.Rules(), again.Rules()) {
			t.Fatalf("%v: %s became %s", err, data, text)
		}
	})
}
