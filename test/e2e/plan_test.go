package e2e_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/e2e"
	"gridwork/test/fixture"
)

// Prevents: plans that only programs can make, and checklists that nobody who answers for them can read.
func TestAPlanIsMadeSeenAndEndedAndItsChecklistRead(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Premises(t, ctx, tx, "S-1", "shop", "red", fixture.Nanyuan, 2)
		fixture.Premises(t, ctx, tx, "S-2", "shop", "red", fixture.Nanyuan, 5)
		fixture.Premises(t, ctx, tx, "S-3", "shop", "blue", fixture.Nanyuan, 5)
	})
	e2e.Play(t, h, "planned", e2e.Vars{"admin": e2e.Account(h.Admin), "region": fixture.Nanyuan, "checklist": "出租屋检查表", "form": rentalForm(t),
		"today": h.Now().In(identity.City).Format(time.DateOnly)})
	if plans := h.Column("select string_agg(name, ' ') from inspection_plans where ended_at is not null"); plans != "红色商铺周查" {
		t.Errorf("ended: %s", plans)
	}
	if versions := h.Column("select string_agg(code || version, ' ' order by version) from checklists where code = 'rental'"); versions != "rental1 rental2" {
		t.Errorf("versions: %s", versions)
	}
}

// rentalForm is an XLSForm of the small city's checklist, in base64.
func rentalForm(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	for sheet, rows := range map[string][][]any{
		"settings": {{"form_title::中文", "form_title::English", "form_id"}, {"出租屋检查表", "Rental blocks", "rental"}},
		"choices":  {{"list_name", "name", "label::中文", "label::English"}, {"pf", "pass", "合格", "Pass"}, {"pf", "fail", "不合格", "Fail"}},
		"survey": {{"type", "name", "label::中文", "label::English", "required", "relevant", "category"},
			{"select_one pf", "exit", "通道畅通", "Exit clear", "yes", "", fixture.BlockedExit}, {"text", "why", "为何", "Why", "yes", "${exit} = 'fail'"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			if err == nil {
				err = f.SetSheetRow(sheet, at, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}
