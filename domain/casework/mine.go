package casework

import (
	"context"

	"gridwork/actor"
	"gridwork/pg"
)

// The orders in which the next move is the viewer's: replies that their desk ($5, $6) or their street ($7) owes, and
// replies that they decide on ($8). What follows the place $9, $10.
const myOrdersSQL = selectOrdersSQL + `
	where o.state in ('due', 'replied') and (o.ordered_at, o.id) > ($9::timestamptz, $10::uuid) and (
		o.state = 'due' and exists (select from unnest($5::text[], $6::text[]) as desk(region, department)
			where scoped.street ^@ desk.region and o.department = desk.department)
		or o.state = 'due' and o.department is null and exists (select from unnest($7::text[]) as street(region) where scoped.street ^@ street.region)
		or o.state = 'replied' and exists (select from unnest($8::text[]) as over(region) where scoped.street ^@ over.region))
	and ` + visible + ` order by o.ordered_at, o.id limit $11`

// The appeals that the viewer may review: over whose place they supervise ($5), of none of their departments ($6).
const myAppealsSQL = `select ` + appealColumns + ` from appeals join cases scoped on scoped.id = appeals.case_id
	where appeals.state in ('asked', 'seconded') and (appeals.asked_at, appeals.id) > ($7::timestamptz, $8::uuid)
	and exists (select from unnest($5::text[]) as over(region) where scoped.street ^@ over.region)
	and appeals.department <> all($6::text[]) and appeals.asked_by <> $3 and appeals.first_reviewer is distinct from $3
	and ` + visible + ` order by appeals.asked_at, appeals.id limit $9`

// MyOrders are the orders in which the next move is whoever acts': replies that they owe, and replies that they decide on;
// the oldest first. more tells whether others follow.
func MyOrders(ctx context.Context, tx *pg.Tx, page Page) (found []SupervisionOrder, more bool, err error) {
	desks, street, over := tx.Actor.Scope(actor.Work), tx.Actor.Scope(actor.Triage), tx.Actor.Scope(actor.Supervise)
	after := page.after()
	found, err = pg.All[SupervisionOrder](ctx, tx, myOrdersSQL,
		scoped(tx, desks.Regions, desks.Departments, street.Regions, over.Regions, after.At, after.ID, page.First+1)...)
	return pg.Page(found, page.First, err)
}

// MyAppeals are the appeals that whoever acts may review, the oldest first. more tells whether others follow.
func MyAppeals(ctx context.Context, tx *pg.Tx, page Page) (found []Appeal, more bool, err error) {
	own := []string{}
	for _, g := range tx.Actor.Grants {
		if g.Department != "" {
			own = append(own, g.Department)
		}
	}
	after := page.after()
	found, err = pg.All[Appeal](ctx, tx, myAppealsSQL,
		scoped(tx, tx.Actor.Scope(actor.Supervise).Regions, own, after.At, after.ID, page.First+1)...)
	return pg.Page(found, page.First, err)
}

// after is where a list that begins with the oldest goes on.
func (p Page) after() Place {
	return deref(p.After)
}

// Place is the order's own.
func (o SupervisionOrder) Place() Place { return Place{o.OrderedAt, o.ID} }

// Place is the appeal's own.
func (a Appeal) Place() Place { return Place{a.AskedAt, a.ID} }
