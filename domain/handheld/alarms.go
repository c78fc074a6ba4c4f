package handheld

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/identity"
	"gridwork/domain/safety"
	"gridwork/pg"
)

// alarms are the owner's own calls for help, with who was told and who comes, and those of colleagues that they were told of.
func (p *parcel) alarms(ctx context.Context, tx *pg.Tx) error {
	all, err := safety.Carried(ctx, tx)
	if err != nil || len(all) == 0 {
		return err
	}
	ids := idsOf(all, func(a safety.Alarm) uuid.UUID { return a.ID })
	told, err := safety.ToldOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	answers, err := safety.AnswersOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	names, err := namesOf(ctx, tx, all, told, answers)
	for _, a := range all {
		b := alarmBody{Kind: a.Kind, State: a.State, Mine: a.PersonID == tx.Actor.ID, Person: names[a.PersonID], Cell: a.Cell, Point: a.Point,
			Accuracy: a.Accuracy, CapturedAt: a.CapturedAt.UTC(), BackBy: utc(a.BackBy), RaisedAt: utc(a.RaisedAt), EndedAt: utc(a.EndedAt),
			Outcome: a.Outcome, Told: []string{}, Answers: []answerBody{}}
		for _, person := range told[a.ID] {
			b.Told = append(b.Told, names[person])
		}
		for _, g := range answers[a.ID] {
			b.Answers = append(b.Answers, answerBody{names[g.PersonID], g.PersonID == tx.Actor.ID, g.Coming, g.At.UTC()})
		}
		p.put(Alarm, a.ID.String(), b)
	}
	return err
}

func namesOf(ctx context.Context, tx *pg.Tx, all []safety.Alarm, told map[uuid.UUID][]uuid.UUID, answers map[uuid.UUID][]safety.Given) (map[uuid.UUID]string, error) {
	var people []uuid.UUID
	for _, a := range all {
		people = slices.Concat(people, []uuid.UUID{a.PersonID}, told[a.ID])
		for _, g := range answers[a.ID] {
			people = append(people, g.PersonID)
		}
	}
	found, err := identity.ByIDs(ctx, tx, people)
	names := make(map[uuid.UUID]string, len(found))
	for _, person := range found {
		names[person.ID] = person.Name
	}
	return names, err
}

// help is what a handheld offers to somebody who needs help, or goes somewhere alone.
func (p *parcel) help(ctx context.Context, tx *pg.Tx, lines Lines) error {
	bounds, err := safety.TimerBounds(ctx, tx)
	p.put(Help, "city", helpBody{lines.Call, lines.Text, bounds.Shortest, bounds.Longest})
	return err
}
