package staff

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/domain/calendar"
	"gridwork/fault"
)

func TestEveryDayIsReadInEveryWayThatListsWriteIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := serialZero.AddDate(0, 0, rapid.IntRange(serialFirst, 99_999).Draw(t, "day"))
		want := calendar.DateOf(at)
		texts := []string{strconv.Itoa(int(at.Sub(serialZero) / (24 * time.Hour))), at.Format("2006-01-02 00:00:00")}
		for _, form := range dayForms {
			texts = append(texts, at.Format(form))
		}
		for _, text := range texts {
			if got, err := day("from", text); err != nil || got == nil || *got != want {
				t.Errorf("%q is %v, %v, want %v", text, got, err, want)
			}
		}
	})
}

func FuzzWhatIsNoDayIsRefusedAtItsField(f *testing.F) {
	for _, text := range []string{"", "长期", "2026-02-30", "31/12/2026", "46082", "46082.5", "0000-01-01", "２０２６-01-01", "12345", "9999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := day("until", text)
		if why, told := fault.As(err); err != nil && (!told || why.Code != CodeDay || why.Field != "until" || got != nil) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		if got != nil {
			if again, err := day("until", got.String()); err != nil || *again != *got {
				t.Errorf("%q is %v, which is read as %v, %v", text, got, again, err)
			}
		}
	})
}
