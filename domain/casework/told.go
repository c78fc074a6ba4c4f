package casework

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/pg"
)

// audience lists where on the roster somebody is looked for, nearest first; who is found first hears.
type audience []identity.Audience

// deskOf is the department's desk: the street's, else the district's, else the city's.
func (c Case) deskOf(department string) audience {
	return c.above(actor.DepartmentDesk, department)
}

// dispatchers are the street's, else its duty leads; else those above.
func (c Case) dispatchers() audience {
	var a audience
	leads := c.above(actor.DutyLead, "")
	for i, who := range c.above(actor.Dispatcher, "") {
		a = append(a, who, leads[i])
	}
	return a
}

// dutyLeads are the street's, else those above.
func (c Case) dutyLeads() audience { return c.above(actor.DutyLead, "") }

// supervisors are the district's, else the city's.
func (c Case) supervisors() audience { return c.above(actor.Supervisor, "") }

func (c Case) above(role actor.Role, department string) audience {
	var a audience
	for _, digits := range []int{9, 6, 4} { // street, district, city
		a = append(a, identity.Audience{Role: role, Region: c.Street[:digits], Department: department})
	}
	return a
}

// in is who of the audience was found.
func (a audience) in(found map[identity.Audience][]uuid.UUID) []uuid.UUID {
	for _, who := range a {
		if people := found[who]; len(people) > 0 {
			return people
		}
	}
	return nil
}

// onDuty finds who of the audience is on duty at this moment.
func (a audience) onDuty(ctx context.Context, tx *pg.Tx) ([]uuid.UUID, error) {
	found, err := identity.OnDutyAll(ctx, tx, a)
	return a.in(found), err
}

// news is a message about a case, before it is known who reads it.
type news struct {
	kind   notify.Kind
	params map[string]any // beside number and category
	calm   bool           // no text message, urgent as the case may be

	needsAck bool // has to be acknowledged
}

// tellDuty tells whoever of the audience is on duty.
func (t *turn) tellDuty(ctx context.Context, tx *pg.Tx, a audience, n news) error {
	people, err := a.onDuty(ctx, tx)
	if err != nil {
		return err
	}
	return t.tell(ctx, tx, people, n)
}

// tell tells people of the case, but for whoever acts, who knows. Of a restricted case only its readers hear.
func (t *turn) tell(ctx context.Context, tx *pg.Tx, people []uuid.UUID, n news) error {
	if t.Restricted {
		readers, err := pg.Vals[uuid.UUID](ctx, tx, readersSQL, t.ID)
		if err != nil {
			return err
		}
		people = slices.DeleteFunc(slices.Clone(people), func(p uuid.UUID) bool { return !slices.Contains(readers, p) })
	}
	category, err := standard.CategoryOf(ctx, tx, t.Category)
	if err != nil {
		return err
	}
	params := map[string]any{"number": spoken(t.Number, t.ChildNumber), "category": notify.Both{ZH: category.NameZH, EN: category.NameEN}}
	for name, value := range n.params {
		params[name] = value
	}
	if t.Restricted { // neither what nor where
		delete(params, "category")
		delete(params, "cell")
	}
	var messages []notify.Message
	for _, person := range people {
		if person != tx.Actor.ID {
			messages = append(messages, notify.Message{Person: &person, Kind: n.kind, Urgent: t.Urgent && !n.calm, CaseID: &t.ID, Params: params,
				NeedsAck: n.needsAck})
		}
	}
	notify.Send(tx, messages...)
	return nil
}

// reporterMark is the pseudonym behind one of the case's clues.
type reporterMark struct {
	Clue   uuid.UUID `db:"id"`
	Number int64     `db:"number"` // the clue's
	Mark   []byte    `db:"mark"`
}

// tellReporters lets every signed-in reporter behind the case know what became of their clue. Anonymous ones look it up
// by their claim code.
func (t *turn) tellReporters(ctx context.Context, tx *pg.Tx, outcome string) error {
	marks, err := pg.All[reporterMark](ctx, tx, marksSQL, t.ID)
	if err != nil {
		return err
	}
	messages := make([]notify.Message, len(marks))
	for i, m := range marks {
		messages[i] = notify.Message{Mark: m.Mark, Kind: notify.ClueOutcome, ClueID: &m.Clue,
			Params: map[string]any{"number": m.Number, "outcome": outcome}}
	}
	notify.Send(tx, messages...)
	return nil
}

// askRatings asks every signed-in reporter behind the case how content they are, for each clue. Anonymous ones see by
// their claim code that they are asked.
func (t *turn) askRatings(ctx context.Context, tx *pg.Tx) error {
	marks, err := pg.All[reporterMark](ctx, tx, marksSQL, t.ID)
	if err != nil {
		return err
	}
	messages := make([]notify.Message, len(marks))
	for i, m := range marks {
		messages[i] = notify.Message{Mark: m.Mark, Kind: notify.RatingAsked, ClueID: &m.Clue,
			Params: map[string]any{"number": m.Number, "due": *t.ContestableUntil}}
	}
	notify.Send(tx, messages...)
	return nil
}

// both are a department's names.
func both(ctx context.Context, tx *pg.Tx, department string) (notify.Both, error) {
	all, err := standard.Departments(ctx, tx)
	for _, d := range all {
		if d.Code == department {
			return notify.Both{ZH: d.NameZH, EN: d.NameEN}, err
		}
	}
	return notify.Both{}, err
}
