package e2e_test

import (
	"testing"

	"gridwork/test/e2e"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// Prevents: a desk on which somebody who works by keys does not see where they are, or comes to a place that only a mouse leads on from.
func TestADispatcherWorksAWholeTurnByKeys(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	w := writer{t, h, nil}
	checked, urban := "楼下绿化带倒了建筑垃圾", h.Handlers[fixture.Urban]
	w.checked(checked, taken{Person: urban, id: urban.ID})
	returned := w.filed("垃圾成堆，三天没人清运")
	w.does(h.Desks[fixture.Urban], "returnCase", "ReturnCaseInput", harness.Vars{"case": returned, "basis": "属于消防通道", "proposed": fixture.Fire})
	for _, words := range []string{"垃圾成堆，三天没人清运了", "树枝挡住路灯", "想打听一下哪天办证", "好像有味道", "井边有水", "墙边有水"} {
		report(t, h, words)
	}

	e2e.Play(t, h, "turn", e2e.Vars{"at": e2e.Here(6), "dispatcher": e2e.Account(h.Dispatcher), "doubled": "三天没人清运了", "routed": "树枝挡住路灯", "refused": "想打听一下哪天办证",
		"unclear": "好像有味道", "many": []string{"井边有水", "墙边有水"}, "returned": "三天没人清运", "checked": checked, "category": fixture.TreeOvergrow, "meanwhile": "路灯不亮", "meant": "暴露垃圾"})
	for sql, want := range map[string]string{
		`select count(*)::text from clues where case_id = '` + returned.String() + `'`: "2", // the one that it was filed by, and the one that was merged
		`select state::text from cases where id = '` + returned.String() + `'`:         "routed",
		`select count(*)::text from verify_tasks`:                                      "3",
		`select count(*)::text from clues where state = 'not_filed'`:                   "1",
		`select state::text from cases where text = '树枝挡住路灯'`:                          "routed",
		`select state::text from cases where text = '` + checked + `'`:                 "closed",
	} {
		if got := h.Column(sql); got != want {
			t.Errorf("%s: %s instead of %s", sql, got, want)
		}
	}
}
