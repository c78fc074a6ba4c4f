package inspection

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/cell"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// Batch is how many tasks the background job makes in one transaction: some tenths of a second.
const Batch = 5000

// generation is a campaign whose row is locked while a batch of its tasks is made.
type generation struct {
	Campaign
	Cursor string `db:"cursor"` // the last place that has its task: its cell and, after a blank, its premises
	Again  bool   `db:"again"`  // places have tasks from an earlier pass
}

// Generate makes the next tasks of a campaign, at most batch of them, one for each place after the last one whose
// task was made, and reports whether more are to come. Each batch is a transaction of its own, so that an interrupted
// job goes on where it was. A task belongs to one of the crew that looks after its cell until it is due (cell.Crews), the
// one with the fewest open tasks (deal). After the last batch of a campaign that somebody started, everybody with tasks is
// told once, however many they are, and so is whoever started it; what a plan asks for stands in everybody's day.
func Generate(ctx context.Context, tx *pg.Tx, campaign uuid.UUID, batch int) (more bool, err error) {
	g, err := pg.One[generation](ctx, tx, lockGenerationSQL, campaign)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil // finished, by this job's first run
	}
	if err != nil {
		return false, err
	}
	spots, err := g.next(ctx, tx, batch)
	if err != nil {
		return false, fmt.Errorf("places of campaign %s: %w", campaign, err)
	}
	if err := g.makeTasks(ctx, tx, spots); err != nil {
		return false, fmt.Errorf("tasks of campaign %s: %w", campaign, err)
	}
	if len(spots) == batch {
		return true, nil
	}
	return false, g.finish(ctx, tx)
}

func (g *generation) next(ctx context.Context, tx *pg.Tx, batch int) ([]spot, error) {
	inCell, premises, _ := strings.Cut(g.Cursor, " ")
	if g.Places == OfCells {
		return pg.All[spot](ctx, tx, nextCellsSQL, g.ID, g.Region, inCell, premises, tx.Now, g.Again, batch)
	}
	return pg.All[spot](ctx, tx, nextPremisesSQL, g.ID, g.Region, inCell, premises, g.Kind, g.Risk, g.Again, batch)
}

func (g *generation) makeTasks(ctx context.Context, tx *pg.Tx, spots []spot) error {
	if len(spots) == 0 {
		return nil
	}
	dealt, err := dealSpots(ctx, tx, spots, g.DueAt)
	if err != nil {
		return err
	}
	ids, cells, premises, streets := make([]uuid.UUID, len(spots)), make([]string, len(spots)), make([]*string, len(spots)), make([]string, len(spots))
	for i, s := range spots {
		ids[i], cells[i], premises[i], streets[i] = pg.NewID(), s.Cell, s.Premises, s.Street
	}
	made, err := pg.Exec(ctx, tx, insertTasksSQL, g.ID, g.DueAt, tx.Now, ids, cells, premises, streets, dealt)
	if err != nil {
		return err
	}
	g.Generated += int(made)
	last := spots[len(spots)-1]
	cursor := last.Cell
	if last.Premises != nil {
		cursor += " " + *last.Premises
	}
	_, err = tx.Exec(ctx, advanceSQL, g.ID, made, cursor)
	return err
}

// dealSpots says who gets the task of each place until it is due.
func dealSpots(ctx context.Context, tx *pg.Tx, spots []spot, due time.Time) ([]*uuid.UUID, error) {
	var grids []uuid.UUID
	for _, s := range spots {
		if s.Grid != nil && (len(grids) == 0 || grids[len(grids)-1] != *s.Grid) {
			grids = append(grids, *s.Grid)
		}
	}
	crews, err := cell.Crews(ctx, tx, grids, tx.Now, due)
	if err != nil {
		return nil, err
	}
	var sharing []uuid.UUID
	for _, crew := range crews {
		if len(crew) > 1 {
			sharing = append(sharing, crew...)
		}
	}
	if len(sharing) == 0 {
		return deal(spots, crews, nil), nil
	}
	slices.SortFunc(sharing, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	shares, err := pg.All[share](ctx, tx, loadsSQL, slices.Compact(sharing))
	load := make(map[uuid.UUID]int, len(shares))
	for _, s := range shares {
		load[*s.Assignee] = s.Tasks
	}
	return deal(spots, crews, load), err
}

// share is how many tasks one person has; nobody's are those of cells without a holder.
type share struct {
	Assignee *uuid.UUID `db:"assignee_id"`
	Tasks    int        `db:"tasks"`
}

// finish lets the campaign run and tells people of it.
func (g *generation) finish(ctx context.Context, tx *pg.Tx) error {
	if _, err := tx.Exec(ctx, runSQL, g.ID); err != nil {
		return err
	}
	if g.PlanID == nil {
		if err := g.tell(ctx, tx); err != nil {
			return err
		}
	}
	return closeIfDone(ctx, tx, g.ID)
}

func (g *generation) tell(ctx context.Context, tx *pg.Tx) error {
	shares, err := pg.All[share](ctx, tx, sharesSQL, g.ID)
	if err != nil {
		return err
	}
	var messages []notify.Message
	ready := map[string]any{"campaign": g.Name, "total": g.Generated}
	for _, s := range shares {
		if s.Assignee == nil {
			ready["unassigned"] = s.Tasks
			continue
		}
		messages = append(messages, notify.Message{Person: s.Assignee, Kind: notify.TaskAssigned,
			Params: map[string]any{"campaign": g.Name, "count": s.Tasks, "due": g.DueAt}})
	}
	if g.CreatedBy != nil {
		messages = append(messages, notify.Message{Person: g.CreatedBy, Kind: notify.CampaignReady, Params: ready})
	}
	notify.Send(tx, messages...)
	return nil
}

// many are more tasks than can be answered at once: more than a database has connections. While so many are open, none
// that is answered is the last.
const many = 1000

// closeIfDone ends a campaign whose last task is done, or that never had one. The campaign's row is locked first, in
// a statement of its own: of two last tasks that are answered at once, the later one sees the other's answer. While many
// are open nobody waits for that lock.
func closeIfDone(ctx context.Context, tx *pg.Tx, campaign uuid.UUID) error {
	open, err := pg.Val[int](ctx, tx, openSQL, campaign, many)
	if err != nil || open == many {
		return err
	}
	if _, err := tx.Exec(ctx, lockCampaignSQL, campaign); err != nil {
		return err
	}
	closed, err := pg.One[Campaign](ctx, tx, closeCampaignSQL, campaign, tx.Now)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil || closed.CreatedBy == nil {
		return err
	}
	undone, err := pg.Val[int](ctx, tx, undoneSQL, campaign)
	params := map[string]any{"campaign": closed.Name, "total": closed.Total}
	if undone > 0 {
		params["undone"] = undone
	}
	notify.Send(tx, notify.Message{Person: closed.CreatedBy, Kind: notify.CampaignClosed, Params: params})
	return err
}
