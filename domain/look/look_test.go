package look_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/look"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

type office struct {
	*town.Town
	colleague *actor.Actor // the street's other dispatcher
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Town: town.New(t)}
	o.colleague = o.Person(actor.Dispatcher, fixture.Nanyuan, "")
	return o
}

// opens has somebody tell what they have open.
func (o *office) opens(a *actor.Actor, subject uuid.UUID) []look.Look {
	o.Helper()
	seen := town.Done(o.Town, a, look.At, &subject)
	o.Must(o.Tx.Flush(o.Ctx))
	return seen
}

// sees checks who else somebody who has nothing open is told of.
func (o *office) sees(what string, a *actor.Actor, subject uuid.UUID, want ...*actor.Actor) {
	o.Helper()
	seen := town.Done(o.Town, a, look.At, nil)
	o.Must(o.Tx.Flush(o.Ctx))
	matches := slices.EqualFunc(seen, want, func(l look.Look, a *actor.Actor) bool { return l.Subject == subject && l.Person == a.ID })
	if !matches {
		o.Errorf("%s: seen %+v", what, seen)
	}
}

func TestColleaguesSeeWhatIsOpenForAsLongAsItIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	report, next := o.Reported(actor.Anonymous, fixture.BlockedExit, 2).Clue.ID, o.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue.ID

	if seen := o.opens(o.Dispatcher, report); len(seen) != 0 {
		t.Errorf("who is alone sees %+v", seen)
	}
	o.sees("a colleague", o.colleague, report, o.Dispatcher)
	begun := o.Tx.Now
	for range 5 {
		o.Later(4 * time.Second)
		o.opens(o.Dispatcher, report)
	}
	if seen := o.opens(o.colleague, report); len(seen) != 1 || !seen[0].Since.Equal(begun) {
		t.Errorf("told again for %v: %+v, since %v", o.Tx.Now.Sub(begun), seen, begun)
	}
	if seen := o.opens(o.Dispatcher, next); len(seen) != 1 || seen[0].Subject != report || seen[0].Person != o.colleague.ID {
		t.Errorf("who went on sees %+v", seen)
	}
	o.sees("who went on", o.colleague, next, o.Dispatcher)
	o.Later(15 * time.Second)
	o.sees("a page that was closed", o.colleague, next)

	o.opens(o.Dispatcher, report)
	o.sees("who looks away sees nobody", o.Dispatcher, report)
	o.sees("who looked away", o.colleague, report)
	o.opens(o.Dispatcher, report)
	o.Later(time.Minute)
	fixture.Do(o.Tx, actor.System("housekeeping"), func() { o.Must(look.Forget(o.Ctx, o.Tx)); o.Must(o.Tx.Flush(o.Ctx)) })
	if left := o.Rows("select person_id::text from looks"); len(left) != 0 {
		t.Errorf("kept of what is over: %v", left)
	}
}

func TestALookIsSeenByWhoSeesTheThing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.Working()
	report := o.Reported(actor.Anonymous, fixture.BlockedExit, 2).Clue.ID
	elsewhere := o.Person(actor.Dispatcher, fixture.Yuanling, "")

	o.opens(o.Dispatcher, report)
	o.sees("the department has no reports", o.Fire, report)
	o.sees("another street", elsewhere, report)
	o.sees("the duty lead", o.Lead, report, o.Dispatcher)

	o.opens(o.Handler, c.ID)
	o.opens(o.Dispatcher, c.ID)
	o.sees("the department that has the case", o.Fire, c.ID, o.Dispatcher, o.Handler)
	o.sees("a department that has not", o.Urban, c.ID)
	o.sees("another street", elsewhere, c.ID)
	if seen := o.opens(o.Handler, c.ID); len(seen) != 1 || seen[0].Person != o.Dispatcher.ID {
		t.Errorf("the handler, at the case, sees %+v", seen)
	}
	_, err := town.As(o.Town, o.Urban, look.At, &c.ID)
	o.Refused("somebody else's case", err, look.CodeNotFound, "id")
}

func TestWhoReportedLeavesNoTraceBesideTheReport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reporters := map[string]*actor.Actor{
		"a volunteer": o.Person(actor.Volunteer, fixture.CityCode, ""), "a grid worker": o.Worker, "a handler": o.Handler,
		"a dispatcher of another street": o.Person(actor.Dispatcher, fixture.Yuanling, ""),
	}
	for who, a := range reporters {
		id := o.Reported(a, fixture.BlockedExit, 2).Clue.ID
		_, err := town.As(o.Town, a, look.At, &id)
		o.Refused(who, err, look.CodeNotFound, "id")
		mine := o.FiledFrom(o.Reported(a, fixture.BlockedExit, 2).Clue, fixture.BlockedExit).ID
		_, err = town.As(o.Town, a, look.At, &mine)
		o.Refused(who+" at the case", err, look.CodeNotFound, "id")
	}
	o.Must(o.Tx.Flush(o.Ctx))
	if left := o.Rows("select person_id::text from looks"); len(left) != 0 {
		t.Errorf("stored beside reports: %v", left)
	}
	nothing := pg.NewID()
	_, err := town.As(o.Town, o.Dispatcher, look.At, &nothing)
	o.Refused("what does not exist", err, look.CodeNotFound, "id")
}
