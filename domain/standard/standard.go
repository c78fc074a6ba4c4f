// Package standard holds what the city has agreed on: its departments, the categories of what can be wrong, and the
// filing standards 立结案标准 that say when a clue becomes a case, who must act, by when, and when the case may close.
//
// Standards are versioned as a whole and a version never changes: a round of a case stays pinned to the version that
// it was filed under.
package standard

import (
	"github.com/google/uuid"

	"gridwork/domain/calendar"
)

// Department is an authority that acts on cases. New ones are data, never code.
type Department struct {
	Code   string `db:"code"` // fire, urban_management, …
	NameZH string `db:"name_zh"`
	NameEN string `db:"name_en"`
}

// Category 事部件分类 is what can be wrong, on two levels of two digits each.
type Category struct {
	Code    string `db:"code"` // 4 digits: major 大类, minor 小类
	Kind    Kind   `db:"kind"`
	MajorZH string `db:"major_zh"`
	MajorEN string `db:"major_en"`
	NameZH  string `db:"name_zh"`
	NameEN  string `db:"name_en"`
	// Restricted kinds 受限 are for named people alone, on no map, and few of them are not counted: see Disclosed.
	Restricted bool `db:"restricted"`
	// Hazard 险情 is what endangers whoever comes near: grid workers of the neighbourhood are told where it is.
	Hazard bool `db:"hazard"`
}

// Filing is one row of the filing standard: under this condition, this department has this long.
type Filing struct {
	ID          uuid.UUID     `db:"id"`
	Version     int           `db:"version"`
	Category    string        `db:"category"`
	Position    int           `db:"position"` // order of the conditions within the category, from 1
	ConditionZH string        `db:"condition_zh"`
	ConditionEN string        `db:"condition_en"`
	LimitNumber int           `db:"limit_number"`
	LimitUnit   calendar.Unit `db:"limit_unit"`
	ClosingZH   string        `db:"closing_zh"` // what must be true before the case closes
	ClosingEN   string        `db:"closing_en"`
	Department  string        `db:"department"` // that leads
	Assisting   []string      `db:"assisting"`  // departments that help
	LegalBasis  string        `db:"legal_basis"`
	Urgent      bool          `db:"urgent"` // such a case is urgent whatever its clue said
}

// Limit is how long the disposal may take, from dispatch.
func (f Filing) Limit() calendar.Limit {
	return calendar.Limit{Number: f.LimitNumber, Unit: f.LimitUnit}
}

// TimeLimit is how long a stage other than disposal may take, in urgent or in other cases.
type TimeLimit struct {
	Version     int           `db:"version"` // given by Publish
	Stage       string        `db:"stage"`   // verify, file, dispatch, accept, check, quality, total, reply, appeal, reopen
	Urgent      bool          `db:"urgent"`
	LimitNumber int           `db:"limit_number"`
	LimitUnit   calendar.Unit `db:"limit_unit"`
}

// Limit is the stage's.
func (l TimeLimit) Limit() calendar.Limit {
	return calendar.Limit{Number: l.LimitNumber, Unit: l.LimitUnit}
}
