package export

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/inspection"
	"gridwork/fault"
	"gridwork/pg"
)

var campaignHeader = []words{
	{"街道代码", "Street code"}, {"街道", "Street"}, {"任务数", "Tasks"}, {"已完成", "Done"}, {"发现问题", "Findings"},
	{"当场整改", "Put right on the spot"}, {"转为案件", "Became cases"}, {"未到访", "Not reached"},
}

var unreached = map[inspection.UnreachedReason]words{
	"nobody_there": {"没有人", "nobody there"}, "refused_entry": {"拒绝入内", "entry refused"}, "closed_down": {"已关停或不存在", "closed down"},
	"unsafe": {"不安全", "not safe"}, "not_mine": {"不属本网格", "not their grid"}, "no_time": {"来不及", "no time"}, "other": {"其他", "other"},
	"unassigned": {"无人领", "nobody had it"}, "not_done": {"未做", "not done"},
}

// campaign is its report: how far it has come, street by street, and why the rest was not reached.
func campaign(ctx context.Context, o order) (table, error) {
	id, err := uuid.Parse(o.PathValue("id"))
	if err != nil {
		return table{}, fault.NotFound("CAMPAIGN_NOT_FOUND", "no such campaign")
	}
	var progress []inspection.Progress
	var t table
	if err := o.DB.Read(ctx, func(tx *pg.Tx) error {
		c, err := inspection.CampaignByID(ctx, tx, id)
		if err == nil {
			progress, err = inspection.ProgressOf(ctx, tx, []uuid.UUID{id})
		}
		t = table{name: words{"专项排查 " + c.Name, "Campaign " + c.Name}, sheet: words{"专项排查", "Campaign"}, at: tx.Now, header: campaignHeader}
		return err
	}); err != nil {
		return table{}, err
	}
	for _, reason := range inspection.UnreachedReasons {
		w := unreached[reason]
		t.header = append(t.header, words{"未到访：" + w.zh, "Not reached: " + w.en})
	}
	t.rows = func(put func(row ...any) error) error {
		for _, p := range progress {
			if err := put(o.street(p)...); err != nil {
				return err
			}
		}
		return nil
	}
	return t, nil
}

func (o order) street(p inspection.Progress) []any {
	street, _ := o.Atlas().Region(p.Street)
	why := map[inspection.UnreachedReason]int{}
	for _, u := range p.Reasons {
		why[u.Reason] = u.Tasks
	}
	row := []any{p.Street, o.say(words{street.NameZH, street.NameEN}), p.Tasks, p.Done, p.Findings, p.Fixed, p.Cases, p.Unreached}
	for _, reason := range inspection.UnreachedReasons {
		row = append(row, why[reason])
	}
	return row
}
