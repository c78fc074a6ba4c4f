package inspection

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/cell"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// Batch is how many tasks the background job makes in one transaction: some tenths of a second.
const Batch = 2000

// generation is a campaign whose row is locked while a batch of its tasks is made.
type generation struct {
	Campaign
	Cursor string `db:"cursor"`
}

// Generate makes the next tasks of a campaign, at most batch of them, one for each valid cell after the last one whose
// task was made, and reports whether more are to come. Each batch is a transaction of its own, so that an interrupted
// job goes on where it was. A task belongs to whoever looks after its cell at this moment (cell.Holders). After the last
// batch everybody with tasks is told once, however many they are, and so is whoever started the campaign.
func Generate(ctx context.Context, tx *pg.Tx, campaign uuid.UUID, batch int) (more bool, err error) {
	g, err := pg.One[generation](ctx, tx, lockGenerationSQL, campaign)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil // finished, by this job's first run
	}
	if err != nil {
		return false, err
	}
	codes, err := pg.Vals[string](ctx, tx, nextCellsSQL, g.Region, g.Cursor, tx.Now, batch)
	if err != nil {
		return false, fmt.Errorf("cells of campaign %s: %w", campaign, err)
	}
	if err := g.makeTasks(ctx, tx, codes); err != nil {
		return false, err
	}
	if len(codes) == batch {
		return true, nil
	}
	return false, g.finish(ctx, tx)
}

func (g *generation) makeTasks(ctx context.Context, tx *pg.Tx, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	held, err := cell.Holders(ctx, tx, codes)
	if err != nil {
		return err
	}
	ids, holders := make([]uuid.UUID, len(codes)), make([]*uuid.UUID, len(codes))
	for i, code := range codes {
		ids[i] = pg.NewID()
		if person, ok := held[code]; ok {
			holders[i] = &person
		}
	}
	if _, err := tx.Exec(ctx, insertTasksSQL, ids, codes, holders, g.ID, g.DueAt, tx.Now); err != nil {
		return fmt.Errorf("tasks of campaign %s: %w", g.ID, err)
	}
	g.Generated += len(codes)
	_, err = tx.Exec(ctx, advanceSQL, g.ID, len(codes), codes[len(codes)-1])
	return err
}

// share is how many tasks of a campaign one person has; nobody's are those of cells without a holder.
type share struct {
	Assignee *uuid.UUID `db:"assignee_id"`
	Tasks    int        `db:"tasks"`
}

// finish lets the campaign run and tells people of it.
func (g *generation) finish(ctx context.Context, tx *pg.Tx) error {
	if _, err := tx.Exec(ctx, runSQL, g.ID); err != nil {
		return err
	}
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
	return closeIfDone(ctx, tx, g.ID)
}

// closeIfDone ends a campaign whose last task is done, or that never had one. The campaign's row is locked first, in
// a statement of its own: of two last tasks that are answered at once, the later one sees the other's answer.
func closeIfDone(ctx context.Context, tx *pg.Tx, campaign uuid.UUID) error {
	if _, err := tx.Exec(ctx, lockCampaignSQL, campaign); err != nil {
		return err
	}
	closed, err := pg.One[Campaign](ctx, tx, closeCampaignSQL, campaign)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil && closed.CreatedBy != nil {
		notify.Send(tx, notify.Message{Person: closed.CreatedBy, Kind: notify.CampaignClosed,
			Params: map[string]any{"campaign": closed.Name, "total": closed.Total}})
	}
	return err
}
