package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/xuri/excelize/v2"

	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// xlsForm writes a form whose only question that can fail is of a category.
func xlsForm(t *testing.T, category string) string {
	t.Helper()
	f := excelize.NewFile()
	for sheet, rows := range map[string][][]any{
		"settings": {{"form_title::中文", "form_title::English", "form_id"}, {"商铺检查", "Shops", "shops"}},
		"choices":  {{"list_name", "name", "label::中文", "label::English"}, {"pf", "pass", "合格", "Pass"}, {"pf", "fail", "不合格", "Fail"}},
		"survey": {{"type", "name", "label::中文", "label::English", "required", "relevant", "category", "points"},
			{"select_one pf", "exit", "通道畅通", "Exit clear", "yes", "", category, 10},
			{"text", "why", "为何", "Why", "yes", "${exit} = 'fail'"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, n+1)
			if err := f.SetSheetRow(sheet, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "shops.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFormOfAnotherSystemBecomesAChecklist(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	if err := db.Write(ctx, func(tx *pg.Tx) error { fixture.Standards(t, ctx, tx); return nil }); err != nil {
		t.Fatal(err)
	}
	kept := func() []inspection.Checklist {
		lists, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]inspection.Checklist, error) { return inspection.Checklists(ctx, tx) })
		if err != nil {
			t.Fatal(err)
		}
		return lists
	}
	err := importChecklistCommand{File: xlsForm(t, "9999")}.run(ctx, db)
	if err == nil || !strings.Contains(err.Error(), "survey, row 2, column category: there is no such category") {
		t.Errorf("of no category: %v", err)
	}
	if err := (importChecklistCommand{File: xlsForm(t, fixture.BlockedExit), Check: true}).run(ctx, db); err != nil || len(kept()) != 0 {
		t.Errorf("checked only: %v, %d are there", err, len(kept()))
	}
	for version := 1; version <= 2; version++ {
		if err := (importChecklistCommand{File: xlsForm(t, fixture.BlockedExit)}).run(ctx, db); err != nil {
			t.Fatal(err)
		}
		lists := kept()
		if len(lists) != 1 || lists[0].Version != version || lists[0].Items[1].AskedIf() != "outcome(${exit}) = 'fail'" {
			t.Errorf("there are %+v", lists)
		}
	}
}

func TestARegisterIsImportedAsBefore(t *testing.T) {
	t.Parallel()
	path := xlsForm(t, fixture.BlockedExit)
	for _, args := range [][]string{{"import", "addresses", path, "--datum", "gcj02"}, {"import", "premises", path}, {"import", "checklist", path, "--check"}} {
		var cli commands
		parser, err := kong.New(&cli)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(args); err != nil {
			t.Errorf("%v: %v", args, err)
		}
		if checklist := args[1] == "checklist"; checklist != (cli.Import.Checklist.File != "") || !checklist && cli.Import.Register.Kind != args[1] {
			t.Errorf("%v is %+v", args, cli.Import)
		}
	}
}
