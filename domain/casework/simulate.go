package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/pg"
)

const (
	simulatedMost  = 100 // steps
	simulatedYears = 1
)

// The running clocks of a case, each with its armed or frozen deadline, or with step -1 at the top of its ladder.
const runningSQL = `select cases.id as deadline_id, coalesce(deadlines.step, -1) as step, coalesce(deadlines.occurrence, 0) as occurrence, ` +
	escalation.ClockColumns + `,
		cases.number, cases.cell, cases.urgent, cases.restricted, categories.name_zh, categories.name_en, cases.epoch,
		cases.department as lead, cases.handler_id as handler, check_tasks.assignee_id as worker
	from cases
	join clocks on clocks.case_id = cases.id and clocks.round = cases.round and clocks.stopped_at is null
	join categories on categories.code = cases.category
	left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
	left join check_tasks on check_tasks.case_id = cases.id and check_tasks.state = 'open' and clocks.stage = 'check'
	where cases.id = $1
	order by clocks.started_at, clocks.id`

const firedInRoundSQL = `select distinct clocks.ladder, clocks.ladder_version, deadlines.step
	from deadlines join clocks on clocks.id = deadlines.clock_id
	where clocks.case_id = $1 and clocks.round = $2 and deadlines.state = 'fired' order by 1, 2, 3`

// firedStep is a step that has fired in a round.
type firedStep struct {
	Ladder  string `db:"ladder"`
	Version int    `db:"ladder_version"`
	Step    int    `db:"step"`
}

const sparedSQL = `select clock_id, person_id, step, until, state = 'armed' as armed,
		(select count(*) from acknowledgements earlier where earlier.case_id = acknowledgements.case_id
			and earlier.round = acknowledgements.round and earlier.stage = acknowledgements.stage and earlier.state = 'silent') as earlier
	from acknowledgements where clock_id = any($1) and (until > $2 or state = 'armed') order by due_at, id`

// spared is an acknowledgement that still quiets, or waits for silence.
type spared struct {
	acknowledged
	Until   time.Time `db:"until"`
	Armed   bool      `db:"armed"`
	Earlier int       `db:"earlier"`
}

// Simulation is what would happen to a case if nobody moved.
type Simulation struct {
	Steps []SimulatedStep
	End   escalation.End
	Until time.Time
}

// SimulatedStep is one step that would fire.
type SimulatedStep struct {
	At         time.Time
	Stage      escalation.Stage
	Department *string // whose clock it is
	escalation.Position
	Rung    int
	Does    escalation.Action
	Brought bool // before its time, since nobody would be there to hear the one below
	Told    int
	// People are who would be told, by the roster as it is known now for then; nil where the viewer may not read people.
	People []SimulatedPerson
}

// SimulatedPerson is somebody who would be told, and as what.
type SimulatedPerson struct {
	Person uuid.UUID
	Role   actor.Role
}

// Simulate plays a case's ladders forward, at most 100 steps and a year, and changes nothing. CASE_NOT_FOUND for what the
// viewer cannot see.
func Simulate(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Simulation, error) {
	c, err := Get(ctx, tx, id)
	if err != nil {
		return Simulation{}, err
	}
	l, err := lookout(ctx, tx, c.ID)
	if err != nil {
		return Simulation{}, fmt.Errorf("running clocks of case %s: %w", c.ID, err)
	}
	sight := escalation.Sight{From: tx.Now, Until: tx.Now.AddDate(simulatedYears, 0, 0), Most: simulatedMost,
		Heard: func(escalation.Foreseen) bool { return true }}
	// Where nobody is, later steps come earlier: the roster is asked for each step above as well, and then all is played again.
	widest, err := sight.Foresee(l.runners, l.waits)
	if err != nil {
		return Simulation{}, err
	}
	if err := l.ask(ctx, tx, widest.Steps); err != nil {
		return Simulation{}, err
	}
	if widest.End == escalation.EndLong {
		sight.Until = widest.Until
	}
	sight.Heard = func(f escalation.Foreseen) bool { return len(l.hears(f)) > 0 }
	seen, err := sight.Foresee(l.runners, l.waits)
	if err != nil {
		return Simulation{}, err
	}
	return l.tell(seen, tx.Actor.May(actor.ReadPeople, c.Street, deref(c.Department))), nil
}

// looker knows a case's clocks and who is on duty when.
type looker struct {
	climbs  []*climb // one for each runner
	runners []escalation.Runner
	waits   []escalation.Wait
	spared  map[uuid.UUID][]spared
	readers map[reader]bool
	on      map[time.Time]roster
}

func lookout(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*looker, error) {
	clocks, err := pg.All[claimed](ctx, tx, runningSQL, id)
	if err != nil {
		return nil, err
	}
	l := &looker{on: map[time.Time]roster{}, spared: map[uuid.UUID][]spared{}}
	if len(clocks) == 0 {
		return l, nil
	}
	ladders, calendars, err := pinned(ctx, tx, clocks)
	if err != nil {
		return nil, err
	}
	fired, err := pg.All[firedStep](ctx, tx, firedInRoundSQL, id, clocks[0].Round)
	if err != nil {
		return nil, err
	}
	for i := range clocks {
		c := &climb{claimed: clocks[i]}
		c.bind(ladders, calendars)
		l.climbs, l.runners = append(l.climbs, c), append(l.runners, c.runner(fired))
	}
	if l.readers, err = readersOf(ctx, tx, l.climbs); err != nil {
		return nil, err
	}
	return l, l.readAcknowledgements(ctx, tx)
}

// runner is the climb's clock as a foresight takes it.
func (c *climb) runner(fired []firedStep) escalation.Runner {
	r := escalation.Runner{Clock: c.Clock, Ladder: c.ladder, Calendar: c.cal}
	if c.Step >= 0 {
		r.Armed = &c.claimed.Position
	}
	for _, step := range c.ladder.On(escalation.Event{Occasion: escalation.Unaccepted, Count: 1}) {
		if !slices.Contains(fired, firedStep{c.Ladder, c.LadderVersion, step}) {
			r.Deemed = append(r.Deemed, step)
		}
	}
	return r
}

func (l *looker) readAcknowledgements(ctx context.Context, tx *pg.Tx) error {
	ids := make([]uuid.UUID, len(l.climbs))
	for i, c := range l.climbs {
		ids[i] = c.ID
	}
	rows, err := pg.All[spared](ctx, tx, sparedSQL, ids, tx.Now)
	counts := map[escalation.Stage]int{}
	for _, s := range rows {
		l.spared[s.Clock] = append(l.spared[s.Clock], s)
		if i := slices.Index(ids, s.Clock); s.Armed {
			stage := l.climbs[i].Stage
			counts[stage]++
			l.waits = append(l.waits, escalation.Wait{Runner: i, At: s.Until, Steps: l.climbs[i].ladder.OnSilence(stage, s.Earlier+counts[stage])})
		}
	}
	return err
}

// ask finds who is on duty for the steps, and for those above them at the same times, in one query.
func (l *looker) ask(ctx context.Context, tx *pg.Tx, steps []escalation.Foreseen) error {
	var moments []identity.Moment
	for _, f := range steps {
		c := l.climbs[f.Runner]
		if l.on[f.DueAt] == nil {
			l.on[f.DueAt] = roster{}
		}
		for i := f.Step; i < len(c.ladder.Steps); i++ {
			if step := c.ladder.Steps[i]; i > f.Step && (f.Beside || step.Clock != c.Stage || !step.Trigger.Timed()) {
				continue
			}
			for _, a := range c.ladder.Steps[i].Audience {
				for _, who := range c.looksFor(a) {
					if _, asked := l.on[f.DueAt][who]; !asked {
						l.on[f.DueAt][who] = nil
						moments = append(moments, identity.Moment{Audience: who, At: f.DueAt})
					}
				}
			}
		}
	}
	if len(moments) == 0 {
		return nil
	}
	found, err := identity.OnDutyAt(ctx, tx, moments)
	for m, people := range found {
		l.on[m.At][m.Audience] = people
	}
	return err
}

// hears are the people of a step's audiences on duty then, each once, as what they are found first.
func (l *looker) hears(f escalation.Foreseen) []SimulatedPerson {
	c := l.climbs[f.Runner]
	var heard []SimulatedPerson
	for _, a := range c.ladder.Steps[f.Step].Audience {
		for _, person := range c.hearers(escalation.Step{Audience: []escalation.Audience{a}}, l.on[f.DueAt]) {
			known := slices.ContainsFunc(heard, func(h SimulatedPerson) bool { return h.Person == person })
			if !known && (!c.Restricted || l.readers[reader{*c.CaseID, person}]) {
				heard = append(heard, SimulatedPerson{person, a.Role})
			}
		}
	}
	return heard
}

// tell writes the foresight down, with names for those who may read them.
func (l *looker) tell(seen escalation.Foresight, names bool) Simulation {
	told := Simulation{Steps: make([]SimulatedStep, len(seen.Steps)), End: seen.End, Until: seen.Until}
	for i, f := range seen.Steps {
		c := l.climbs[f.Runner]
		people := l.unspared(f, l.hears(f))
		told.Steps[i] = SimulatedStep{At: f.DueAt, Stage: c.Stage, Department: c.Department, Position: f.Position, Rung: c.ladder.Rung(f.Step),
			Does: c.ladder.Steps[f.Step].Action, Brought: f.Brought, Told: len(people)}
		if names {
			told.Steps[i].People = append([]SimulatedPerson{}, people...)
		}
	}
	return told
}

// unspared leaves those out who will have acknowledged the step lately.
func (l *looker) unspared(f escalation.Foreseen, people []SimulatedPerson) []SimulatedPerson {
	c := *l.climbs[f.Runner]
	c.beside = f.Beside
	step := firing{Deadline: f.Deadline, step: c.ladder.Steps[f.Step]}
	var lately []acknowledged
	for _, s := range l.spared[c.ID] {
		if s.Until.After(f.DueAt) {
			lately = append(lately, s.acknowledged)
		}
	}
	for _, h := range people {
		step.people = append(step.people, h.Person)
	}
	c.quiet(&step, lately)
	return slices.DeleteFunc(people, func(h SimulatedPerson) bool { return slices.Contains(step.quieted, h.Person) })
}
