package casework

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

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
		cases.number, cases.child_number, cases.cell, cases.urgent, cases.restricted, categories.name_zh, categories.name_en, cases.epoch,
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

// looker knows a case's clocks and who is on duty when.
type looker struct {
	climbs  []*climb // one for each runner
	runners []escalation.Runner
	waits   []escalation.Wait
	spared  map[uuid.UUID][]spared
	readers map[reader]bool
	on      map[time.Time]roster

	owed     owing            // who owes a reply already
	promises map[bool]promise // of replies, by whether the case is urgent
	begun    []*climb         // clocks of orders that the simulation makes, after those that run
	ordered  []string         // who owes a reply to them
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
	if l.promises, err = replyPromises(ctx, tx); err != nil {
		return nil, err
	}
	known, err := owingOf(ctx, tx, l.climbs[:1])
	if err != nil {
		return nil, err
	}
	l.owed = *known[id]
	return l, l.readAcknowledgements(ctx, tx)
}

// foresee plays the ladders forward, and again with the roster of the moments at which steps came up: where nobody is, later
// steps come earlier, and orders begin clocks of their own. Mostly the second time asks for nothing new.
func (l *looker) foresee(ctx context.Context, tx *pg.Tx) (escalation.Foresight, error) {
	sight := escalation.Sight{From: tx.Now, Until: tx.Now.AddDate(simulatedYears, 0, 0), Most: simulatedMost, Heard: l.heard, Ordered: l.order}
	for {
		l.begun, l.ordered = nil, nil
		seen, err := sight.Foresee(l.runners, l.waits)
		if err != nil {
			return seen, err
		}
		asked, err := l.ask(ctx, tx, seen.Steps)
		if err != nil || !asked {
			return seen, err
		}
	}
}

// climb is the clock of a step that is foreseen.
func (l *looker) climb(f escalation.Foreseen) *climb {
	if f.Runner < len(l.climbs) {
		return l.climbs[f.Runner]
	}
	return l.begun[f.Runner-len(l.climbs)]
}

// heard reports whether anybody would be there; as long as nobody has asked, somebody is.
func (l *looker) heard(f escalation.Foreseen) bool {
	c := l.climb(f)
	for _, a := range c.ladder.Steps[f.Step].Audience {
		for _, who := range c.looksFor(a) {
			if _, asked := l.on[f.DueAt][who]; !asked {
				return true
			}
		}
	}
	return len(l.hears(f)) > 0
}

// order begins the clock of a reply, as orderReplies does.
func (l *looker) order(f escalation.Foreseen) (escalation.Runner, bool, error) {
	c, p := l.climb(f), l.promises[l.climb(f).Urgent]
	owes := c.owes()
	if p.cal == nil || !l.owed.mayOwe(owes) || slices.Contains(l.ordered, deref(owes)) {
		return escalation.Runner{}, false, nil
	}
	l.ordered = append(l.ordered, deref(owes))
	b, err := c.ladder.Begin(f.DueAt, replyClock(*c.CaseID, c.Round, c.Street, owes, p.term.Limit()), p.cal)
	if err != nil {
		return escalation.Runner{}, false, err
	}
	reply := &climb{claimed: c.claimed, ladder: c.ladder, cal: p.cal}
	reply.Clock, reply.Worker = b.Clock, nil
	l.begun = append(l.begun, reply)
	r := escalation.Runner{Clock: b.Clock, Ladder: c.ladder, Calendar: p.cal}
	if b.First != nil {
		r.Armed = &b.First.Position
	}
	return r, true, nil
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

// ask finds who is on duty for the steps, and for those above them at the same times, in one query, as far as that is not
// known yet. It returns whether something was not.
func (l *looker) ask(ctx context.Context, tx *pg.Tx, steps []escalation.Foreseen) (asked bool, err error) {
	var moments []identity.Moment
	for _, f := range steps {
		c := l.climb(f)
		if l.on[f.DueAt] == nil {
			l.on[f.DueAt] = roster{}
		}
		for i := f.Step; i < len(c.ladder.Steps); i++ {
			if step := c.ladder.Steps[i]; i > f.Step && (f.Beside || step.Clock != c.Stage || !step.Trigger.Timed()) {
				continue
			}
			for _, a := range c.ladder.Steps[i].Audience {
				for _, who := range c.looksFor(a) {
					if _, known := l.on[f.DueAt][who]; !known {
						l.on[f.DueAt][who] = nil
						moments = append(moments, identity.Moment{Audience: who, At: f.DueAt})
					}
				}
			}
		}
	}
	if len(moments) == 0 {
		return false, nil
	}
	found, err := identity.OnDutyAt(ctx, tx, moments)
	for m, people := range found {
		l.on[m.At][m.Audience] = people
	}
	return true, err
}

// hears are the people of a step's audiences on duty then, each once, as what they are found first.
func (l *looker) hears(f escalation.Foreseen) []SimulatedPerson {
	c := l.climb(f)
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
