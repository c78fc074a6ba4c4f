package escalation

import (
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Takes claimed deadlines out of the armed ones. Should one of them not be armed and due, this divides by zero, and the
// transaction is nothing: that makes firing twice, or early, impossible whatever else goes wrong.
const settleDeadlinesSQL = `with settled as (
		update deadlines set state = claimed.state, settled_at = $1
		from unnest($2::uuid[], $3::text[]) as claimed(id, state)
		where deadlines.id = claimed.id and deadlines.state = 'armed' and deadlines.due_at <= $1
		returning deadlines.id
	)
	select 1 / (count(*) = cardinality($2::uuid[]))::integer from settled`

const moveDeadlinesSQL = `update deadlines set due_at = moved.due_at, step = moved.step, occurrence = moved.occurrence
	from unnest($1::uuid[], $2::timestamptz[], $3::integer[], $4::integer[]) as moved(id, due_at, step, occurrence)
	where deadlines.id = moved.id and deadlines.state = 'armed'`

const insertDeadlinesSQL = `insert into deadlines (id, clock_id, clue_id, case_id, alarm_id, step, occurrence, due_at, state, armed_at, settled_at)
	select id, clock_id, clue_id, case_id, alarm_id, step, occurrence, due_at, state, $1::timestamptz, case when state <> 'armed' then $1::timestamptz end
	from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::integer[], $8::integer[], $9::timestamptz[], $10::text[])
		as made(id, clock_id, clue_id, case_id, alarm_id, step, occurrence, due_at, state)`

// Claimed is a deadline that is due, locked together with what it presses.
type Claimed struct {
	DeadlineID uuid.UUID `db:"deadline_id"`
	Position
	Clock
}

// Fired is a step that fires now.
type Fired struct {
	ID uuid.UUID // of its deadline: the claimed one's, where it is that one's step
	Deadline
}

// Settlement is what becomes of the deadlines of one pass of the keeper, column by column, so that any number is three statements.
type Settlement struct {
	settled struct {
		ids    []uuid.UUID
		states []string
	}
	moved struct {
		ids               []uuid.UUID
		dues              []time.Time
		steps, occurrence []int
	}
	made struct {
		ids, clocks          []uuid.UUID
		clues, cases, alarms []*uuid.UUID
		steps, occurrence    []int
		dues                 []time.Time
		states               []string
	}
}

// Move gives a claimed deadline another time: it has moved since it was armed, or is put off.
func (s *Settlement) Move(claimed uuid.UUID, to Deadline) {
	s.moved.ids, s.moved.dues = append(s.moved.ids, claimed), append(s.moved.dues, to.DueAt)
	s.moved.steps, s.moved.occurrence = append(s.moved.steps, to.Step), append(s.moved.occurrence, to.Occurrence)
}

// Settle takes a claimed deadline out of the armed ones, and adds those of what the plan passed over, of what fires beside it, and
// of what is armed next.
func (s *Settlement) Settle(c Claimed, plan Plan, fired []Fired) {
	state := "missed"
	for _, f := range fired {
		if f.Position == c.Position {
			state = "fired"
			continue
		}
		s.add(c.Clock, f.ID, f.Deadline, "fired")
	}
	s.settled.ids, s.settled.states = append(s.settled.ids, c.DeadlineID), append(s.settled.states, state)
	for _, d := range plan.Missed {
		if d.Position != c.Position {
			s.add(c.Clock, pg.NewID(), d, "missed")
		}
	}
	if plan.Next != nil {
		s.add(c.Clock, pg.NewID(), *plan.Next, "armed")
	}
}

// Beside adds the deadlines of steps that an occasion pulled: nothing was claimed for them, and the ladder stays where it is.
func (s *Settlement) Beside(c Clock, fired []Fired) {
	for _, f := range fired {
		s.add(c, f.ID, f.Deadline, "fired")
	}
}

func (s *Settlement) add(c Clock, id uuid.UUID, d Deadline, state string) {
	m := &s.made
	m.ids, m.clocks = append(m.ids, id), append(m.clocks, c.ID)
	m.clues, m.cases, m.alarms = append(m.clues, c.ClueID), append(m.cases, c.CaseID), append(m.alarms, c.AlarmID)
	m.steps, m.occurrence = append(m.steps, d.Step), append(m.occurrence, d.Occurrence)
	m.dues, m.states = append(m.dues, d.DueAt), append(m.states, state)
}

// Queue writes it with the commit.
func (s *Settlement) Queue(tx *pg.Tx) {
	if len(s.settled.ids) > 0 {
		tx.Queue(settleDeadlinesSQL, tx.Now, s.settled.ids, s.settled.states)
	}
	if m := &s.moved; len(m.ids) > 0 {
		tx.Queue(moveDeadlinesSQL, m.ids, m.dues, m.steps, m.occurrence)
	}
	if m := &s.made; len(m.ids) > 0 {
		tx.Queue(insertDeadlinesSQL, tx.Now, m.ids, m.clocks, m.clues, m.cases, m.alarms, m.steps, m.occurrence, m.dues, m.states)
	}
}
