package routing_test

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/routing"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// office is where rules are made: two administrators, a supervisor, and desks for every department.
type office struct {
	testing.TB
	ctx                       context.Context
	tx                        *pg.Tx
	author, other, supervisor *actor.Actor
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	o := &office{TB: t, ctx: ctx, tx: tx}
	o.author = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	o.other = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	o.supervisor = fixture.Person(t, ctx, tx, fixture.As(actor.Supervisor, fixture.CityCode, ""))
	for _, department := range []string{fixture.Fire, fixture.Urban, fixture.Safety} {
		fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.CityCode, department))
	}
	return o
}

func as[In, Out any](o *office, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (out Out, err error) {
	fixture.Do(o.tx, a, func() { out, err = verb(o.ctx, o.tx, in) })
	return out, err
}

func done[In, Out any](o *office, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) Out {
	o.Helper()
	out, err := as(o, a, verb, in)
	if err != nil {
		o.Fatal(err)
	}
	return out
}

func (o *office) refused(what string, err error, code, path string) {
	o.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != path {
		o.Errorf("%s: %v, want %s at %q", what, err, code, path)
	}
}

func (o *office) current() routing.RuleSet {
	o.Helper()
	set, err := routing.Current(o.ctx, o.tx)
	if err != nil {
		o.Fatal(err)
	}
	return set
}

// edited is a draft of the current rules, with one more that sends overgrown trees to urban management.
func (o *office) edited() routing.Set {
	o.Helper()
	draft := done(o, o.author, routing.Draft, routing.DraftInput{From: o.current().Version, Note: "树木归城管"})
	rules := append(o.current().Rules, rule("trees", fixture.Urban, routing.Conditions{Categories: []string{fixture.TreeOvergrow}}))
	return done(o, o.author, routing.Edit, routing.EditInput{Version: draft.Version, Revision: draft.Revision, Note: "树木归城管", Rules: rules})
}

func target(s routing.Set) routing.SetTarget {
	return routing.SetTarget{Version: s.Version, Revision: s.Revision}
}

func TestRulesAreDraftedByOnePublishedByAnotherAndRolledBackInOneStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	before := o.current()
	draft := o.edited()
	if o.current().Version != before.Version {
		t.Fatal("a draft decides")
	}
	_, err := as(o, o.author, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft)})
	o.refused("by its author", err, "AUTHOR_CANNOT_PUBLISH", "")
	tomorrow := o.tx.Now.Add(24 * time.Hour)
	published := done(o, o.other, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft), EffectiveFrom: &tomorrow})
	if published.State != routing.Published || o.current().Version != before.Version {
		t.Errorf("%+v; %d decides", published, o.current().Version)
	}
	o.tx.Now = tomorrow
	if o.current().Version != draft.Version {
		t.Errorf("version %d decides", o.current().Version)
	}
	_, err = as(o, o.author, routing.Edit, routing.EditInput{Version: draft.Version, Revision: draft.Revision, Note: "x", Rules: before.Rules})
	o.refused("editing what was published", err, "RULES_PUBLISHED", "version")

	_, err = as(o, o.other, routing.Rollback, routing.RollbackInput{To: 99, Note: "x"})
	o.refused("to nothing", err, "RULES_UNKNOWN", "to")
	back := done(o, o.other, routing.Rollback, routing.RollbackInput{To: before.Version, Note: "投诉增多"})
	now := o.current()
	if now.Version != back.Version || len(now.Rules) != len(before.Rules) || now.Rules[0].Code != before.Rules[0].Code {
		t.Errorf("version %d with %d rules decides", now.Version, len(now.Rules))
	}
}

func TestARollbackTakesBackWhatWasScheduled(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	before := o.current().Version
	draft := o.edited()
	tomorrow := o.tx.Now.Add(24 * time.Hour)
	done(o, o.other, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft), EffectiveFrom: &tomorrow})
	_, err := as(o, o.other, routing.Rollback, routing.RollbackInput{To: draft.Version, Note: "x"})
	o.refused("to what was never in effect", err, "RULES_NEVER_IN_EFFECT", "to")
	back := done(o, o.other, routing.Rollback, routing.RollbackInput{To: before, Note: "先不改"})
	o.tx.Now = tomorrow.Add(time.Hour)
	if o.current().Version != back.Version {
		t.Errorf("version %d decides", o.current().Version)
	}
	if s := done(o, o.supervisor, routing.Look, draft.Version); s.State != routing.Retired {
		t.Errorf("%+v", s)
	}
}

func TestADraftThatTwoPeopleEditTellsTheSecond(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	draft := o.edited()
	stale := routing.EditInput{Version: draft.Version, Revision: draft.Revision - 1, Note: "x", Rules: o.current().Rules}
	_, err := as(o, o.other, routing.Edit, stale)
	o.refused("an older revision", err, "STALE_VERSION", "revision")
	stale.Revision, stale.Rules = draft.Revision, []routing.Rule{rule("a", fixture.Fire, routing.Conditions{Hours: &routing.Hours{From: 25, To: 3}})}
	_, err = as(o, o.other, routing.Edit, stale)
	o.refused("hours that do not exist", err, "RULE_HOURS", "rules[0].conditions.hours.from")
	stale.Rules, stale.Note = o.current().Rules, " "
	_, err = as(o, o.other, routing.Edit, stale)
	o.refused("without a word", err, "RULES_NOTE", "note")
	if s := done(o, o.supervisor, routing.Look, draft.Version); s.Revision != draft.Revision {
		t.Errorf("something was changed: %+v", s)
	}
	// Whoever edits is an author too.
	stale.Note = "夜间"
	draft = done(o, o.other, routing.Edit, stale)
	_, err = as(o, o.other, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft)})
	o.refused("by one of two authors", err, "AUTHOR_CANNOT_PUBLISH", "")
	done(o, o.other, routing.Discard, target(draft))
	_, err = as(o, o.other, routing.Look, draft.Version)
	o.refused("what was discarded", err, "RULES_UNKNOWN", "version")
}

func TestRulesThatCannotWorkAreNotPublished(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	draft := done(o, o.author, routing.Draft, routing.DraftInput{From: o.current().Version, Note: "x"})
	rules := append([]routing.Rule{rule("all", fixture.Fire, routing.Conditions{})}, o.current().Rules...)
	draft = done(o, o.author, routing.Edit, routing.EditInput{Version: draft.Version, Revision: draft.Revision, Note: "x", Rules: rules})
	_, err := as(o, o.other, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft)})
	o.refused("rules that decide nothing", err, "RULES_FAULTY", "rules[1]")
	if found := done(o, o.supervisor, routing.Examine, draft.Version); len(found) != len(rules)-1 {
		t.Errorf("%+v", found)
	}
	yesterday := o.tx.Now.Add(-time.Hour)
	_, err = as(o, o.other, routing.PublishDraft, routing.PublishInput{SetTarget: target(o.edited()), EffectiveFrom: &yesterday})
	o.refused("in the past", err, "RULES_PAST", "effectiveFrom")
}

func TestOnlyAdministratorsTouchRules(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	draft := o.edited()
	stranger := fixture.Person(t, o.ctx, o.tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
	for name, attempt := range map[string]func(*actor.Actor) error{
		"draft": func(a *actor.Actor) error {
			_, err := as(o, a, routing.Draft, routing.DraftInput{From: 1, Note: "x"})
			return err
		},
		"publish": func(a *actor.Actor) error {
			_, err := as(o, a, routing.PublishDraft, routing.PublishInput{SetTarget: target(draft)})
			return err
		},
		"discard": func(a *actor.Actor) error { _, err := as(o, a, routing.Discard, target(draft)); return err },
		"rollback": func(a *actor.Actor) error {
			_, err := as(o, a, routing.Rollback, routing.RollbackInput{To: 1, Note: "x"})
			return err
		},
	} {
		o.refused(name+" by a supervisor", attempt(o.supervisor), "ACTION_NOT_YOURS", "")
		o.refused(name+" by a dispatcher", attempt(stranger), "ACTION_NOT_YOURS", "")
	}
	_, err := as(o, stranger, routing.Look, draft.Version)
	o.refused("reading by a dispatcher", err, "ACTION_NOT_YOURS", "")
}
