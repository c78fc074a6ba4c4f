package measure

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// Unit is what a measure's value is given in.
type Unit string

const (
	Ratio  Unit = "ratio"  // 0 to 1, though more than 1 is possible where things happen more than once
	Second Unit = "second" // by the wall, without suspensions
)

// Term is a count of a formula; one with a minus in front is taken away.
type Term string

// base is the count, and whether it is taken away.
func (t Term) base() (b Base, minus bool) {
	name, minus := strings.CutPrefix(string(t), "-")
	return Base(name), minus
}

// Measure 指标 is one line of the indicators' page, as data: either a ratio of counts, or a quantile of how long a stage took.
type Measure struct {
	Version  int    `db:"version" json:"-"`
	Key      string `db:"key" json:"key"`    // small letters, digits and underscores
	Position int    `db:"position" json:"-"` // order in which they are shown, from 1
	NameZH   string `db:"name_zh" json:"name_zh"`
	NameEN   string `db:"name_en" json:"name_en"`
	Unit     Unit   `db:"unit" json:"unit"`

	Numerator   []Term           `db:"numerator" json:"numerator"` // of a ratio
	Denominator []Term           `db:"denominator" json:"denominator"`
	Stage       escalation.Stage `db:"stage" json:"stage"`       // of a time
	Quantile    float64          `db:"quantile" json:"quantile"` // of a time: 0.5 is the median

	HigherBetter  bool      `db:"higher_better" json:"higher_better"`
	OfDepartments bool      `db:"of_departments" json:"of_departments"` // whether it says something of a department, not of streets alone
	Source        string    `db:"source" json:"source"`                 // the rule it comes from
	PublishedAt   time.Time `db:"published_at" json:"-"`
}

// Read reads measures from a file, in the order in which they are shown. Faults: MEASURES_FILE; those of CheckAll.
func Read(text []byte) ([]Measure, error) {
	var file struct {
		Note     string    `json:"note"`
		Measures []Measure `json:"measures"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fault.Invalid("MEASURES_FILE", "this is no file of measures: %v", err)
	}
	return file.Measures, CheckAll(file.Measures)
}

// CheckAll refuses measures that cannot stand beside one another.
//
// Faults: MEASURES_MISSING at "measures"; those of Check under "measures[2]", and MEASURE_DUPLICATE at "measures[2].key".
func CheckAll(all []Measure) error {
	if len(all) == 0 {
		return fault.Invalid("MEASURES_MISSING", "there is at least one measure").At("measures")
	}
	seen := map[string]bool{}
	for i, m := range all {
		if err := m.Check(); err != nil {
			return fault.Under(at("measures", i), err)
		}
		if seen[m.Key] {
			return fault.Invalid("MEASURE_DUPLICATE", "this key is given twice").At("key").At(at("measures", i))
		}
		seen[m.Key] = true
	}
	return nil
}

// Formula is how the value is made, such as "closed ÷ (due − deferred)".
func (m Measure) Formula() string {
	if m.Unit == Second {
		return strconv.FormatFloat(100*m.Quantile, 'g', -1, 64) + " % of stage " + string(m.Stage)
	}
	return sum(m.Numerator) + " ÷ " + sum(m.Denominator)
}

func sum(terms []Term) string {
	var b strings.Builder
	for i, t := range terms {
		name, minus := t.base()
		switch {
		case minus:
			b.WriteString(" − ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(string(name))
	}
	if len(terms) > 1 {
		return "(" + b.String() + ")"
	}
	return b.String()
}

// Check refuses a measure that cannot be reckoned.
//
// Faults: MEASURE_KEY at "key"; MEASURE_UNNAMED; SOURCE_MISSING at "source"; STAGE_UNKNOWN at "stage" and
// QUANTILE_OUT_OF_RANGE at "quantile" of a time; NUMERATOR_MISSING, DENOMINATOR_MISSING, BASE_UNKNOWN such as at
// "numerator[1]", and COHORTS_MIXED of a ratio.
func (m Measure) Check() error {
	switch {
	case m.Key == "" || len(m.Key) > 60 || strings.Trim(m.Key, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return fault.Invalid("MEASURE_KEY", "a key is small letters, digits and underscores").At("key")
	case strings.TrimSpace(m.NameZH) == "" || strings.TrimSpace(m.NameEN) == "":
		return fault.Invalid("MEASURE_UNNAMED", "a measure has its names in both languages").At("name")
	case strings.TrimSpace(m.Source) == "":
		return fault.Invalid("SOURCE_MISSING", "a measure says which rule it comes from").At("source")
	case m.Unit == Second:
		return m.checkTime()
	case m.Unit == Ratio:
		return m.checkRatio()
	}
	return fault.Invalid("MEASURE_UNIT", "a measure is a ratio, or a time in seconds").At("unit")
}

func (m Measure) checkTime() error {
	switch {
	case !slices.Contains(Stages, m.Stage):
		return fault.Invalid("STAGE_UNKNOWN", "there is no such stage").At("stage")
	case !(m.Quantile > 0 && m.Quantile < 1):
		return fault.Invalid("QUANTILE_OUT_OF_RANGE", "a quantile lies between 0 and 1").At("quantile")
	case len(m.Numerator)+len(m.Denominator) > 0:
		return fault.Invalid("MEASURE_UNIT", "a time is no ratio of counts").At("numerator")
	}
	return nil
}

func (m Measure) checkRatio() error {
	switch {
	case len(m.Numerator) == 0:
		return fault.Invalid("NUMERATOR_MISSING", "a ratio counts something").At("numerator")
	case !slices.ContainsFunc(m.Denominator, func(t Term) bool { _, minus := t.base(); return !minus }):
		return fault.Invalid("DENOMINATOR_MISSING", "a ratio is divided by something").At("denominator")
	}
	var cohort Cohort
	for _, side := range []struct {
		name  string
		terms []Term
	}{{"numerator", m.Numerator}, {"denominator", m.Denominator}} {
		for i, t := range side.terms {
			name, _ := t.base()
			b, known := bases[name]
			switch {
			case !known:
				return fault.Invalid("BASE_UNKNOWN", "nothing of the name %s is counted", name).At(at(side.name, i))
			case cohort != "" && cohort != b.cohort:
				return fault.Invalid("COHORTS_MIXED", "%s stands on another day than what is divided", name).At(at(side.name, i))
			}
			cohort = b.cohort
		}
	}
	return nil
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// Stages that take time: all but the reply to an order, which is owed beside the work, and calls for help, which are none.
var Stages = slices.DeleteFunc(slices.Clone(escalation.Stages), func(s escalation.Stage) bool { return s == escalation.Reply || s == escalation.Alarm })

// Publish makes the next version of the measures current, all of them in the order in which they are shown, and returns its
// number.
//
// Faults: ACTION_NOT_YOURS for anybody but administrators; those of CheckAll.
func Publish(ctx context.Context, tx *pg.Tx, all []Measure) (version int, err error) {
	if tx.Actor.System == "" && !tx.Actor.Has(actor.Admin) {
		return 0, fault.Denied("ACTION_NOT_YOURS", "only administrators publish measures")
	}
	if err := CheckAll(all); err != nil {
		return 0, err
	}
	if version, err = pg.Val[int](ctx, tx, nextVersionSQL); err != nil {
		return 0, err
	}
	for i, m := range all {
		tx.Queue(insertMeasureSQL, version, m.Key, i+1, m.NameZH, m.NameEN, m.Unit, terms(m.Numerator), terms(m.Denominator), m.Stage,
			m.Quantile, m.HigherBetter, m.OfDepartments, m.Source, tx.Now)
	}
	audit.Record(tx, "measure.publish", "measure", strconv.Itoa(version), map[string]int{"measures": len(all)})
	return version, tx.Flush(ctx)
}

func terms(list []Term) []Term { return append([]Term{}, list...) } // never null

// Current lists the measures in force, in the order in which they are shown. They are public.
func Current(ctx context.Context, tx *pg.Tx) ([]Measure, error) {
	return pg.All[Measure](ctx, tx, currentMeasuresSQL)
}

const nextVersionSQL = `select coalesce(max(version), 0)::int + 1 from measures`

const insertMeasureSQL = `insert into measures (version, key, position, name_zh, name_en, unit, numerator, denominator, stage,
	quantile, higher_better, of_departments, source, published_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

const currentMeasuresSQL = `select version, key, position, name_zh, name_en, unit, numerator, denominator, stage, quantile,
	higher_better, of_departments, source, published_at
	from measures where version = (select max(version) from measures) order by position`
