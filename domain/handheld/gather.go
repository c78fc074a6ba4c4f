package handheld

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/pg"
)

const (
	pageRows    = 1000 // of a list that is read to its end
	claimMost   = 200  // tasks to be claimed
	messageMost = 100  // unread messages that are carried along, the newest
)

// parcel is what is being put together for whoever acts.
type parcel struct {
	items    []Item
	cells    []string // that work lies in
	premises []string // codes of those to visit
	lists    []uuid.UUID
}

func (p *parcel) put(kind Kind, id string, body any) {
	p.items = append(p.items, Item{Key{kind, id}, write(body)})
}

// gather is what a handheld of whoever acts should hold now: each part as its own package shows it to this person.
func gather(ctx context.Context, tx *pg.Tx, lines Lines) (State, error) {
	p := &parcel{}
	for _, part := range []struct {
		name string
		do   func(context.Context, *pg.Tx) error
	}{
		{"categories", p.categories}, {"tasks", p.tasks}, {"offers", p.offers}, {"claimable tasks", p.claimable}, {"verifications", p.verifications}, {"checks", p.checks},
		{"hazards", p.hazards}, {"messages", p.messages}, {"alarms", p.alarms}, {"help", func(ctx context.Context, tx *pg.Tx) error { return p.help(ctx, tx, lines) }},
		// Then what the work needs.
		{"checklists", p.checklists}, {"ground", p.ground},
	} {
		if err := part.do(ctx, tx); err != nil {
			return nil, fmt.Errorf("gather %s: %w", part.name, err)
		}
	}
	return stateOf(p.items), nil
}

func (p *parcel) categories(ctx context.Context, tx *pg.Tx) error {
	all, err := standard.Categories(ctx, tx)
	if err != nil {
		return err
	}
	filings, err := standard.Current(ctx, tx)
	if err != nil {
		return err
	}
	rows := map[string][]filingBody{}
	for _, f := range filings {
		rows[f.Category] = append(rows[f.Category], filingBody{f.ConditionZH, f.ConditionEN, limitBody{f.LimitNumber, f.LimitUnit}, f.Urgent})
	}
	for _, c := range all {
		p.put(Category, c.Code, categoryBody{c.Kind, c.MajorZH, c.MajorEN, c.NameZH, c.NameEN, c.Hazard, slices.Concat([]filingBody{}, rows[c.Code])})
	}
	return nil
}

func (p *parcel) tasks(ctx context.Context, tx *pg.Tx) error {
	all, err := everything(ctx, tx, inspection.MyTasks, func(t inspection.Task) inspection.Place { return inspection.Place{DueAt: t.DueAt, ID: t.ID} })
	if err != nil {
		return err
	}
	campaigns, err := campaignsOf(ctx, tx, all)
	for _, t := range all {
		c := campaigns[t.CampaignID]
		p.put(Task, t.ID.String(), taskBody{c.Name, c.ChecklistID, t.Cell, t.Premises, t.DueAt.UTC(), t.CameBy, t.OfferedTo, t.GivenBack})
		p.lists = append(p.lists, c.ChecklistID)
		p.visit(t)
	}
	return err
}

func (p *parcel) offers(ctx context.Context, tx *pg.Tx) error {
	all, err := inspection.Offered(ctx, tx)
	if err != nil {
		return err
	}
	campaigns, err := campaignsOf(ctx, tx, all)
	for _, t := range all {
		c := campaigns[t.CampaignID]
		p.put(Offer, t.ID.String(), offerBody{c.Name, c.ChecklistID, t.Cell, t.Premises, t.DueAt.UTC(), t.OfferedAt.UTC()})
		p.lists = append(p.lists, c.ChecklistID)
		p.visit(t)
	}
	return err
}

// claimable are the tasks of the owner's cells that may be claimed, the soonest due: a campaign that nobody was given has
// thousands.
func (p *parcel) claimable(ctx context.Context, tx *pg.Tx) error {
	all, _, err := inspection.Claimable(ctx, tx, nil, claimMost)
	if err != nil {
		return err
	}
	campaigns, err := campaignsOf(ctx, tx, all)
	for _, t := range all {
		c := campaigns[t.CampaignID]
		p.put(Claimable, t.ID.String(), claimableBody{c.Name, c.ChecklistID, t.Cell, t.Premises, t.DueAt.UTC(), t.GivenBack})
		p.lists = append(p.lists, c.ChecklistID)
		p.visit(t)
	}
	return err
}

// visit notes where a task leads to.
func (p *parcel) visit(t inspection.Task) {
	p.cells = append(p.cells, t.Cell)
	if t.Premises != nil {
		p.premises = append(p.premises, *t.Premises)
	}
}

func campaignsOf(ctx context.Context, tx *pg.Tx, tasks []inspection.Task) (map[uuid.UUID]inspection.Campaign, error) {
	found := map[uuid.UUID]inspection.Campaign{}
	var ids []uuid.UUID
	for _, t := range tasks {
		if _, met := found[t.CampaignID]; !met {
			found[t.CampaignID] = inspection.Campaign{}
			ids = append(ids, t.CampaignID)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	all, err := inspection.CampaignsOf(ctx, tx, ids)
	for _, c := range all {
		found[c.ID] = c
	}
	return found, err
}

func (p *parcel) verifications(ctx context.Context, tx *pg.Tx) error {
	tasks, err := everything(ctx, tx, func(ctx context.Context, tx *pg.Tx, after *clue.Place, first int) ([]clue.VerifyTask, bool, error) {
		return clue.Tasks(ctx, tx, clue.Page{After: after, First: first})
	}, func(t clue.VerifyTask) clue.Place { return clue.Place{At: t.AskedAt, ID: t.ID} })
	if err != nil || len(tasks) == 0 {
		return err
	}
	clues, err := clue.ByIDs(ctx, tx, idsOf(tasks, func(t clue.VerifyTask) uuid.UUID { return t.ClueID }))
	of := byID(clues, func(c clue.Clue) uuid.UUID { return c.ID })
	for _, t := range tasks {
		if c, seen := of[t.ClueID]; seen {
			p.put(Verification, t.ID.String(), verificationBody{c.ID, c.Number, c.Category, c.Urgent, c.Text, c.Point, c.Cell, t.AskedAt.UTC(), utc(t.DueAt)})
			p.cells = append(p.cells, c.Cell)
		}
	}
	return err
}

func (p *parcel) checks(ctx context.Context, tx *pg.Tx) error {
	tasks, err := everything(ctx, tx, func(ctx context.Context, tx *pg.Tx, after *casework.Place, first int) ([]casework.CheckTask, bool, error) {
		return casework.MyChecks(ctx, tx, casework.Page{After: after, First: first})
	}, func(t casework.CheckTask) casework.Place { return casework.Place{At: t.AskedAt, ID: t.ID} })
	if err != nil || len(tasks) == 0 {
		return err
	}
	cases, err := casework.ByIDs(ctx, tx, idsOf(tasks, func(t casework.CheckTask) uuid.UUID { return t.CaseID }))
	of := byID(cases, func(c casework.Case) uuid.UUID { return c.ID })
	for _, t := range tasks {
		if c, seen := of[t.CaseID]; seen {
			p.put(Check, t.ID.String(), checkBody{c.ID, c.Reference(), c.Category, c.Urgent, c.Text, c.Point, c.Cell, t.AskedAt.UTC(), utc(t.DueAt)})
			p.cells = append(p.cells, c.Cell)
		}
	}
	return err
}

func (p *parcel) hazards(ctx context.Context, tx *pg.Tx) error {
	all, err := casework.Hazards(ctx, tx)
	for _, h := range all {
		p.put(Hazard, h.ID.String(), hazardBody{h.Category, h.Urgent, h.Priority, h.Point, h.Cell})
	}
	return err
}

func (p *parcel) messages(ctx context.Context, tx *pg.Tx) error {
	all, err := notify.Waiting(ctx, tx, messageMost)
	for _, m := range all {
		b := messageBody{Kind: m.Kind, Urgent: m.Urgent, NeedsAck: m.NeedsAck, At: m.CreatedAt.UTC()}
		b.TitleZH, b.BodyZH = notify.Render(m, "zh")
		b.TitleEN, b.BodyEN = notify.Render(m, "en")
		p.put(Message, m.ID.String(), b)
	}
	return err
}

// everything reads a list to its end.
func everything[T, P any](ctx context.Context, tx *pg.Tx, page func(context.Context, *pg.Tx, *P, int) ([]T, bool, error), place func(T) P) (all []T, err error) {
	var after *P
	for more := true; more; {
		var found []T
		if found, more, err = page(ctx, tx, after, pageRows); err != nil {
			return nil, err
		}
		if all = append(all, found...); more {
			last := place(all[len(all)-1])
			after = &last
		}
	}
	return all, nil
}

func idsOf[T any](rows []T, id func(T) uuid.UUID) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = id(row)
	}
	return ids
}

func byID[T any](rows []T, id func(T) uuid.UUID) map[uuid.UUID]T {
	found := make(map[uuid.UUID]T, len(rows))
	for _, row := range rows {
		found[id(row)] = row
	}
	return found
}
