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
	rows   escalation.Settlement
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

// deadlines says what becomes of the climb's rows.
func (w *writing) deadlines(c *climb) {
	fired := make([]escalation.Fired, len(c.fired))
	for i, f := range c.fired {
		fired[i] = f.Fired
	}
	switch {
	case c.plan.Fire == nil && c.plan.Next != nil: // its time has moved
		w.rows.Move(c.DeadlineID, *c.plan.Next)
	case c.beside:
		w.rows.Beside(c.Clock, fired)
	default:
		w.rows.Settle(c.Claimed, c.plan, fired)
	}
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
	to.ids, to.subjects, to.deadlines = append(to.ids, id), append(to.subjects, *subject), append(to.deadlines, f.ID)
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
			CaseID: c.CaseID, DeadlineID: &f.ID, Params: params, NeedsAck: f.step.Action.NeedsAck(), Quiet: deref(f.step.AckQuiet).Duration(),
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
	w.rows.Queue(tx)
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
