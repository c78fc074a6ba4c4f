package export

import (
	"context"
	"strings"
	"time"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
)

// pageOf is how many cases are read at once.
const pageOf = 500

var casesHeader = []words{
	{"案件编号", "Case"}, {"状态", "State"}, {"类别代码", "Category code"}, {"类别", "Category"}, {"紧急", "Urgent"}, {"街道", "Street"},
	{"网格", "Cell"}, {"主办部门", "Department"}, {"轮次", "Round"}, {"线索数", "Reports"}, {"立案时间", "Filed"}, {"派遣时间", "Dispatched"},
	{"接件时间", "Accepted"}, {"反馈时间", "Reported as done"}, {"处置期限", "Due"}, {"结案时间", "Closed"}, {"经度", "Longitude (WGS 84)"},
	{"纬度", "Latitude (WGS 84)"}, {"问题描述", "Description"},
}

var states = map[casework.State]words{
	casework.Filed: {"待派遣", "waiting for a department"}, casework.Routed: {"待接件", "to be accepted"},
	casework.ReturnRequested: {"退回待裁决", "return to be decided"}, casework.Working: {"处置中", "in work"},
	casework.Suspended: {"挂账", "suspended"}, casework.Reported: {"已处置待自检", "reported as done"},
	casework.Checking: {"核查中", "being checked"}, casework.Closed: {"已结案", "closed"},
	casework.Voided: {"已作废", "voided"}, casework.ForceClosed: {"强制结案", "closed by force"},
}

// cases is the register: those of the list with the same filter, the newest first. It takes "region", "department",
// "category", "text", "states" (parted by commas), "open" (true: only those in which work is owed) and "overdue" (true).
func cases(ctx context.Context, o order) (table, error) {
	f, err := o.filter()
	if err != nil {
		return table{}, err
	}
	t := table{name: words{"案件台账", "Cases"}, sheet: words{"案件台账", "Cases"}, header: casesHeader}
	if err := o.DB.Write(ctx, func(tx *pg.Tx) error {
		t.at = tx.Now
		_, err := casework.TakeRegister(ctx, tx, f)
		return err
	}); err != nil {
		return table{}, err
	}
	t.rows = func(put func(row ...any) error) error {
		page := casework.Page{First: pageOf}
		for {
			var found []casework.Entry
			if err := o.DB.Read(ctx, func(tx *pg.Tx) (err error) {
				found, page.After, err = casework.Register(ctx, tx, f, page)
				return err
			}); err != nil {
				return err
			}
			for _, e := range found {
				if err := put(o.row(e)...); err != nil {
					return err
				}
			}
			if page.After == nil {
				return nil
			}
		}
	}
	return t, nil
}

func (o order) filter() (f casework.Filter, err error) {
	f = casework.Filter{Region: o.FormValue("region"), Department: o.FormValue("department"), Category: o.FormValue("category"),
		Text: o.FormValue("text"), Overdue: o.FormValue("overdue") == "true"}
	if o.FormValue("open") == "true" {
		open := true
		f.Open = &open
	}
	for _, name := range strings.FieldsFunc(o.FormValue("states"), func(r rune) bool { return r == ',' }) {
		var s casework.State
		if err := enum.Unmarshal(&s, name, casework.States); err != nil {
			return f, fault.Invalid("STATE_UNKNOWN", "there is no such state").At("states")
		}
		f.States = append(f.States, s)
	}
	return f, nil
}

func (o order) row(e casework.Entry) []any {
	return []any{e.Reference(), o.say(states[e.State]), e.Category, o.say(words{e.CategoryZH, e.CategoryEN}), o.yes(e.Urgent),
		o.say(words{e.StreetZH, e.StreetEN}), e.Cell, o.say(words{value(e.DepartmentZH), value(e.DepartmentEN)}), e.Round, e.ClueCount,
		shown(&e.FiledAt), shown(e.DispatchedAt), shown(e.AcceptedAt), shown(e.ReportedAt), shown(e.DueAt), shown(e.ClosedAt),
		e.Point.Lon, e.Point.Lat, e.Text}
}

func (o order) yes(is bool) string {
	if is {
		return o.say(words{"是", "yes"})
	}
	return ""
}

// shown is a time by the city's clock, or nothing.
func shown(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.In(identity.City)
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
