package handheld

import (
	"context"

	"gridwork/domain/inspection"
	"gridwork/pg"
)

// checklistBody is a checklist's or a form's: a form may have what the first handhelds would ask wrongly, or not at all.
type checklistBody struct {
	Code    string     `json:"code"`
	Version int        `json:"version"`
	NameZH  string     `json:"nameZh"`
	NameEN  string     `json:"nameEn"`
	Items   []itemBody `json:"items"`
	Bands   []bandBody `json:"bands,omitempty"`
}

type itemBody struct {
	Code       string              `json:"code"`
	QuestionZH string              `json:"questionZh"`
	QuestionEN string              `json:"questionEn"`
	HintZH     string              `json:"hintZh,omitempty"`
	HintEN     string              `json:"hintEn,omitempty"`
	Kind       inspection.ItemKind `json:"kind"`
	Condition  *conditionBody      `json:"condition,omitempty"`
	Optional   bool                `json:"optional,omitempty"`
	UnitZH     string              `json:"unitZh,omitempty"`
	UnitEN     string              `json:"unitEn,omitempty"`
	Whole      bool                `json:"whole,omitempty"`
	Min        *float64            `json:"min,omitempty"`
	Max        *float64            `json:"max,omitempty"`
	Least      *float64            `json:"least,omitempty"`
	Most       *float64            `json:"most,omitempty"`
	Choices    []choiceBody        `json:"choices,omitempty"`
	Category   string              `json:"category,omitempty"`
	Severity   inspection.Severity `json:"severity,omitempty"`
	LegalBasis string              `json:"legalBasis,omitempty"`
	Points     *float64            `json:"points,omitempty"`
	Weight     *float64            `json:"weight,omitempty"`
	Critical   bool                `json:"critical,omitempty"`
}

type choiceBody struct {
	Code   string   `json:"code"`
	NameZH string   `json:"nameZh"`
	NameEN string   `json:"nameEn"`
	Fails  bool     `json:"fails"`
	Points *float64 `json:"points,omitempty"`
}

type bandBody struct {
	Code   string  `json:"code"`
	NameZH string  `json:"nameZh"`
	NameEN string  `json:"nameEn"`
	From   float64 `json:"from"`
}

type conditionBody struct {
	All    []conditionBody `json:"all,omitempty"`
	Any    []conditionBody `json:"any,omitempty"`
	Not    *conditionBody  `json:"not,omitempty"`
	Item   string          `json:"item,omitempty"`
	Test   inspection.Test `json:"test,omitempty"`
	Value  string          `json:"value,omitempty"`
	Number *float64        `json:"number,omitempty"`
}

// checklists are the versions that the owner's tasks are answered on. One that the first handhelds cannot ask goes out as a form: they
// pass over things of a kind that they do not know, and leave its tasks to newer ones.
func (p *parcel) checklists(ctx context.Context, tx *pg.Tx) error {
	if len(p.lists) == 0 {
		return nil
	}
	all, err := inspection.ChecklistsByID(ctx, tx, p.lists)
	for _, c := range all {
		kind := Form
		if c.First() {
			kind = Checklist
		}
		p.put(kind, c.ID.String(), checklistOf(c))
	}
	return err
}

func checklistOf(c inspection.Checklist) checklistBody {
	b := checklistBody{c.Code, c.Version, c.NameZH, c.NameEN, make([]itemBody, len(c.Items)), nil}
	for n, i := range c.Items {
		b.Items[n] = itemBody{i.Code, i.QuestionZH, i.QuestionEN, i.HintZH, i.HintEN, i.Kind, conditionOf(i.Condition), i.Optional, i.UnitZH, i.UnitEN,
			i.Whole, i.Min, i.Max, i.Least, i.Most, nil, i.Category, i.Severity, i.LegalBasis, i.Points, i.Weight, i.Critical}
		for _, choice := range i.Choices {
			b.Items[n].Choices = append(b.Items[n].Choices, choiceBody(choice))
		}
	}
	for _, band := range c.Bands {
		b.Bands = append(b.Bands, bandBody(band))
	}
	return b
}

func conditionOf(c *inspection.Condition) *conditionBody {
	if c == nil {
		return nil
	}
	parts := func(of []inspection.Condition) (bodies []conditionBody) {
		for _, part := range of {
			bodies = append(bodies, *conditionOf(&part))
		}
		return bodies
	}
	return &conditionBody{parts(c.All), parts(c.Any), conditionOf(c.Not), c.Item, c.Test, c.Value, c.Number}
}
