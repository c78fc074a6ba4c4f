package demo

import (
	"context"

	"gridwork/domain/inspection"
	"gridwork/pg"
)

// Checklist 检查表 is an inspection template before it has a version.
type Checklist struct {
	Code   string            `json:"code"`
	NameZH string            `json:"name_zh"`
	NameEN string            `json:"name_en"`
	Items  []Item            `json:"items"`
	Bands  []inspection.Band `json:"bands"` // grades of the score, the best first
}

// Item is one question. One without a category only records.
type Item struct {
	Code       string                `json:"code"`
	QuestionZH string                `json:"question_zh"`
	QuestionEN string                `json:"question_en"`
	HintZH     string                `json:"hint_zh"`
	HintEN     string                `json:"hint_en"`
	Kind       string                `json:"kind"`      // one of inspection.ItemKinds
	Condition  *inspection.Condition `json:"condition"` // when it is asked
	Optional   bool                  `json:"optional"`
	Whole      bool                  `json:"whole"` // of a number
	Least      *float64              `json:"least"` // what is refused below it
	Most       *float64              `json:"most"`
	UnitZH     string                `json:"unit_zh"` // of a number
	UnitEN     string                `json:"unit_en"`
	Min        *float64              `json:"min"` // a number below it fails
	Max        *float64              `json:"max"` // a number above it fails
	Choices    []Choice              `json:"choices"`
	Category   string                `json:"category"` // of the finding that a failure makes
	Severity   string                `json:"severity"` // general 一般隐患, major 重大隐患
	Basis      []Basis               `json:"basis"`
	Points     *float64              `json:"points"` // for passing
	Weight     *float64              `json:"weight"`
	Critical   bool                  `json:"critical"`
}

type Choice struct {
	Code   string   `json:"code"`
	NameZH string   `json:"name_zh"`
	NameEN string   `json:"name_en"`
	Fails  bool     `json:"fails"`
	Points *float64 `json:"points"`
}

type checklistFile struct {
	Note       string      `json:"note"`
	Checklists []Checklist `json:"checklists"`
}

// Checklists are the inspection templates of the demo city.
func Checklists() []Checklist { return checklistData().Checklists }

// publishChecklists publishes them all. The transaction's actor is the system or an administrator.
func publishChecklists(ctx context.Context, tx *pg.Tx) error {
	for _, c := range Checklists() {
		if _, err := inspection.Publish(ctx, tx, c.template()); err != nil {
			return err
		}
	}
	return nil
}

func (c Checklist) template() inspection.Checklist {
	t := inspection.Checklist{Code: c.Code, NameZH: c.NameZH, NameEN: c.NameEN, Bands: c.Bands}
	for _, i := range c.Items {
		item := inspection.Item{Code: i.Code, QuestionZH: i.QuestionZH, QuestionEN: i.QuestionEN, Kind: inspection.ItemKind(i.Kind),
			UnitZH: i.UnitZH, UnitEN: i.UnitEN, Min: i.Min, Max: i.Max, Category: i.Category, Severity: inspection.Severity(i.Severity),
			LegalBasis: Citation(i.Basis), HintZH: i.HintZH, HintEN: i.HintEN, Condition: i.Condition, Optional: i.Optional, Whole: i.Whole,
			Least: i.Least, Most: i.Most, Points: i.Points, Weight: i.Weight, Critical: i.Critical}
		for _, choice := range i.Choices {
			item.Choices = append(item.Choices, inspection.Choice(choice))
		}
		t.Items = append(t.Items, item)
	}
	return t
}
