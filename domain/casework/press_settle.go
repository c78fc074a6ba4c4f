package casework

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// presser is who the timeline says has pressed.
const presser = "system: deadline keeper"

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

const insertDeadlinesSQL = `insert into deadlines (id, clock_id, clue_id, case_id, step, occurrence, due_at, state, armed_at, settled_at)
	select id, clock_id, clue_id, case_id, step, occurrence, due_at, state, $1::timestamptz, case when state <> 'armed' then $1::timestamptz end
	from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::integer[], $8::timestamptz[], $9::text[])
		as made(id, clock_id, clue_id, case_id, step, occurrence, due_at, state)`

const raiseCasesSQL = `update cases set level = greatest(cases.level, raised.level), epoch = cases.epoch + 1,
		priority = greatest(1, cases.priority - raised.priority)
	from unnest($1::uuid[], $2::integer[], $3::integer[]) as raised(id, level, priority) where cases.id = raised.id`

const insertPressedCasesSQL = `insert into case_events (id, case_id, round, at, kind, actor_role, detail, deadline_id)
	select id, case_id, round, $1, 'pressed', $2, detail, deadline_id
	from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::jsonb[], $7::uuid[]) as fired(id, case_id, round, detail, deadline_id)`

const insertPressedCluesSQL = `insert into clue_events (id, clue_id, at, kind, actor_role, detail, deadline_id)
	select id, clue_id, $1, 'pressed', $2, detail, deadline_id
	from unnest($3::uuid[], $4::uuid[], $5::jsonb[], $6::uuid[]) as fired(id, clue_id, detail, deadline_id)`

// settle writes what the climbs came to, each kind of row in one statement that travels with the commit.
func settle(tx *pg.Tx, climbs []*climb) {
	var w writing
	for _, c := range climbs {
		w.deadlines(c)
		for i := range c.fired {
			w.event(c, &c.fired[i])
			w.tell(c, &c.fired[i])
			w.order(c, &c.fired[i])
		}
	}
	w.queue(tx)
}

// writing is the rows of one pass, column by column.
type writing struct {
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
		ids, clocks       []uuid.UUID
		clues, cases      []*uuid.UUID
		steps, occurrence []int
		dues              []time.Time
		states            []string
	}
	raised struct {
		index              map[uuid.UUID]int
		ids                []uuid.UUID
		levels, priorities []int
	}
	caseEvents, clueEvents events
	messages               []notify.Message
	orders                 orderColumns
	replies                []escalation.Begun // clocks of the orders
}

type events struct {
	ids, subjects, deadlines []uuid.UUID
	rounds                   []int
	details                  []json.RawMessage
}

// deadlines settles the claimed row, and adds the rows of what was passed over, of what fires beside it, and of what is
// armed next.
func (w *writing) deadlines(c *climb) {
	if c.plan.Fire == nil && c.plan.Next != nil { // its time has moved
		w.moved.ids, w.moved.dues = append(w.moved.ids, c.DeadlineID), append(w.moved.dues, c.plan.Next.DueAt)
		w.moved.steps = append(w.moved.steps, c.plan.Next.Step)
		w.moved.occurrence = append(w.moved.occurrence, c.plan.Next.Occurrence)
		return
	}
	state := "missed"
	for _, f := range c.fired {
		if f.Position == c.Position {
			state = "fired"
			continue
		}
		w.make(c, f.id, f.Deadline, "fired")
	}
	if !c.beside {
		w.settled.ids, w.settled.states = append(w.settled.ids, c.DeadlineID), append(w.settled.states, state)
	}
	for _, d := range c.plan.Missed {
		if d.Position != c.Position {
			w.make(c, pg.NewID(), d, "missed")
		}
	}
	if c.plan.Next != nil {
		w.make(c, pg.NewID(), *c.plan.Next, "armed")
	}
}

func (w *writing) make(c *climb, id uuid.UUID, d escalation.Deadline, state string) {
	m := &w.made
	m.ids, m.clocks = append(m.ids, id), append(m.clocks, c.ID)
	m.clues, m.cases = append(m.clues, c.ClueID), append(m.cases, c.CaseID)
	m.steps, m.occurrence = append(m.steps, d.Step), append(m.occurrence, d.Occurrence)
	m.dues, m.states = append(m.dues, d.DueAt), append(m.states, state)
}

// pressed is what the timeline keeps of a step that fired.
type pressed struct {
	Stage      escalation.Stage  `json:"stage"`
	Step       int               `json:"step"`
	Occurrence int               `json:"occurrence"`
	Action     escalation.Action `json:"action"`
	Level      int               `json:"level"`             // the step's rung
	Epoch      int               `json:"epoch,omitempty"`   // of the case, once this is written
	DueAt      time.Time         `json:"due_at"`            // of the step
	Told       int               `json:"told"`              // 0: the audience was empty, or quieted
	Quieted    []uuid.UUID       `json:"quieted,omitempty"` // who is spared it, having acknowledged it a while ago
	Brought    bool              `json:"brought_forward,omitempty"`
	Order      *uuid.UUID        `json:"order,omitempty"`  // that was made
	Missed     []missed          `json:"missed,omitempty"` // lower steps that an outage hid
}

type missed struct {
	Step       int       `json:"step"`
	Occurrence int       `json:"occurrence"`
	DueAt      time.Time `json:"due_at"`
}

// event writes the timeline's line, and raises the case.
func (w *writing) event(c *climb, f *firing) {
	p := pressed{Stage: c.Stage, Step: f.Step, Occurrence: f.Occurrence, Action: f.step.Action, Level: c.ladder.Rung(f.Step),
		DueAt: f.DueAt, Told: len(f.people), Quieted: f.quieted, Brought: f.brought}
	if f.order != nil {
		p.Order = &f.order.ID
	}
	if !f.brought {
		for _, d := range c.plan.Missed {
			p.Missed = append(p.Missed, missed{d.Step, d.Occurrence, d.DueAt})
		}
	}
	to, subject := &w.clueEvents, c.ClueID
	if c.CaseID != nil {
		to, subject = &w.caseEvents, c.CaseID
		p.Epoch = c.Epoch + 1
		w.raise(*c.CaseID, p.Level, f.step.Action == escalation.RaisePriority)
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("detail of a pressed step: %v", err)) // a programming error: plain values
	}
	id := pg.NewID()
	to.ids, to.subjects, to.deadlines = append(to.ids, id), append(to.subjects, *subject), append(to.deadlines, f.id)
	to.rounds, to.details = append(to.rounds, c.Round), append(to.details, body)
}

// raise collects what becomes of a case's row; two clocks of one case may fire in the same pass.
func (w *writing) raise(id uuid.UUID, level int, priority bool) {
	r := &w.raised
	if r.index == nil {
		r.index = map[uuid.UUID]int{}
	}
	i, ok := r.index[id]
	if !ok {
		i = len(r.ids)
		r.index[id] = i
		r.ids, r.levels, r.priorities = append(r.ids, id), append(r.levels, 0), append(r.priorities, 0)
	}
	r.levels[i] = max(r.levels[i], level)
	if priority {
		r.priorities[i]++
	}
}

// tell adds a message for each who hears.
func (w *writing) tell(c *climb, f *firing) {
	kind, params := notify.CluePressed, map[string]any{
		"number": spoken(c.CaseNumber, c.ChildNo), "stage": c.Stage, "action": f.step.Action, "due": c.DueAt,
	}
	if c.CaseID != nil {
		kind = notify.CasePressed
	}
	if c.NameZH != "" && !c.Restricted {
		params["category"] = notify.Both{ZH: c.NameZH, EN: c.NameEN}
	}
	if p := f.percent(); p > 0 {
		params["percent"] = p
	}
	if f.order != nil && f.order.DueAt != nil {
		params["reply"] = *f.order.DueAt
	}
	for i := range f.people {
		w.messages = append(w.messages, notify.Message{Person: &f.people[i], Kind: kind, Urgent: c.Urgent, ClueID: c.ClueID,
			CaseID: c.CaseID, DeadlineID: &f.id, Params: params, NeedsAck: f.step.Action.NeedsAck(), Quiet: deref(f.step.AckQuiet).Duration(),
			Hush: f.step.Quiet == escalation.Respect && c.Limit.Unit != calendar.UrgentHour})
	}
}

// percent is how much of the limit is used up, or 0 where the step does not say it that way.
func (f *firing) percent() int {
	switch {
	case f.brought || f.step.Trigger.Percent == 0:
		return 0
	case f.Occurrence == 0:
		return f.step.Trigger.Percent
	case f.step.Repeat.Percent == 0:
		return 0
	}
	return f.step.Trigger.Percent + f.Occurrence*f.step.Repeat.Percent
}

func (w *writing) queue(tx *pg.Tx) {
	if s := &w.settled; len(s.ids) > 0 {
		tx.Queue(settleDeadlinesSQL, tx.Now, s.ids, s.states)
	}
	if m := &w.moved; len(m.ids) > 0 {
		tx.Queue(moveDeadlinesSQL, m.ids, m.dues, m.steps, m.occurrence)
	}
	if m := &w.made; len(m.ids) > 0 {
		tx.Queue(insertDeadlinesSQL, tx.Now, m.ids, m.clocks, m.clues, m.cases, m.steps, m.occurrence, m.dues, m.states)
	}
	if r := &w.raised; len(r.ids) > 0 {
		tx.Queue(raiseCasesSQL, r.ids, r.levels, r.priorities)
	}
	if e := &w.caseEvents; len(e.ids) > 0 {
		tx.Queue(insertPressedCasesSQL, tx.Now, presser, e.ids, e.subjects, e.rounds, e.details, e.deadlines)
	}
	if e := &w.clueEvents; len(e.ids) > 0 {
		tx.Queue(insertPressedCluesSQL, tx.Now, presser, e.ids, e.subjects, e.details, e.deadlines)
	}
	w.orders.queue(tx)
	escalation.StartAll(tx, w.replies)
	notify.Send(tx, w.messages...)
}
