package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/pg"
)

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
	seen, err := l.foresee(ctx, tx)
	if err != nil {
		return Simulation{}, err
	}
	return l.tell(seen, tx.Actor.May(actor.ReadPeople, c.Street, deref(c.Department))), nil
}

// tell writes the foresight down, with names for those who may read them.
func (l *looker) tell(seen escalation.Foresight, names bool) Simulation {
	told := Simulation{Steps: make([]SimulatedStep, len(seen.Steps)), End: seen.End, Until: seen.Until}
	for i, f := range seen.Steps {
		c := l.climb(f)
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
	c := *l.climb(f)
	c.beside = f.Beside
	step := firing{Fired: escalation.Fired{Deadline: f.Deadline}, step: c.ladder.Steps[f.Step]}
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
