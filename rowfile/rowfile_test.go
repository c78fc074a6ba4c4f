package rowfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gridwork/fault"
	"gridwork/rowfile"
)

// written is a file of that name.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// told is what reading a file came to: each row's fields, or the code of why there are none.
type told struct {
	number int
	fields map[string]string
	code   string
}

func read(t *testing.T, path string) (rows []told, failed error) {
	t.Helper()
	f, err := rowfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for {
		row, err := f.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		refused, isFault := fault.As(err)
		if err != nil && !isFault {
			return rows, err
		}
		one := told{number: row.Number, fields: row.Fields}
		if isFault {
			one.code = refused.Code
		}
		rows = append(rows, one)
	}
}

const three = "编码,地址,经度\n0001,科苑路15号,113.95\n0002,\"深南大道, 1号\",114.05\n"

func TestACSVIsReadInWhateverEncodingItCame(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]encoding.Encoding{
		"UTF-8":             unicode.UTF8,
		"UTF-8 with a mark": unicode.UTF8BOM,
		"GB18030":           simplifiedchinese.GB18030,
		"UTF-16":            unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	} {
		text, err := e.NewEncoder().String(three)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := read(t, written(t, "rows.csv", text))
		if err != nil || len(rows) != 2 || rows[0].fields["地址"] != "科苑路15号" || rows[1].fields["地址"] != "深南大道, 1号" || rows[1].number != 3 {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
}

func TestABadRowCostsItselfAlone(t *testing.T) {
	t.Parallel()
	rows, err := read(t, written(t, "rows.csv", "a,b\n1,2\n3\n4,5,6\n7,8,\n9,\"x\"y\"\n ,\n\xff\xfe,1\n10,=cmd|' /C calc'!A0\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"", rowfile.CodeRagged, rowfile.CodeRagged, "", rowfile.CodeBroken, rowfile.CodeEmpty, rowfile.CodeEncoding, ""}
	if len(rows) != len(want) {
		t.Fatalf("%+v", rows)
	}
	for i, code := range want {
		if rows[i].code != code || rows[i].number != i+2 {
			t.Errorf("line %d: %+v, want %q", i+2, rows[i], code)
		}
	}
	if got := rows[7].fields["b"]; got != "=cmd|' /C calc'!A0" {
		t.Errorf("a formula is text: %q", got)
	}
}

// One quote that never closes would read the rest of a gigabyte into memory.
func TestARowWithoutAnEndIsNotReadToTheEnd(t *testing.T) {
	t.Parallel()
	rows, err := read(t, written(t, "rows.csv", "a,b\n1,2\n3,\"never closed\n"+strings.Repeat("x,y\n", 1<<20)))
	if len(rows) != 1 || err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestAHeaderNamesEveryColumnOnce(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"none.csv": "", "twice.csv": "a,b,a\n1,2,3\n", "blank.csv": " ,\n1,2\n", "list.geojson": "[]", "nothing.geojson": `{"type":"FeatureCollection"}`} {
		if _, err := rowfile.Open(written(t, name, text)); !is(err, rowfile.CodeHeader) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"rows.pdf", "rows", "rows.xlsx"} {
		if _, err := rowfile.Open(written(t, name, "a,b\n1,2\n")); !is(err, rowfile.CodeFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func is(err error, code string) bool {
	refused, ok := fault.As(err)
	return ok && refused.Code == code
}

func TestAWorkbooksFirstSheetIsRead(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "编码", "B1": "地址", "C1": "楼层", "A2": "4403040010010000000000001", "B2": "科苑路15号", "C2": 12, "A4": "2", "B4": "深南大道"} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "rows.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	rows, err := read(t, path)
	if err != nil || len(rows) != 3 || rows[0].fields["编码"] != "4403040010010000000000001" || rows[0].fields["楼层"] != "12" ||
		rows[1].code != rowfile.CodeEmpty || rows[2].fields["地址"] != "深南大道" || rows[2].fields["楼层"] != "" || rows[2].number != 4 {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestGeoJSONGivesPropertiesAndThePoint(t *testing.T) {
	t.Parallel()
	rows, err := read(t, written(t, "rows.geojson", `{"type":"FeatureCollection","name":"x","features":[
		{"type":"Feature","geometry":{"type":"Point","coordinates":[113.9512345,22.54]},"properties":{"code":1,"name":"科苑路","aliases":["甲","乙"],"none":null}},
		{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]},"properties":{"code":2}},
		{"type":"Feature","geometry":null,"properties":{"code":3}},
		7]}`))
	if err != nil || len(rows) != 4 {
		t.Fatalf("%+v, %v", rows, err)
	}
	first := rows[0].fields
	if first["lon"] != "113.9512345" || first["code"] != "1" || first["aliases"] != "甲;乙" || first["none"] != "" {
		t.Errorf("%+v", first)
	}
	if rows[1].code != rowfile.CodeGeometry || rows[2].fields["code"] != "3" || rows[3].code != rowfile.CodeBroken {
		t.Errorf("%+v", rows[1:])
	}
	if rows, err := read(t, written(t, "cut.geojson", `{"features":[{"properties":{"a":1}},{"prop`)); len(rows) != 1 || err == nil {
		t.Errorf("a file that was cut: %+v, %v", rows, err)
	}
}

func FuzzNoFileStopsTheReader(f *testing.F) {
	f.Add("rows.csv", three)
	f.Add("rows.geojson", `{"features":[{"properties":{"a":[1,{}]},"geometry":{"type":"Point","coordinates":[1,2]}}]}`)
	f.Add("rows.tsv", "a\tb\n\"\t\x00\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		path := filepath.Join(t.TempDir(), "rows"+filepath.Ext(filepath.Base(name)))
		if strings.ContainsRune(path, 0) || os.WriteFile(path, []byte(text), 0o600) != nil {
			return
		}
		file, err := rowfile.Open(path)
		if err != nil {
			return
		}
		defer func() { _ = file.Close() }()
		for range len(text) + 2 {
			if _, err = file.Next(); err != nil {
				if _, refused := fault.As(err); !refused {
					return // the end, or nothing more to read
				}
			}
		}
		t.Errorf("%q goes on after as many rows as it has bytes", text)
	})
}
