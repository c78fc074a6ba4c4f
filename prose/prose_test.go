package prose_test

import (
	"strings"
	"testing"

	"gridwork/fault"
	"gridwork/prose"
)

func TestWhatSomebodyTypedIsKeptWithoutWhatNobodySees(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  堵住了 \n": "堵住了", "一\r\n二": "一\n二", "a\x00b\u0085c\td": "abc\td", "a\u202egpj\u202c": "agpj", "\u2066a\u2069": "a", " ": "", strings.Repeat("长", 10): strings.Repeat("长", 10),
	} {
		if got, err := prose.Clean("note", in, 10); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestATextThatCannotBeKeptIsRefusedWhereItStands(t *testing.T) {
	t.Parallel()
	for code, in := range map[string]string{
		prose.CodeTooLong: strings.Repeat("长", 11), prose.CodeEncoding: "堵\xff住", prose.CodeMissing: " \x00\n",
	} {
		_, err := prose.Some("note", in, 10)
		if f, ok := fault.As(err); !ok || f.Code != code || f.Field != "note" {
			t.Errorf("%q: %v, want %s", in, err, code)
		}
	}
	if _, err := prose.Clean("note", strings.Repeat("\x00", 1<<20), 10); !fault.Is(err, prose.CodeTooLong) {
		t.Errorf("a megabyte of nothing: %v", err)
	}
}

func FuzzATextIsTakenCleanOrRefused(f *testing.F) {
	for _, text := range []string{"", "堵住", "\xff", "a\x00b", strings.Repeat("长", 2000), "\u202e", "e\u0301", "👩‍👩‍👧"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := prose.Clean("text", text, 2000)
		if err != nil {
			return
		}
		if again, err := prose.Clean("text", once, 2000); err != nil || again != once {
			t.Fatalf("%q became %q, then %q: %v", text, once, again, err)
		}
		if strings.ContainsRune(once, 0) || len([]rune(once)) > 2000 {
			t.Fatalf("kept %q", once)
		}
	})
}
