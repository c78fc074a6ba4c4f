package likeness_test

import (
	"slices"
	"testing"
	"time"

	"gridwork/domain/likeness"
	"gridwork/geo"
)

var (
	here = geo.Point{Lon: 114.0, Lat: 22.5}
	noon = time.Date(2026, 11, 18, 4, 0, 0, 0, time.UTC)
)

const metre = 1.0 / 111_200 // of latitude, degrees

func north(metres float64) geo.Point { return geo.Point{Lon: here.Lon, Lat: here.Lat + metres*metre} }

func TestTooFarInPlaceOrTimeIsNotCompared(t *testing.T) {
	t.Parallel()
	a := likeness.NewReport(here, noon, "2101", "消防通道被堵", nil)
	for _, tt := range []struct {
		name  string
		point geo.Point
		at    time.Time
		near  bool
	}{
		{"99 m", north(99), noon, true},
		{"101 m", north(101), noon, false},
		{"72 h before", here, noon.Add(-72 * time.Hour), true},
		{"a second more", here, noon.Add(72*time.Hour + time.Second), false},
	} {
		if _, near := likeness.Compare(a, likeness.NewReport(tt.point, tt.at, "2101", "消防通道被堵", nil)); near != tt.near {
			t.Errorf("%s: %v", tt.name, near)
		}
	}
}

// score of a report 20 m and two hours from the one in question.
func score(t *testing.T, category, text string, photos ...uint64) likeness.Likeness {
	t.Helper()
	asked := likeness.NewReport(here, noon, "2101", "商场西门消防车通道停满了私家车", []uint64{0xF0F0_F0F0_F0F0_F0F0})
	l, near := likeness.Compare(asked, likeness.NewReport(north(20), noon.Add(2*time.Hour), category, text, photos))
	if !near {
		t.Fatal("not compared")
	}
	return l
}

// A wrong category, which every tenth report has, hides nothing any more.
func TestAWrongCategoryDoesNotHideWhatIsSaidInTheSameWords(t *testing.T) {
	t.Parallel()
	wrong := score(t, "1505", "西门外面的消防通道全是车")
	other := score(t, "1204", "奶茶店把灯箱放到人行道中间")
	if wrong.Score < 0.5 || other.Score > 0.3 {
		t.Errorf("the same thing under another category %.2f, another thing %.2f", wrong.Score, other.Score)
	}
	if right := score(t, "2101", "西门外面的消防通道全是车"); right.Score <= wrong.Score {
		t.Errorf("its own category adds nothing: %.2f", right.Score)
	}
	if major := score(t, "2102", "西门外面的消防通道全是车"); major.Score <= wrong.Score {
		t.Errorf("its own major class adds nothing: %.2f", major.Score)
	}
}

func TestThePictureOfAnotherReportTellsMoreThanWords(t *testing.T) {
	t.Parallel()
	without, again := score(t, "", ""), score(t, "", "", 0xF0F0_F0F0_F0F0_F0F3)
	if again.Score <= without.Score {
		t.Errorf("%.2f without, %.2f with the same picture", without.Score, again.Score)
	}
	if other := score(t, "", "", 0x1234_5678_9ABC_DEF0); other.Score != without.Score {
		t.Errorf("two pictures that differ say nothing, and still %.2f became %.2f", without.Score, other.Score)
	}
}

func TestEveryAspectThatBothTellSaysItsPart(t *testing.T) {
	t.Parallel()
	told := func(l likeness.Likeness) (names []likeness.Aspect) {
		for _, r := range l.Why {
			names = append(names, r.Aspect)
			if r.Likeness < 0 || r.Likeness > 1 || r.Weight <= 0 {
				t.Errorf("%+v", r)
			}
		}
		return names
	}
	if got := told(score(t, "2101", "消防通道")); !slices.Equal(got, []likeness.Aspect{likeness.Place, likeness.Time, likeness.Category, likeness.Text}) {
		t.Error(got)
	}
	if got := told(score(t, "", "！？ 了吗")); !slices.Equal(got, []likeness.Aspect{likeness.Place, likeness.Time}) {
		t.Errorf("an empty text: %v", got)
	}
}

// Width, case and punctuation are nobody's meaning.
func TestTextsAreComparedByTheirWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text string }{{"商场西门消防车通道停满了私家车"}, {"商场，西门：消防车通道 停满私家车！"}, {"車"}} {
		got := score(t, "", tt.text).Why[2]
		if want := map[bool]float64{true: 1, false: 0}[tt.text != "車"]; got.Aspect != likeness.Text || got.Likeness != want {
			t.Errorf("%s: %+v", tt.text, got)
		}
	}
	a := likeness.NewReport(here, noon, "", "KTV　B２栋", nil)
	b := likeness.NewReport(here, noon, "", "ktv在b2栋", nil)
	if l, _ := likeness.Compare(a, b); l.Why[2].Likeness != 1 {
		t.Errorf("%+v", l.Why)
	}
}

func FuzzAnyTwoTextsHaveALikeness(f *testing.F) {
	f.Add("消防通道被堵", "B2栋 KTV")
	f.Add("", "\xff\xfe")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := likeness.NewReport(here, noon, "2101", x, nil), likeness.NewReport(here, noon, "", y, nil)
		ab, _ := likeness.Compare(a, b)
		ba, _ := likeness.Compare(b, a)
		if ab.Score != ba.Score || ab.Score < 0 || ab.Score > 1 {
			t.Errorf("%v, %v", ab, ba)
		}
		if same, _ := likeness.Compare(a, a); same.Score < ab.Score {
			t.Errorf("%q is more like %q than itself: %v, %v", x, y, ab, same)
		}
	})
}
