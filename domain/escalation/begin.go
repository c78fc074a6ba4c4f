package escalation

import (
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/pg"
)

const insertClocksSQL = `insert into clocks (id, clue_id, case_id, round, stage, department, street, limit_number, limit_unit,
	started_at, due_at, pauses, calendar_version, meant_unit, standard_version, ladder, ladder_version)
	select id, null, case_id, round, stage, department, street, limit_number, limit_unit, $1, due_at, '[]', calendar_version,
		meant_unit, standard_version, ladder, ladder_version
	from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::text[], $10::timestamptz[],
		$11::integer[], $12::text[], $13::integer[], $14::text[], $15::integer[])
		as begun(id, case_id, round, stage, department, street, limit_number, limit_unit, due_at, calendar_version, meant_unit, standard_version,
			ladder, ladder_version)`

const insertFirstDeadlinesSQL = `insert into deadlines (id, clock_id, case_id, step, occurrence, due_at, state, armed_at)
	select id, clock_id, case_id, step, occurrence, due_at, 'armed', $1
	from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::integer[], $7::timestamptz[])
		as first(id, clock_id, case_id, step, occurrence, due_at)`

// Stops one clock, and cancels its deadline.
const stopClockSQL = `with stopped as (
		update clocks set stopped_at = $1 where id = $2 and stopped_at is null returning id
	)
	update deadlines set state = 'cancelled', settled_at = $1
	from stopped where deadlines.clock_id = stopped.id and deadlines.state in ('armed', 'frozen')`

// Begun is a clock that starts now, and what it waits for; nil where its stage has no step on the ladder.
type Begun struct {
	Clock
	First *Deadline
}

// Begin works out a clock that starts at a moment, from the same fields of c as Start: nothing is stored.
func (l Ladder) Begin(now time.Time, c Clock, cal *calendar.Calendar) (Begun, error) {
	c.ID, c.StartedAt, c.Ladder, c.LadderVersion = pg.NewID(), now, l.Code, l.Version
	c, err := c.On(cal)
	if err != nil {
		return Begun{}, err
	}
	first, err := l.armed(c, cal, now, Position{})
	return Begun{c, first}, err
}

// StartAll stores clocks of cases that have begun, each kind of row in one statement that travels with the commit.
func StartAll(tx *pg.Tx, begun []Begun) {
	var c clockColumns
	var d deadlineColumns
	for i := range begun {
		c.add(&begun[i].Clock)
		if first := begun[i].First; first != nil {
			d.add(&begun[i])
			wake(tx, first)
		}
	}
	if len(c.ids) > 0 {
		tx.Queue(insertClocksSQL, tx.Now, c.ids, c.cases, c.rounds, c.stages, c.departments, c.streets, c.numbers, c.units, c.dues,
			c.calendars, c.meant, c.standards, c.ladders, c.versions)
	}
	if len(d.ids) > 0 {
		tx.Queue(insertFirstDeadlinesSQL, tx.Now, d.ids, d.clocks, d.cases, d.steps, d.occurrences, d.dues)
	}
}

// StopOne stops one clock and cancels its deadline, with the commit. The caller holds the lock on its subject's row.
func StopOne(tx *pg.Tx, clock uuid.UUID) { tx.Queue(stopClockSQL, tx.Now, clock) }

type clockColumns struct {
	ids, cases                      []uuid.UUID
	rounds, numbers, versions       []int
	stages, streets, units, ladders []string
	departments                     []*string
	dues                            []time.Time
	calendars, standards            []*int
	meant                           []*string
}

func (cs *clockColumns) add(c *Clock) {
	cs.ids, cs.cases, cs.rounds = append(cs.ids, c.ID), append(cs.cases, *c.CaseID), append(cs.rounds, c.Round)
	cs.stages, cs.streets, cs.departments = append(cs.stages, string(c.Stage)), append(cs.streets, c.Street), append(cs.departments, c.Department)
	cs.numbers, cs.units = append(cs.numbers, c.Limit.Number), append(cs.units, string(c.Limit.Unit))
	cs.dues, cs.calendars = append(cs.dues, c.DueAt), append(cs.calendars, c.CalendarVersion)
	cs.meant, cs.standards = append(cs.meant, (*string)(c.MeantUnit)), append(cs.standards, c.StandardVersion)
	cs.ladders, cs.versions = append(cs.ladders, c.Ladder), append(cs.versions, c.LadderVersion)
}

type deadlineColumns struct {
	ids, clocks, cases []uuid.UUID
	steps, occurrences []int
	dues               []time.Time
}

func (ds *deadlineColumns) add(b *Begun) {
	ds.ids, ds.clocks, ds.cases = append(ds.ids, pg.NewID()), append(ds.clocks, b.ID), append(ds.cases, *b.CaseID)
	ds.steps, ds.occurrences = append(ds.steps, b.First.Step), append(ds.occurrences, b.First.Occurrence)
	ds.dues = append(ds.dues, b.First.DueAt)
}
