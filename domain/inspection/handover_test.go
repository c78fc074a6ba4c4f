package inspection_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// crew is a campaign under way in the small city: the holder and a stand-in look after the first two cells, the neighbour
// after the third, and a dispatcher sits in the street.
type crew struct {
	*scene
	standIn, dispatcher *actor.Actor
}

func newCrew(t *testing.T) *crew {
	t.Helper()
	s := newScene(t)
	c := &crew{scene: s, standIn: fixture.Person(t, s.ctx, s.tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")),
		dispatcher: fixture.Person(t, s.ctx, s.tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))}
	s.exec(t, `insert into duties (duty_grid_id, person_id, part, valid_from) select duty_grid_id, $1, 'stand_in', $2 from cells where code = $3`,
		c.standIn.ID, fixture.Epoch, fixture.Cell(fixture.Nanyuan, 0))
	s.campaign(t)
	return c
}

// as lets somebody do something.
func as[In any](c *crew, who *actor.Actor, do func(context.Context, *pg.Tx, In) (inspection.Task, error), in In) (task inspection.Task, err error) {
	fixture.Do(c.tx, who, func() { task, err = do(c.ctx, c.tx, in) })
	return task, err
}

func (c *crew) told(t *testing.T, who *actor.Actor, kind string) int {
	t.Helper()
	c.flush(t)
	return c.count(t, `select count(*) from messages where person_id = $1 and kind = $2`, who.ID, kind)
}

// history is what became of a task, in order.
func (c *crew) history(t *testing.T, task uuid.UUID) (kinds []inspection.TaskEventKind) {
	t.Helper()
	c.flush(t)
	for _, e := range must(inspection.TaskEvents(c.ctx, c.tx, []uuid.UUID{task}))(t) {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestATaskIsHandedToAColleagueWhoAccepts(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	task := c.tasksOf(t, c.holder)[0]

	// Given an offer to the neighbour, the task is still the holder's;
	offered := must(as(c, c.holder, inspection.Offer, inspection.OfferInput{Task: task.ID, To: c.neighbour.ID, Note: "顺路请帮忙"}))(t)
	equal(t, "whose", *offered.AssigneeID, c.holder.ID)
	equal(t, "asked", c.told(t, c.neighbour, "task_offered"), 1)
	_, err := as(c, c.standIn, inspection.AnswerOffer, inspection.AnswerOfferInput{Task: task.ID, Accept: true})
	refused(t, "somebody else's offer", err, "ACTION_NOT_YOURS", "task")

	// when the neighbour declines, it stays; when a second offer is accepted, it is theirs, once.
	must(as(c, c.neighbour, inspection.AnswerOffer, inspection.AnswerOfferInput{Task: task.ID, Note: "今天休息"}))(t)
	must(as(c, c.holder, inspection.Offer, inspection.OfferInput{Task: task.ID, To: c.neighbour.ID}))(t)
	for range 2 {
		taken := must(as(c, c.neighbour, inspection.AnswerOffer, inspection.AnswerOfferInput{Task: task.ID, Accept: true}))(t)
		equal(t, "whose now", *taken.AssigneeID, c.neighbour.ID)
		equal(t, "how", taken.CameBy, inspection.HandedOver)
	}
	equal(t, "answers to the holder", c.told(t, c.holder, "offer_answered"), 2)
	if got := c.history(t, task.ID); !slices.Equal(got, []inspection.TaskEventKind{"offered", "declined", "offered", "accepted"}) {
		t.Errorf("history: %v", got)
	}
	equal(t, "audited", c.count(t, `select count(*) from audits where object_id = $1::text and action like 'task.%'`, task.ID.String()), 4)

	// The neighbour answers it, and nobody else.
	_, err = c.submit(c.holder, c.submission(task.ID, passed()...))
	refused(t, "by who had it", err, "TASK_NOT_FOUND", "task")
	if _, err := c.submit(c.neighbour, c.submission(task.ID, passed()...)); err != nil {
		t.Fatal(err)
	}
	_, err = as(c, c.neighbour, inspection.GiveBack, inspection.GiveBackInput{Task: task.ID, Reason: inspection.NoTime})
	refused(t, "a task that is done", err, "ACTION_NOT_POSSIBLE", "task")
}

func TestWhoMayOfferOrGiveATaskIsToldToWhom(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	task := c.tasksOf(t, c.holder)[0]
	everybody := []*actor.Actor{c.holder, c.standIn, c.neighbour, c.dispatcher}
	takers := func(who *actor.Actor) (found []uuid.UUID) {
		fixture.Do(c.tx, who, func() {
			people, err := inspection.Takers(c.ctx, c.tx, task.ID)
			if err != nil {
				refused(t, "nobody's business", err, "TASK_NOT_FOUND", "task")
			}
			for _, p := range people {
				found = append(found, p.ID)
			}
		})
		return found
	}
	for _, who := range []*actor.Actor{c.holder, c.dispatcher} {
		for _, may := range everybody {
			if told, want := slices.Contains(takers(who), may.ID), may == c.standIn || may == c.neighbour; told != want {
				t.Errorf("%s is among them: %t", may.ID, told)
			}
		}
	}
	for _, who := range []*actor.Actor{c.standIn, c.neighbour} {
		if told := takers(who); len(told) > 0 {
			t.Errorf("whose task it is not is told %d people", len(told))
		}
	}
	if _, err := c.submit(c.holder, c.submission(task.ID, passed()...)); err != nil {
		t.Fatal(err)
	}
	if told := takers(c.dispatcher); len(told) > 0 {
		t.Errorf("of a task that is done %d people are told", len(told))
	}
}

func TestAnOfferIsTakenBackBeforeItIsAnswered(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	task := c.tasksOf(t, c.holder)[0]
	must(as(c, c.holder, inspection.Offer, inspection.OfferInput{Task: task.ID, To: c.neighbour.ID}))(t)

	for range 2 {
		must(as(c, c.holder, inspection.WithdrawOffer, task.ID))(t)
	}

	_, err := as(c, c.neighbour, inspection.AnswerOffer, inspection.AnswerOfferInput{Task: task.ID, Accept: true})
	refused(t, "an offer that is gone", err, "TASK_NOT_FOUND", "task")
	for name, to := range map[string]uuid.UUID{"oneself": c.holder.ID, "a dispatcher": c.dispatcher.ID, "nobody": pg.NewID()} {
		_, err = as(c, c.holder, inspection.Offer, inspection.OfferInput{Task: task.ID, To: to})
		refused(t, "an offer to "+name, err, "ASSIGNEE_NOT_POSSIBLE", "to")
	}
	_, err = as(c, c.standIn, inspection.Offer, inspection.OfferInput{Task: task.ID, To: c.neighbour.ID})
	refused(t, "what is not one's own", err, "ACTION_NOT_YOURS", "task")
}

func TestATaskGivenBackGoesToTheDispatchersOrIsClaimed(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	tasks := c.tasksOf(t, c.holder)

	// Given two tasks that are given back with a reason, of which the dispatchers hear,
	_, err := as(c, c.holder, inspection.GiveBack, inspection.GiveBackInput{Task: tasks[0].ID, Reason: inspection.OtherHindrance})
	refused(t, "without a word", err, "REASON_MISSING", "note")
	for _, task := range tasks {
		back := must(as(c, c.holder, inspection.GiveBack, inspection.GiveBackInput{Task: task.ID, Reason: inspection.RefusedEntry}))(t)
		equal(t, "nobody's", back.AssigneeID, (*uuid.UUID)(nil))
	}
	equal(t, "told", c.told(t, c.dispatcher, "task_given_back"), 2)
	fixture.Do(c.tx, c.dispatcher, func() {
		waiting, more, err := inspection.Nobodys(c.ctx, c.tx, fixture.Nanyuan, nil, 100)
		if err != nil || more || len(waiting) != 7 { // with those of the five cells that nobody holds
			t.Errorf("%d tasks are nobody's, more %v, %v", len(waiting), more, err)
		}
	})

	// one is given to the neighbour, the other one claimed by the stand-in.
	given := must(as(c, c.dispatcher, inspection.Assign, inspection.AssignInput{Task: tasks[0].ID, To: c.neighbour.ID}))(t)
	equal(t, "how", given.CameBy, inspection.Assigned)
	equal(t, "why it was given back", *given.GivenBack, inspection.RefusedEntry)
	equal(t, "told of it", c.told(t, c.neighbour, "task_given"), 1)
	fixture.Do(c.tx, c.standIn, func() {
		mine, _, err := inspection.Claimable(c.ctx, c.tx, nil, 100)
		if err != nil || len(mine) != 1 || mine[0].ID != tasks[1].ID {
			t.Errorf("claimable: %v, %v", mine, err)
		}
	})
	for range 2 {
		claimed := must(as(c, c.standIn, inspection.Claim, tasks[1].ID))(t)
		equal(t, "claimed", claimed.CameBy, inspection.Claimed)
	}
	if got := c.history(t, tasks[1].ID); !slices.Equal(got, []inspection.TaskEventKind{"given_back", "claimed"}) {
		t.Errorf("history: %v", got)
	}
}

func TestAColleaguesTaskIsClaimedWhileTheyAreAway(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	task := c.tasksOf(t, c.holder)[0]

	_, err := as(c, c.standIn, inspection.Claim, task.ID)
	refused(t, "while the colleague is there", err, "TASK_HELD", "task")
	c.exec(t, `insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, c.holder.ID, c.tx.Now.AddDate(0, 0, -1), c.tx.Now.AddDate(0, 0, 1))
	must(as(c, c.standIn, inspection.Claim, task.ID))(t)
	equal(t, "the colleague is told", c.told(t, c.holder, "task_taken"), 1)

	for name, try := range map[string]struct {
		who  *actor.Actor
		code string
	}{"a neighbour of another grid": {c.neighbour, "TASK_NOT_FOUND"}, "the dispatcher": {c.dispatcher, "ACTION_NOT_YOURS"}, "nobody": {actor.Anonymous, "TASK_NOT_FOUND"}} {
		_, err := as(c, try.who, inspection.Claim, task.ID)
		refused(t, name, err, try.code, "task")
	}
}

func TestWhatIsOfferedToDoIsWhatMayBeDone(t *testing.T) {
	t.Parallel()
	c := newCrew(t)
	task := c.tasksOf(t, c.holder)[0]
	task = must(as(c, c.holder, inspection.Offer, inspection.OfferInput{Task: task.ID, To: c.neighbour.ID}))(t)
	held := []string{fixture.Cell(fixture.Nanyuan, 0), fixture.Cell(fixture.Nanyuan, 1)}
	for name, try := range map[string]struct {
		who  *actor.Actor
		held []string
		want []inspection.TaskAction
	}{
		"holder":     {c.holder, held, []inspection.TaskAction{inspection.DoSubmit, inspection.DoOffer, inspection.DoWithdrawOffer, inspection.DoGiveBack}},
		"stand-in":   {c.standIn, held, []inspection.TaskAction{inspection.DoClaim}},
		"neighbour":  {c.neighbour, nil, []inspection.TaskAction{inspection.DoAnswerOffer}},
		"dispatcher": {c.dispatcher, nil, []inspection.TaskAction{inspection.DoAssign}},
		"nobody":     {actor.Anonymous, nil, nil},
	} {
		if got := task.Actions(try.who, try.held); !slices.Equal(got, try.want) {
			t.Errorf("%s may %v, want %v", name, got, try.want)
		}
	}
}
