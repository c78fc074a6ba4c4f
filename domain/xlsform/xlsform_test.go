package xlsform_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gridwork/domain/inspection"
	"gridwork/domain/xlsform"
	"gridwork/fault"
	"gridwork/rowfile"
)

// book makes a workbook of sheets, each a list of rows.
func book(t testing.TB, sheets map[string][][]any) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return &out
}

type row = []any

func settings() [][]any {
	return [][]any{{"form_title::中文", "form_title::English", "form_id", "version"}, {"餐饮燃气检查", "Gas in restaurants", "Gas_Check", "2026030201"}}
}

func choices() [][]any {
	return [][]any{{"list_name", "name", "label::中文", "label::English", "fails", "points"},
		{"pf", "pass", "合格", "Pass"}, {"pf", "fail", "不合格", "Fail"},
		{"gas", "none", "不用燃气", "None", "", 5}, {"gas", "Bottled", "瓶装", "Bottled", "", 2}, {"gas", "piped", "管道", "Piped", "", 5},
		{"risk", "leak", "漏气", "Leak", "yes"}, {"risk", "hose", "软管老化", "Old hose", "yes"}, {"risk", "no", "无", "None"}}
}

// gas is a form as a department would have it, with what ODK's tools write beside it.
func gas() map[string][][]any {
	return map[string][][]any{"settings": settings(), "choices": choices(),
		"bands": {{"name", "label::中文", "label::English", "from"}, {"good", "良好", "Good", 80}, {"poor", "较差", "Poor", 0}},
		"survey": {
			{"type", "name", "label::中文", "label::English", "hint::中文", "hint::English", "required", "relevant", "constraint", "appearance", "category", "severity", "legal_basis", "points", "weight", "critical", "unit::中文", "unit::English", "fails_above"},
			{"start", "start"},
			{"note", "hello", "请先出示证件。", "Show your card first."},
			{"select_one gas", "Gas", "用什么燃气", "Which gas", "看厨房", "Look into the kitchen", "yes", "", "", "minimal"},
			{"begin group", "kitchen", "厨房", "Kitchen", "", "", "", "${Gas} != 'none'"},
			{"integer", "bottles", "几瓶", "How many bottles", "", "", "yes", "${Gas} = 'bottled'", ". >= 0 and . < 100", "", "2702", "major", "《城镇燃气管理条例》第二十八条", 10, 1.5, "", "瓶", "bottles", 5},
			{"decimal", "kg", "总重", "Weight", "", "", "", "${bottles} > 0", ". >= 0.5", "", "", "", "", "", "", "", "千克", "kg"},
			{"select_multiple risk", "risks", "有何隐患", "What is wrong", "", "", "true", "", "count-selected(.) <= 2", "", "2702", "", "《城镇燃气管理条例》第二十九条"},
			{"select_one pf", "alarm", "报警器完好", "Alarm works", "", "", "yes", "", "", "", "2702", "general", "", 5, "", "yes"},
			{"end group"},
			{"text", "why", "为何不合格", "Why", "", "", "yes", "${alarm} = 'fail' or selected(${risks}, 'leak') and not(${bottles} > 3)", "string-length(.) <= 200"},
			{"image", "kitchen_photo", "厨房照片", "Photo", "", "", "", "${why} != ''"},
			{"geopoint", "valve", "阀门位置", "Valve", "", "", "yes"},
			{"image", "sign", "负责人签名", "Signature", "", "", "yes", "", "", "signature"},
		}}
}

func TestAFormIsReadAsAChecklist(t *testing.T) {
	t.Parallel()
	form, err := xlsform.Read(book(t, gas()))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(form.Checklist, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/gas.json"
	if os.Getenv("RECORD") != "" {
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != string(got)+"\n" {
		t.Errorf("%v: read %s", err, got)
	}
	// What every inspection keeps anyway, and the form's own version, are passed over, and told.
	told := map[string]bool{}
	for _, p := range form.Passed {
		told[p.Sheet+" "+p.Column] = true
	}
	if !told["survey type"] || !told["settings version"] {
		t.Errorf("passed over: %v", form.Passed)
	}
	for _, err := range form.Checklist.Faults() {
		t.Errorf("it could not be published: %v", form.Where(err))
	}
}

func TestAConditionIsWrittenAsItIsRead(t *testing.T) {
	t.Parallel()
	form, err := xlsform.Read(book(t, gas()))
	if err != nil {
		t.Fatal(err)
	}
	for want, code := range map[string]string{
		"not(selected(${gas}, 'none')) and selected(${gas}, 'bottled')":                      "bottles",
		"outcome(${alarm}) = 'fail' or (selected(${risks}, 'leak') and not(${bottles} > 3))": "why",
		"${why} != ''": "kitchen_photo",
	} {
		for _, i := range form.Checklist.Items {
			if i.Code == code && i.AskedIf() != want {
				t.Errorf("%s is asked if %s, want %s", code, i.AskedIf(), want)
			}
		}
	}
}

func TestAllThatSpeaksAgainstAFormIsToldAtOnce(t *testing.T) {
	t.Parallel()
	survey := [][]any{{"type", "name", "label", "relevant", "constraint", "calculation", "required", "category", "points"},
		{"text", "a", "甲"},
		{"calculate", "sum", "", "", "", "1+1"},
		{"begin repeat", "many", "多次"},
		{"select_one nowhere", "b", "乙"},
		{"integer", "c", "丙", "${z} = 1"},
		{"integer", "d", "丁", "${e} = 1"},
		{"integer", "e", "戊", "${a} > 1"},
		{"integer", "f", "己", "if(${e}, 1, 2)"},
		{"integer", "g", "庚", "${e} ="},
		{"decimal", "h", "辛", "", ". > 0"},
		{"text", "i", "壬", "", "regex(., '[a-z]+')"},
		{"integer", "j", "癸", "", "", "", "perhaps"},
		{"integer", "k", "", "", "", "", "", "", "many"},
		{"text", "l", "子", "", "", "${a}"},
		{"select_multiple gas", "m", "丑"},
		{"text", "n", "寅", "${m} = 'none'"},
		{"begin group", "o", "卯"},
	}
	_, err := xlsform.Read(book(t, map[string][][]any{"settings": settings(), "choices": choices(), "survey": survey}))
	var told xlsform.Problems
	if !errors.As(err, &told) {
		t.Fatalf("told %v", err)
	}
	for _, want := range []string{
		"survey, row 3, column type: the type calculate is not supported",
		"survey, row 4, column type: the type begin_repeat is not supported",
		`survey, row 5, column type: there is no list "nowhere" in choices`,
		"survey, row 6, column relevant: there is no ${z}",
		"survey, row 7, column relevant: ${e} is asked later",
		"survey, row 8, column relevant: ${a} is no number",
		"survey, row 9, column relevant: if() is not supported",
		"survey, row 10, column relevant: the expression ends too early",
		"survey, row 11, column constraint: the comparison > is not supported",
		"survey, row 12, column constraint: a constraint is supported as bounds only",
		`survey, row 13, column required: "perhaps" is neither yes nor no`,
		"survey, row 14, column label: a question has a label",
		`survey, row 14, column points: "many" is no number`,
		"survey, row 15, column calculation: the column calculation is not supported",
		"survey, row 17, column relevant: several may be chosen of ${m}",
		"survey, row 18, column type: this group is not ended",
	} {
		if !strings.Contains(told.Error(), want) {
			t.Errorf("not told: %s", want)
		}
	}
	if len(told) != 16 {
		t.Errorf("%d told:\n%s", len(told), told.Error())
	}
}

func TestWhatIsNoFormIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := xlsform.Read(strings.NewReader("type,name\n")); !fault.Is(err, rowfile.CodeFormat) {
		t.Errorf("a text: %v", err)
	}
	if _, err := xlsform.Read(bytes.NewReader(make([]byte, 9<<20))); !fault.Is(err, rowfile.CodeLarge) {
		t.Errorf("nine megabytes: %v", err)
	}
	rows := [][]any{{"type", "name", "label"}}
	for range 2100 {
		rows = append(rows, row{"text", "a", "甲"})
	}
	if _, err := xlsform.Read(book(t, map[string][][]any{"settings": settings(), "survey": rows})); !fault.Is(err, rowfile.CodeLarge) {
		t.Errorf("2100 rows: %v", err)
	}
	var told xlsform.Problems
	if _, err := xlsform.Read(book(t, map[string][][]any{"prices": {{"a"}}})); !errors.As(err, &told) || !strings.Contains(told.Error(), "survey: there is no such sheet") {
		t.Errorf("another workbook: %v", err)
	}
	ragged := [][]any{{"type", "name", "label"}, {"text", "a", "甲", "", "surplus"}}
	if _, err := xlsform.Read(book(t, map[string][][]any{"settings": settings(), "survey": ragged})); !errors.As(err, &told) || !strings.Contains(told.Error(), "survey, row 2: 5 fields") {
		t.Errorf("ragged: %v", err)
	}
}

func TestAFormulaIsNotReckoned(t *testing.T) {
	t.Parallel()
	sheets := gas()
	sheets["settings"][1][0] = nil
	f, err := excelize.OpenReader(book(t, sheets))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellFormula("settings", "A2", `CONCATENATE("燃", "气")`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	form, err := xlsform.Read(&out)
	if err != nil || form.Checklist.NameZH != "Gas in restaurants" {
		t.Errorf("its title is %q: %v", form.Checklist.NameZH, err)
	}
}

func TestAFormInOneLanguageStandsForBoth(t *testing.T) {
	t.Parallel()
	form, err := xlsform.Read(book(t, map[string][][]any{"settings": {{"form_title", "form_id", "default_language"}, {"Shops", "shops", "English (en)"}},
		"survey": {{"type", "name", "label", "label::Français (fr)"}, {"text", "a", "Name", "Nom"}}}))
	if err != nil {
		t.Fatal(err)
	}
	if i := form.Checklist.Items[0]; i.QuestionZH != "Name" || i.QuestionEN != "Name" || !i.Optional || i.Kind != inspection.Text {
		t.Errorf("asks %+v", i)
	}
	if len(form.Passed) != 3 {
		t.Errorf("told %v", form.Passed)
	}
}
