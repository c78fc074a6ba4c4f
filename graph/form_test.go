package graph

import (
	"bytes"
	"encoding/base64"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"gridwork/test/fixture"
)

// form is an XLSForm, as it travels, whose only question that can fail is of a category.
func (t *town) form(category string) string {
	t.Helper()
	f := excelize.NewFile()
	for sheet, rows := range map[string][][]any{
		"settings": {{"form_title::中文", "form_title::English", "form_id"}, {"商铺检查", "Shops", "shops"}},
		"choices":  {{"list_name", "name", "label::中文", "label::English"}, {"pf", "pass", "合格", "Pass"}, {"pf", "fail", "不合格", "Fail"}},
		"survey": {{"type", "name", "label::中文", "label::English", "required", "relevant", "category", "points"},
			{"select_one pf", "exit", "通道畅通", "Exit clear", "yes", "", category, 10},
			{"text", "why", "为何", "Why", "yes", "${exit} = 'fail'"}},
	} {
		_, err := f.NewSheet(sheet)
		t.must(err)
		for n, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			t.must(err)
			t.must(f.SetSheetRow(sheet, at, &row))
		}
	}
	var out bytes.Buffer
	t.must(f.Write(&out))
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

type broughtIn struct {
	ImportChecklist struct {
		Draft *struct {
			Code  string
			Items []struct{ Code, Condition string }
		}
		Checklist *struct {
			ID      uuid.UUID
			Version int
		}
		Problems []struct {
			Sheet, Column, Message string
			Row                    int
		}
		Errors []userError
	}
}

// Prevents: a form that is published although something speaks against it, and a version that changes what others have answered.
func TestAFormIsTriedThenPublishedAsTheNextVersionOfItsChecklist(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	bring := func(file string, publish bool) broughtIn {
		return reply[broughtIn](town, "admin", `mutation ($in: ImportChecklistInput!) { importChecklist(input: $in) {
			draft { code items { code condition } } checklist { id version } problems { sheet row column message } errors { code path } } }`,
			vars{"in": vars{"file": file, "publish": publish}})
	}
	type versions struct {
		ChecklistVersions []struct {
			Version int
			Use     struct {
				Plans     []struct{ Name string }
				Campaigns int
			}
		}
	}
	kept := func() versions {
		return reply[versions](town, "admin", `{ checklistVersions(code: "shops") { version use { plans { name } campaigns } } }`, nil)
	}

	if got := bring(town.form("9999"), true).ImportChecklist; got.Checklist != nil || len(got.Problems) != 1 || got.Problems[0].Sheet != "survey" ||
		got.Problems[0].Row != 2 || got.Problems[0].Column != "category" {
		t.Errorf("of no category: %+v", got)
	}
	good := town.form(fixture.BlockedExit)
	if got := bring(good, false).ImportChecklist; got.Checklist != nil || len(got.Problems) > 0 || got.Draft == nil || got.Draft.Code != "shops" ||
		len(got.Draft.Items) != 2 || got.Draft.Items[1].Condition != "outcome(${exit}) = 'fail'" {
		t.Errorf("tried only: %+v", got)
	}
	if n := len(kept().ChecklistVersions); n != 0 {
		t.Fatalf("%d versions are there before any is published", n)
	}
	first := bring(good, true).ImportChecklist
	if first.Checklist == nil || first.Checklist.Version != 1 {
		t.Fatalf("published: %+v", first)
	}
	in := planned(town, fixture.Nanyuan, first.Checklist.ID)
	if e := town.refusal("admin", "createPlan", "PlanInput", in); e.Code != "" {
		t.Fatal(e)
	}
	if second := bring(good, true).ImportChecklist; second.Checklist == nil || second.Checklist.Version != 2 {
		t.Errorf("published again: %+v", second)
	}
	all := kept().ChecklistVersions
	if len(all) != 2 || all[0].Version != 2 || len(all[0].Use.Plans) != 0 || len(all[1].Use.Plans) != 1 || all[1].Use.Plans[0].Name != "巡查" {
		t.Errorf("the versions are %+v", all)
	}

	for file, want := range map[string]userError{
		"no base64": {Code: "FILE_ENCODING", Path: []string{"file"}},
		"YQ==":      {Code: "FILE_FORMAT", Path: []string{"file"}},
	} {
		if got := bring(file, true).ImportChecklist.Errors; len(got) != 1 || got[0].String() != want.String() {
			t.Errorf("%s: %v, want %s", file, got, want)
		}
	}
}
