package rowfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gridwork/fault"
	"gridwork/rowfile"
)

var afternoon = time.Date(2026, time.March, 6, 15, 4, 5, 0, time.FixedZone("Asia/Shanghai", 8*60*60))

func table(t *testing.T, kind rowfile.Kind) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := rowfile.NewWriter(&file, kind, "案件", "编号", "内容", "时间", "数", "比")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"7-1", "垃圾, \"满\"\n桶", afternoon, 3, 0.25}, {"8", `=HYPERLINK("http://x","看")`, nil, 0, nil}} {
		if err := w.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	want := []map[string]string{
		{"编号": "7-1", "内容": "垃圾, \"满\"\n桶", "时间": "2026-03-06 15:04:05", "数": "3", "比": "0.25"},
		{"编号": "8", "内容": `'=HYPERLINK("http://x","看")`, "时间": "", "数": "0", "比": ""},
	}
	for _, kind := range []rowfile.Kind{rowfile.CSV, rowfile.XLSX} {
		path := filepath.Join(t.TempDir(), "f."+string(kind))
		if err := os.WriteFile(path, table(t, kind), 0o600); err != nil {
			t.Fatal(err)
		}
		rows, err := read(t, path)
		if err != nil || len(rows) != len(want) {
			t.Fatalf("%s: %v, %v", kind, rows, err)
		}
		for i, w := range want {
			for column, value := range w {
				if got := rows[i].fields[column]; got != value && (column != "时间" || kind == rowfile.CSV) {
					t.Errorf("%s, row %d, %s: %q, want %q", kind, i, column, got, value)
				}
			}
		}
	}
}

func TestATimeInAWorkbookIsATimeByTheCityClock(t *testing.T) {
	t.Parallel()
	book, err := excelize.OpenReader(bytes.NewReader(table(t, rowfile.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	if shown, err := book.GetCellValue("案件", "C2"); err != nil || shown != "2026-03-06 15:04:05" {
		t.Errorf("%q, %v", shown, err)
	}
}

func TestNoCellIsTakenForAFormula(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"} {
		var file bytes.Buffer
		w, err := rowfile.NewWriter(&file, rowfile.CSV, "", "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if line := strings.SplitN(file.String(), "\n", 2)[1]; !strings.HasPrefix(strings.TrimPrefix(line, `"`), "'") {
			t.Errorf("%q is written as %q", text, line)
		}
	}
}

func TestNoOtherKindIsWritten(t *testing.T) {
	t.Parallel()
	if _, err := rowfile.NewWriter(&bytes.Buffer{}, "pdf", "x", "a"); !fault.Is(err, rowfile.CodeFormat) {
		t.Error(err)
	}
}
