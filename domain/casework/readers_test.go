package casework_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// hushed is a case of a restricted kind that was sent to the fire brigade and returned once, for its readers alone.
func (t *town) hushed() (clue.Clue, casework.Case) {
	t.Helper()
	reported := t.reported(actor.Anonymous, fixture.Violence).Clue
	c := done(t, t.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: reported.ID},
		Standard: t.standard(fixture.Violence), Readers: []uuid.UUID{t.lead.ID, t.desk.ID}})
	c = done(t, t.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(t.routes(c)), Department: fixture.Fire})
	return reported, done(t, t.desk, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "反家庭暴力法", Proposed: fixture.Safety})
}

// ways are all ways to come upon a case; each tells how much is found of it.
func (t *town) ways(reported clue.Clue, c casework.Case) map[string]func(*actor.Actor) int {
	period := casework.ReplayInput{Version: 1, From: tenOClock.Add(-time.Hour), To: t.tx.Now.Add(time.Hour)}
	there := func(_ any, err error) int {
		if err != nil {
			return 0
		}
		return 1
	}
	kept := func(read func(context.Context, *pg.Tx, []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error), a *actor.Actor) int {
		return len(done(t, a, read, []uuid.UUID{c.ID})[c.ID])
	}
	named := func(f casework.Filter) func(*actor.Actor) int {
		return func(a *actor.Actor) int { return len(done(t, a, list, f)) }
	}
	subject := media.OfClue
	return map[string]func(*actor.Actor) int{
		"by its id":       func(a *actor.Actor) int { return there(as(t, a, casework.Get, c.ID)) },
		"in the list":     named(casework.Filter{}),
		"by its number":   named(casework.Filter{Text: strconv.FormatInt(c.Number, 10)}),
		"by its category": named(casework.Filter{Category: fixture.Violence}),
		"by its returns":  func(a *actor.Actor) int { return len(done(t, a, casework.ReturnsOf, []uuid.UUID{c.ID})) },
		"by its parts":    func(a *actor.Actor) int { return len(done(t, a, casework.AssignmentsOf, []uuid.UUID{c.ID})) },
		"by its clocks":   func(a *actor.Actor) int { return len(done(t, a, casework.ClocksOf, []uuid.UUID{c.ID})) },
		"by its actions":  func(a *actor.Actor) int { return len(done(t, a, casework.ActionsOf, []uuid.UUID{c.ID})) },
		"by its readers":  func(a *actor.Actor) int { return kept(casework.ReadersOf, a) },
		"by its clue":     func(a *actor.Actor) int { return there(as(t, a, clue.Get, reported.ID)) },
		"by a photo": func(a *actor.Actor) int {
			return there(as(t, a, casework.SeePhoto, media.Photo{Subject: &subject, SubjectID: &reported.ID}))
		},
		"as a double":        func(a *actor.Actor) int { return t.doubles(a, c) },
		"in its timeline":    func(a *actor.Actor) int { return there(as(t, a, timelineOf, c.ID)) },
		"in a replay":        func(a *actor.Actor) int { out, _ := as(t, a, casework.ReplayRules, period); return out.Cases },
		"among moved cases":  func(a *actor.Actor) int { out, _ := as(t, a, movedFrom(fixture.Fire), period); return len(out) },
		"in the counts":      func(a *actor.Actor) int { return t.counted(a) },
		"beside a like case": func(a *actor.Actor) int { return t.precedents(a) },
	}
}

func timelineOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) ([]casework.Event, error) {
	events, _, err := casework.Timeline(ctx, tx, id, uuid.Nil, 100)
	return events, err
}

func movedFrom(department string) func(context.Context, *pg.Tx, casework.ReplayInput) ([]casework.Case, error) {
	return func(ctx context.Context, tx *pg.Tx, in casework.ReplayInput) ([]casework.Case, error) {
		found, _, err := casework.Moved(ctx, tx, casework.MovedInput{ReplayInput: in, Was: &department}, casework.Page{First: 100})
		return found, err
	}
}

// doubles counts how often the case is offered as a duplicate of a clue beside it.
func (t *town) doubles(a *actor.Actor, c casework.Case) (n int) {
	t.Helper()
	near := t.reported(actor.Anonymous, fixture.Rubbish).Clue
	for _, d := range done(t, a, casework.Duplicates, []uuid.UUID{near.ID})[near.ID] {
		if d.Case != nil && *d.Case == c.ID {
			n++
		}
	}
	return n
}

// counted is what the ledger of returns says of it, the hidden count as it may be told.
func (t *town) counted(a *actor.Actor) (n int) {
	t.Helper()
	lines, err := as(t, a, casework.ReturnLedger, casework.LedgerFilter{From: tenOClock.Add(-time.Hour), To: t.tx.Now.Add(time.Hour)})
	if err != nil {
		return 0
	}
	for _, line := range lines {
		n += line.Dispatched + line.Asked + line.Upheld + line.Rejected
		if hidden := line.Restricted(); hidden != nil {
			n += *hidden
		}
	}
	return n
}

func (t *town) precedents(a *actor.Actor) int {
	t.Helper()
	like := casework.Case{ID: pg.NewID(), Category: fixture.Violence, Street: fixture.Nanyuan}
	return len(done(t, a, func(ctx context.Context, tx *pg.Tx, c casework.Case) ([]casework.Precedent, error) {
		return c.Precedents(ctx, tx)
	}, like))
}

// Whoever is not named comes upon a restricted case in no way at all, whatever the grants say.
func TestNoReadFindsARestrictedCaseForWhomItDoesNotName(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	reported, c := town.hushed()
	if !c.Restricted {
		t.Fatal("a case of a restricted kind is not restricted")
	}
	done(town, town.lead, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: false, Note: "属于本部门"})
	strangers := map[string]*actor.Actor{"the supervisor": town.supervisor, "the cell's grid worker": town.holder, "another department": town.urban,
		"a dispatcher": town.person(fixture.As(actor.Dispatcher, fixture.Nanyuan, "")), "a duty lead": town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, ""))}
	ways := town.ways(reported, c)
	for how, found := range ways {
		for name, stranger := range strangers {
			if n := found(stranger); n != 0 {
				t.Errorf("%s finds it %s: %d", name, how, n)
			}
		}
	}
	for _, how := range []string{"by its id", "in the list", "by its number", "by its category", "by its returns", "by its readers", "by its clue", "by a photo", "as a double", "in its timeline"} {
		if ways[how](town.lead) == 0 {
			t.Errorf("the named duty lead does not find it %s", how)
		}
	}
}

func TestADutyLeadSaysWhoReadsARestrictedCase(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	_, c := town.hushed()
	other := town.person(fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
	_, err := as(town, town.dispatcher, casework.NameReaders, casework.NameReadersInput{Target: of(c), People: []uuid.UUID{other.ID}})
	town.refused("a dispatcher", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.lead, casework.NameReaders, casework.NameReadersInput{Target: of(c), People: []uuid.UUID{other.ID, pg.NewID()}})
	town.refused("nobody", err, "PERSON_UNKNOWN", "people[1]")
	_, err = as(town, town.lead, casework.NameReaders, casework.NameReadersInput{Target: of(c)})
	town.refused("no one", err, "READERS_COUNT", "people")

	done(town, town.lead, casework.NameReaders, casework.NameReadersInput{Target: of(c), People: []uuid.UUID{other.ID}})
	done(town, other, casework.Get, c.ID)
	done(town, town.lead, casework.RemoveReader, casework.RemoveReaderInput{Target: of(c), Person: other.ID})
	_, err = as(town, other, casework.Get, c.ID)
	town.refused("whoever was removed", err, "CASE_NOT_FOUND", "")
	_, err = as(town, town.lead, casework.RemoveReader, casework.RemoveReaderInput{Target: of(c), Person: other.ID})
	town.refused("twice", err, "READER_UNKNOWN", "person")
	_, err = as(town, town.lead, casework.RemoveReader, casework.RemoveReaderInput{Target: of(c), Person: town.lead.ID})
	town.refused("the last duty lead", err, "READERS_LACK_LEAD", "person")

	open := town.filed(fixture.Rubbish)
	_, err = as(town, town.lead, casework.NameReaders, casework.NameReadersInput{Target: of(open), People: []uuid.UUID{other.ID}})
	town.refused("a case for everybody", err, "ACTION_NOT_POSSIBLE", "")
	alone := town.reported(actor.Anonymous, fixture.Violence).Clue
	_, err = as(town, town.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: alone.ID}, Standard: town.standard(fixture.Violence)})
	town.refused("readers without a duty lead", err, "READERS_LACK_LEAD", "readers")
}
