package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gridwork/actor"
	"gridwork/domain/intake"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// office is a database with the small city, and who imports into it.
func office(t *testing.T) (context.Context, *pg.DB) {
	t.Helper()
	db := dbtest.DB(t)
	ctx := actor.With(t.Context(), actor.System("operator"))
	if err := db.Write(ctx, func(tx *pg.Tx) error { fixture.City(t, ctx, tx); return nil }); err != nil {
		t.Fatal(err)
	}
	return ctx, db
}

func counted(t *testing.T, ctx context.Context, db *pg.DB) int {
	t.Helper()
	n, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (int, error) { return pg.Val[int](ctx, tx, "select count(*) from addresses") })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// inCell is the middle of Nanyuan's i-th cell as a map of GCJ-02 shows it.
func inCell(i int) string {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	p := geo.GCJ02.FromWGS84(geo.Point{Lon: lon, Lat: lat})
	return fmt.Sprintf("%.6f,%.6f", p.Lon, p.Lat)
}

func TestAFileOfAnotherOfficeComesInAndWhatDoesNotIsListed(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	text, err := simplifiedchinese.GB18030.NewEncoder().String("DZBM,地址,经度,纬度\n" +
		"4403040010010010000000001,科苑路15号," + inCell(0) + "\n" +
		"4403040010010010000000002,=HYPERLINK(1)," + inCell(1) + "\n" +
		"123,@SUM,116.4,39.9\n" +
		"一,二\n")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "addresses.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := importCommand{Kind: "addresses", importFile: importFile{File: path, Column: map[string]string{"code": "DZBM"}, Save: "公安"}, Datum: geo.GCJ02}
	if err := command.run(ctx, db); err != nil {
		t.Fatal(err)
	}
	if n := counted(t, ctx, db); n != 2 {
		t.Errorf("%d addresses came in", n)
	}
	rejects, err := os.ReadFile(path + ".rejects.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(rejects)), "\n")
	if len(lines) != 3 || lines[0] != "row,field,code,reason,DZBM,地址,经度,纬度" || !strings.HasPrefix(lines[1], "4,") || !strings.Contains(lines[1], ",'@SUM,") ||
		!strings.HasPrefix(lines[2], "5,,ROW_RAGGED,") {
		t.Errorf("rejected:\n%s", rejects)
	}
	// The profile reads the next file, and a file without rejects leaves no list of them.
	again := importCommand{Kind: "addresses", importFile: importFile{File: path, Profile: "公安"}}
	if err := os.WriteFile(path, []byte("DZBM,地址,经度,纬度\n4403040010010010000000003,科苑路17号,"+inCell(2)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := again.run(ctx, db); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".rejects.csv"); !os.IsNotExist(err) || counted(t, ctx, db) != 3 {
		t.Errorf("%v; %d addresses", err, counted(t, ctx, db))
	}
}

func TestAnImportThatBreaksOffGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	var text strings.Builder
	text.WriteString("code,text,lon,lat\n")
	for n := range 12_000 {
		lon, lat := fixture.Centre(fixture.Nanyuan, n%8)
		fmt.Fprintf(&text, "%025d,科苑路%d号,%.6f,%.6f\n", n, n, lon, lat)
	}
	path := filepath.Join(t.TempDir(), "addresses.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	cut, stop := context.WithCancel(ctx)
	command := importCommand{Kind: "addresses", importFile: importFile{File: path}, Datum: geo.WGS84}
	if err := command.carry(cut, db, func(i intake.Import) {
		if i.Rows >= 5000 {
			stop()
		}
	}); err == nil {
		t.Fatal("it was not cut")
	}
	if n := counted(t, ctx, db); n == 0 || n == 12_000 {
		t.Fatalf("%d addresses before it was cut", n)
	}
	resumed := 0
	if err := command.carry(ctx, db, func(i intake.Import) {
		if resumed == 0 {
			resumed = i.Rows
		}
	}); err != nil {
		t.Fatal(err)
	}
	if n := counted(t, ctx, db); n != 12_000 || resumed <= 5000 {
		t.Errorf("%d addresses; the second run told of %d rows first", n, resumed)
	}
}
