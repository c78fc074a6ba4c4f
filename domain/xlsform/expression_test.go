package xlsform

import (
	"strings"
	"testing"

	"gridwork/domain/inspection"
)

var asked = known{before: []inspection.Item{
	{Code: "one", Kind: inspection.OneOf, Choices: []inspection.Choice{{Code: "a"}, {Code: "b"}, {Code: "1"}}},
	{Code: "some", Kind: inspection.Several, Choices: []inspection.Choice{{Code: "a"}, {Code: "b"}}},
	{Code: "n", Kind: inspection.Number}, {Code: "words", Kind: inspection.Text}, {Code: "pf", Kind: inspection.PassFail},
	{Code: "photo", Kind: inspection.Photo},
}, later: []string{"z"}}

func TestExpressionsMeanWhatXPathMeans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"${one}='a'":                        "selected(${one}, 'a')",
		"'a' = ${one}":                      "selected(${one}, 'a')",
		"${one} = 1":                        "selected(${one}, '1')",
		`selected( ${some} , "b" )`:         "selected(${some}, 'b')",
		"${n} >= 2.5":                       "${n} >= 2.5",
		"3 > ${n}":                          "${n} < 3",
		"${n} != -1":                        "not(${n} = -1)",
		"${words} = ''":                     "not(${words} != '')",
		"${photo} != ''":                    "${photo} != ''",
		"${pf} = 'fail'":                    "outcome(${pf}) = 'fail'",
		"outcome(${n}) = 'fail'":            "outcome(${n}) = 'fail'",
		"${n}=1 or ${n}=2 and ${pf}='pass'": "${n} = 1 or (${n} = 2 and outcome(${pf}) = 'pass')",
		"(${n}=1 or ${n}=2) and not(${pf}='pass')":  "(${n} = 1 or ${n} = 2) and not(outcome(${pf}) = 'pass')",
		"${n} = 1 and ${n} = 2 and ${ONE} != 'a'":   "${n} = 1 and ${n} = 2 and not(selected(${one}, 'a'))",
		"not( selected(${some},'a') or ${n} < 0.5)": "not(selected(${some}, 'a') or ${n} < 0.5)",
	} {
		e, err := parse(text)
		var c inspection.Condition
		if err == nil {
			c, err = asked.condition(e)
		}
		if err != nil || c.String() != want {
			t.Errorf("%s became %s, want %s: %v", text, c, want, err)
		}
	}
	for _, text := range []string{"", "${n}", "'a'", "${n} = ${one}", "${n} = 'x'", "${one} > 1", "${one} = 'c'", "${some} = 'a'", "${z} = 1", "${y} = 1", "${n} = 1 or",
		"(${n} = 1", "${n} = 1)", "not()", "not(1, 2)", "selected(${n}, 'a')", "selected('a', 'a')", "${n", "'a", "${n} == 1", "position(..) = 1", "1 = 1", "${n} = - 'a'", "${n} # 1",
		"${photo} = 'a'", "true()", "${n} = 1..2", "today() > 1", strings.Repeat("(", 60) + "${n} = 1" + strings.Repeat(")", 60), strings.Repeat(" ", 5000)} {
		e, err := parse(text)
		if err == nil {
			_, err = asked.condition(e)
		}
		if err == nil {
			t.Errorf("%q was understood", text)
		}
	}
}

// Whatever a cell says, reading it ends, and what is understood can be published, is written again in the same words, and read back
// to the same.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"${one}='a' and selected(${some},'b')", "not(${n} >= 2) or ${words} != ''", "outcome(${pf})='fail'", ". >= 1 and . <= 3", "((${n}=1))", "'", "${", "-.", "string-length(.) < 5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := parse(text)
		if err != nil {
			return
		}
		i := inspection.Item{Kind: inspection.Number}
		_ = bound(&i, e)
		c, err := asked.condition(e)
		if err != nil {
			return
		}
		written := c.String()
		again, err := parse(written)
		if err != nil {
			if strings.Contains(written, "'") && strings.Contains(written, `"`) || len(written) > longest || len(text) > deepest {
				return // words with both quotes cannot be written
			}
			t.Fatalf("%q became %q, which is not understood: %v", text, written, err)
		}
		if back, err := asked.condition(again); err != nil || back.String() != written {
			t.Fatalf("%q became %q, and that %q: %v", text, written, back, err)
		}
	})
}
