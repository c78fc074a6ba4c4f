package enum_test

import (
	"strings"
	"testing"

	"gridwork/enum"
	"gridwork/fault"
)

type shade string

func TestAWordIsWrittenInUpperCaseAndReadOnlySo(t *testing.T) {
	t.Parallel()
	all := []shade{"light", "very_dark"}
	var out strings.Builder
	if enum.Marshal(&out, all[1]); out.String() != `"VERY_DARK"` {
		t.Error(out.String())
	}
	var read shade
	if err := enum.Unmarshal(&read, "VERY_DARK", all); err != nil || read != "very_dark" {
		t.Errorf("%s, %v", read, err)
	}
	for _, other := range []any{"very_dark", "Light", "BLUE", "", 7, nil} {
		if err := enum.Unmarshal(&read, other, all); !fault.Is(err, "ENUM_VALUE") || read != "very_dark" {
			t.Errorf("%v is read as %s: %v", other, read, err)
		}
	}
}
