package place

import (
	"slices"
	"strings"
	"testing"
)

func TestAPlaceIsFoundByWhatPeopleType(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, query string
		found       bool
	}{
		{"科苑路15号科技园A栋", "科苑路", true},
		{"科苑路15号科技园A栋", "科苑路 15 号", true},
		{"科苑路15号科技园A栋", "科苑路１５号", true},
		{"科苑路15号科技园A栋", "科技园a栋", true},
		{"科苑路15号科技园A栋", "keyuanlu15", true},
		{"科苑路15号科技园A栋", "keyuan", true},
		{"科苑路15号科技园A栋", "kejiy", true}, // still being typed
		{"科苑路15号科技园A栋", "kyl15", true},
		{"科苑路15号科技园A栋", "KJYA", true},
		{"科苑路15号科技园A栋", "科苑路16号", false},
		{"科苑路15号科技园A栋", "kyl16", false},
		{"科苑路15号科技园A栋", "shennan", false},
		{"京基一百大厦", "jingjiyibaidasha", true}, // 厦 is sha and xia
		{"京基一百大厦", "大厦", true},
		{"绿景虹湾", "lvjing", true},
	} {
		want, err := wanted(tt.query)
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		has, all := terms(tt.text), true
		for _, term := range want {
			all = all && slices.Contains(has, term)
		}
		if all != tt.found {
			t.Errorf("%s by %s: %v; looked for %q among %q", tt.text, tt.query, all, want, has)
		}
	}
}

func TestOneCharacterIsTooShortToLookFor(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"", "科", "k", "15", "！？"} {
		if _, err := wanted(query); err == nil {
			t.Errorf("%q", query)
		}
	}
}

// Read by trying one way after another, these would take years.
func TestLettersThatCanBeReadInManyWaysAreReadAtOnce(t *testing.T) {
	t.Parallel()
	for letters, want := range map[string]int{
		strings.Repeat("zhuang", 16) + "xxxx": 0,
		strings.Repeat("zhuang", 16):          16,
		strings.Repeat("zhuang", 16) + "zh":   16,
		"fangan":                              2,
		"k":                                   0,
	} {
		if parts, _ := split(letters); len(parts) != want {
			t.Errorf("%s: %q", letters, parts)
		}
	}
}

func FuzzEveryQueryEnds(f *testing.F) {
	f.Add("keyuanlu15")
	f.Add("zhuangzhuangzhuangxxxxxxxxxxxxxxxxxxxxxxx")
	f.Add("科苑lu")
	f.Fuzz(func(t *testing.T, query string) {
		if len(query) > 300 {
			return
		}
		if want, err := wanted(query); err == nil && len(want) == 0 {
			t.Errorf("%q looks for nothing", query)
		}
		_ = terms(query)
	})
}
