package measure_test

import (
	"slices"
	"strings"
	"testing"

	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestTheDoctorSeesWhatWaitsAndWhatIsWrong(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	c := town.Closed()
	town.Must(town.Tx.Flush(town.Ctx))
	if s := town.examined(); s.Waiting == 0 || len(s.Differs) > 0 {
		t.Errorf("before the roll-up: %+v", s)
	}
	town.RollsUp(100)
	town.looksWell()

	town.exec(`update measure_sums set closed = closed + 1 where region = $1 and department = '*' and category = '*' and span = 'day'`, fixture.Nanyuan)
	if s := town.examined(); len(s.Differs) == 0 || !strings.HasPrefix(s.Differs[0], fixture.Nanyuan) {
		t.Errorf("a wrong sum: %+v", s)
	}
	town.exec(`update measure_facts set reworks = 9 where case_id = $1`, c.ID)
	if s := town.examined(); len(s.Differs) < 2 || s.Differs[len(s.Differs)-1] != "case "+c.ID.String() {
		t.Errorf("a wrong fact: %+v", s)
	}
}

func (t *figures) exec(sql string, args ...any) {
	t.Helper()
	_, err := t.Tx.Exec(t.Ctx, sql, args...)
	t.Must(err)
}

func TestNoTableOfMeasuresKnowsAPerson(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	columns := town.Rows(`select table_name || '.' || column_name from information_schema.columns
		where table_schema = current_schema() and table_name ~ '^measure' order by 1`)
	if len(columns) < 80 {
		t.Fatalf("only %d columns are found: the search is broken", len(columns))
	}
	for _, c := range columns {
		if personal(c) {
			t.Errorf("%s is of a person", c)
		}
	}
	types := town.Rows(`select table_name || '.' || column_name from information_schema.columns
		where table_schema = current_schema() and table_name ~ '^measure' and data_type = 'uuid' order by 1`)
	want := "measure_facts.case_id measure_queue.case_id measure_queue.clue_id measure_queue.id measure_queue.inspection_id measure_reports.case_id measure_reports.clue_id"
	if got := strings.Join(types, " "); got != want {
		t.Errorf("ids in the tables of measures: %s", got)
	}
}

// personal reports whether a column's name is one of those by which people are named elsewhere in the schema.
func personal(column string) bool {
	for _, word := range []string{"person", "actor", "handler", "assignee", "_by", "people", "worker", "mark", "reporter", "login"} {
		if strings.Contains(column, word) {
			return true
		}
	}
	return false
}

func TestARestrictedCaseStandsInNoFigure(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	c := town.Closed()
	town.RollsUp(100)
	if n := len(town.Rows(`select 'x' from measure_facts union all select 'y' from measure_reports`)); n != 2 {
		t.Fatalf("%d facts of an open case, want one of the round and one of the clue", n)
	}
	town.exec(`update cases set restricted = true where id = $1`, c.ID)
	town.exec(`insert into measure_queue (id, case_id) values ($1, $2)`, pg.NewID(), c.ID)
	town.RollsUp(100)

	// That somebody was in a cell on a day says nothing of why.
	left := slices.DeleteFunc(town.Rows(figuresSQL), func(line string) bool { return strings.HasPrefix(line, "presence ") })
	if len(left) > 0 {
		t.Errorf("left of a restricted case: %v", left)
	}
}

func TestMeasuresThatCannotBeReckonedAreRefused(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	good := measure.Measure{Key: "closing_rate", NameZH: "结案率", NameEN: "Closing rate", Unit: measure.Ratio, Source: "GB/T 30428.4",
		Numerator: []measure.Term{"closed"}, Denominator: []measure.Term{"due", "-deferred"}}
	time := measure.Measure{Key: "m", NameZH: "中位", NameEN: "Median", Unit: measure.Second, Source: "x", Stage: "dispatch", Quantile: 0.5}
	for _, bad := range []struct {
		code, path string
		change     func(*measure.Measure)
		of         measure.Measure
	}{
		{"MEASURE_KEY", "measures[1].key", func(m *measure.Measure) { m.Key = "Closing" }, good},
		{"MEASURE_DUPLICATE", "measures[1].key", func(m *measure.Measure) {}, good},
		{"MEASURE_UNNAMED", "measures[1].name", func(m *measure.Measure) { m.NameZH = " " }, good},
		{"SOURCE_MISSING", "measures[1].source", func(m *measure.Measure) { m.Source = "" }, good},
		{"MEASURE_UNIT", "measures[1].unit", func(m *measure.Measure) { m.Unit = "metre" }, good},
		{"NUMERATOR_MISSING", "measures[1].numerator", func(m *measure.Measure) { m.Numerator = nil }, good},
		{"DENOMINATOR_MISSING", "measures[1].denominator", func(m *measure.Measure) { m.Denominator = nil }, good},
		{"DENOMINATOR_MISSING", "measures[1].denominator", func(m *measure.Measure) { m.Denominator = []measure.Term{"-due"} }, good},
		{"BASE_UNKNOWN", "measures[1].denominator[1]", func(m *measure.Measure) { m.Denominator = []measure.Term{"due", "-steps"} }, good},
		{"BASE_UNKNOWN", "measures[1].numerator[0]", func(m *measure.Measure) { m.Numerator = []measure.Term{"person"} }, good},
		{"COHORTS_MIXED", "measures[1].denominator[0]", func(m *measure.Measure) { m.Denominator = []measure.Term{"filed"} }, good},
		{"STAGE_UNKNOWN", "measures[1].stage", func(m *measure.Measure) { m.Stage = "reply" }, time},
		{"QUANTILE_OUT_OF_RANGE", "measures[1].quantile", func(m *measure.Measure) { m.Quantile = 1 }, time},
	} {
		m := bad.of
		bad.change(&m)
		_, err := as(town, town.Admin, measure.Publish, []measure.Measure{good, m})
		town.Refused(bad.code, err, bad.code, bad.path)
	}
	_, err := as(town, town.Admin, measure.Publish, nil)
	town.Refused("none", err, "MEASURES_MISSING", "measures")
	_, err = as(town, town.Supervisor, measure.Publish, []measure.Measure{good})
	town.Refused("somebody else", err, "ACTION_NOT_YOURS", "")
	_, err = measure.Read([]byte(`{"measures": [{"key": "a", "person": true}]}`))
	if err == nil || !strings.Contains(err.Error(), "person") {
		t.Errorf("an unknown field: %v", err)
	}

	if v := done(town, town.Admin, measure.Publish, []measure.Measure{good, time}); v != 1 {
		t.Errorf("version %d", v)
	}
	if v := done(town, town.Admin, measure.Publish, []measure.Measure{good}); v != 2 {
		t.Errorf("version %d", v)
	}
	now, err := measure.Current(town.Ctx, town.Tx)
	if err != nil || len(now) != 1 || now[0].Formula() != "closed ÷ (due − deferred)" {
		t.Errorf("%+v %v", now, err)
	}
}
