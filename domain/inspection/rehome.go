package inspection

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// Homes counts what would become of the open tasks in ended cells, by the cell that they would go to.
func Homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) ([]cell.Moving, error) {
	return pg.All[cell.Moving](ctx, tx, homesSQL, h.Bind(nil, h.Follows)...)
}

// BeforeRehome makes campaigns whose tasks are being made look whether a place has its task already: from now on places of
// a community come to lie in cells that are still ahead of them.
func BeforeRehome(ctx context.Context, tx *pg.Tx, community string) error {
	_, err := tx.Exec(ctx, lookAgainSQL, community)
	return err
}

// Rehome moves the open tasks of the next campaigns out of ended cells, at most batch campaigns, and returns how many
// campaigns those were and how many tasks. A campaign still has one task for each place: where two cells become one, one
// task is left; where one is parted, each part has one. A task that was dealt to somebody who does not look after the new
// cell is dealt anew. What is over stays where it was.
func Rehome(ctx context.Context, tx *pg.Tx, h cell.Heirs, batch int) (campaigns, tasks int, err error) {
	of, err := pg.Vals[uuid.UUID](ctx, tx, rehomingCampaignsSQL, h.Ended, batch)
	if err != nil || len(of) == 0 {
		return 0, 0, err
	}
	moving, err := pg.All[movingTask](ctx, tx, movingTasksSQL, h.Bind(of, h.Follows)...)
	if err != nil {
		return 0, 0, fmt.Errorf("tasks of ended cells: %w", err)
	}
	touched, err := move(ctx, tx, moving, h.Street())
	if err != nil {
		return 0, 0, fmt.Errorf("move tasks: %w", err)
	}
	if err := dealAnew(ctx, tx, touched); err != nil {
		return 0, 0, fmt.Errorf("deal moved tasks: %w", err)
	}
	for _, campaign := range of {
		if err := closeIfDone(ctx, tx, campaign); err != nil {
			return 0, 0, err
		}
	}
	return len(of), len(moving), nil
}

// movingTask is what becomes of a task: it moves, or it is absorbed into another, or, without an id, it is made.
type movingTask struct {
	ID       *uuid.UUID `db:"id"`
	Campaign uuid.UUID  `db:"campaign_id"`
	Home     string     `db:"home"`
	DueAt    *time.Time `db:"due_at"`
	Into     *uuid.UUID `db:"into_id"`
}

// move writes what becomes of tasks, and returns those that lie in a new cell now.
func move(ctx context.Context, tx *pg.Tx, moving []movingTask, street string) (touched []uuid.UUID, err error) {
	var moved, merged, into []uuid.UUID
	var homes []string
	more := map[uuid.UUID]int{}
	for _, m := range moving {
		switch {
		case m.ID == nil:
			id := pg.NewID()
			if _, err := tx.Exec(ctx, insertTasksSQL, m.Campaign, m.DueAt, tx.Now, []uuid.UUID{id}, []string{m.Home}, []*string{nil},
				[]string{street}, []*uuid.UUID{nil}); err != nil {
				return nil, err
			}
			touched = append(touched, id)
			more[m.Campaign]++
		case m.Into != nil:
			merged, into = append(merged, *m.ID), append(into, *m.Into)
			more[m.Campaign]--
		default:
			moved, homes = append(moved, *m.ID), append(homes, m.Home)
		}
	}
	if _, err := tx.Exec(ctx, rehomeTasksSQL, moved, homes); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, absorbTasksSQL, merged, into); err != nil {
		return nil, err
	}
	for campaign, n := range more {
		tx.Queue(recountSQL, campaign, n)
	}
	return append(touched, moved...), nil
}

// stranded is a task whose duty grid is another one now.
type stranded struct {
	ID       uuid.UUID  `db:"id"`
	Campaign uuid.UUID  `db:"campaign_id"`
	Cell     string     `db:"cell"`
	Premises *string    `db:"premises"`
	Street   string     `db:"street"`
	Assignee *uuid.UUID `db:"assignee_id"`
	DueAt    time.Time  `db:"due_at"`
	Grid     *uuid.UUID `db:"duty_grid_id"`
}

// dealAnew gives tasks to those who look after their cells, and tells each of them once for a campaign.
func dealAnew(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) error {
	all, err := pg.All[stranded](ctx, tx, strandedSQL, ids, tx.Now)
	if err != nil {
		return err
	}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Campaign == all[0].Campaign && all[n].DueAt.Equal(all[0].DueAt) {
			n++
		}
		if err := dealOne(ctx, tx, all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// dealOne deals tasks of one campaign.
func dealOne(ctx context.Context, tx *pg.Tx, tasks []stranded) error {
	spots := make([]spot, len(tasks))
	for i, t := range tasks {
		spots[i] = spot{Cell: t.Cell, Premises: t.Premises, Street: t.Street, Grid: t.Grid}
	}
	due := tasks[0].DueAt
	dealt, err := dealSpots(ctx, tx, spots, due)
	if err != nil {
		return err
	}
	var ids []uuid.UUID
	var people []*uuid.UUID
	counts := map[uuid.UUID]int{}
	for i, t := range tasks {
		if to := dealt[i]; to != nil {
			counts[*to]++
		} else if t.Assignee == nil {
			continue
		}
		ids, people = append(ids, t.ID), append(people, dealt[i])
		if t.Assignee != nil {
			tx.Queue(insertEventSQL, pg.NewID(), t.ID, "assigned", nil, t.Assignee, dealt[i], nil, "", tx.Now)
		}
	}
	if _, err := tx.Exec(ctx, redealSQL, ids, people); err != nil || len(counts) == 0 {
		return err
	}
	campaigns, err := CampaignsOf(ctx, tx, []uuid.UUID{tasks[0].Campaign})
	if err != nil {
		return err
	}
	for person, n := range counts {
		notify.Send(tx, notify.Message{Person: &person, Kind: notify.TaskAssigned,
			Params: map[string]any{"campaign": campaigns[0].Name, "count": n, "due": due}})
	}
	return nil
}
