package day_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/day"
	"gridwork/domain/inspection"
	"gridwork/domain/notify"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// shift is a town with a grid worker's day in it.
type shift struct{ *town.Town }

// begins is a worker's day as they see it.
func (s shift) begins(who *actor.Actor, from *geo.Position) day.Day {
	s.Helper()
	s.Must(s.Tx.Flush(s.Ctx))
	return town.Done(s.Town, who, day.Mine, from)
}

// campaign is a task in some cells of Nanyuan, each with who holds it.
func (s shift) campaign(name string, dueIn time.Duration, assignee *actor.Actor, cells ...int) (tasks []uuid.UUID) {
	s.Helper()
	var checklist uuid.UUID
	fixture.Do(s.Tx, s.Admin, func() { checklist = fixture.Checklist(s, s.Ctx, s.Tx) })
	id := pg.NewID()
	_, err := s.Tx.Exec(s.Ctx, `insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
		values ($1, $2, $3, $4, $5, 'running', 1, 1, '', $6)`, id, name, fixture.Nanyuan, checklist, s.Tx.Now.Add(dueIn), s.Tx.Now)
	s.Must(err)
	for _, c := range cells {
		task := pg.NewID()
		_, err := s.Tx.Exec(s.Ctx, `insert into inspection_tasks (id, campaign_id, cell, street, assignee_id, state, due_at, created_at)
			values ($1, $2, $3, $4, $5, 'open', $6, $7)`, task, id, fixture.Cell(fixture.Nanyuan, c), fixture.Nanyuan, assignee.ID, s.Tx.Now.Add(dueIn), s.Tx.Now)
		s.Must(err)
		tasks = append(tasks, task)
	}
	return tasks
}

// told is a day in few words.
func told(d day.Day) (all []string) {
	for _, s := range d.Stops {
		all = append(all, fmt.Sprintf("%s:%s", s.Kind, s.Why))
	}
	slices.Sort(all)
	return all
}

func TestADayHasWhateverWaitsOnTheSpotWithWhyItIsThere(t *testing.T) {
	t.Parallel()
	s := shift{town.New(t)}
	mine := s.campaign("消防通道排查", 48*time.Hour, s.Worker, 2)
	theirs := s.campaign("出租屋排查", 48*time.Hour, s.Neighbour, 5, 6)
	for _, task := range theirs {
		town.Done(s.Town, s.Neighbour, inspection.Offer, inspection.OfferInput{Task: task, To: s.Worker.ID})
	}
	town.Done(s.Town, s.Worker, inspection.AnswerOffer, inspection.AnswerOfferInput{Task: theirs[0], Accept: true})
	report := s.Reported(actor.Anonymous, fixture.BlockedExit, 3)
	town.Done(s.Town, s.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: report.Clue.ID}, Assignee: &s.Worker.ID})
	c := s.Working()
	c = town.Done(s.Town, s.Handler, casework.ReportDisposal, s.Disposal(c))
	c = town.Done(s.Town, s.Fire, casework.SubmitForCheck, casework.NoteInput{Target: casework.Target{Case: c.ID}})

	at := s.At(2)
	d := s.begins(s.Worker, &at)
	want := []string{"check:asked", "inspection:campaign", "inspection:handed_over", "offer:offered", "verification:asked"}
	if got := told(d); !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}
	metres := 0.0
	for _, stop := range d.Stops {
		metres += stop.Metres
		switch stop.Kind {
		case day.Check:
			if stop.CaseNumber == nil || *stop.CaseNumber != c.Number || stop.Point != c.Point {
				t.Errorf("the check: %+v", stop)
			}
		case day.Verification:
			if stop.ClueNumber == nil || *stop.ClueNumber != report.Clue.Number || stop.By == nil || *stop.By != s.Dispatcher.ID || stop.DueAt == nil {
				t.Errorf("the verification: %+v", stop)
			}
		case day.Offer:
			if stop.ID != theirs[1] || *stop.By != s.Neighbour.ID || *stop.Name != "出租屋排查" {
				t.Errorf("the offer: %+v", stop)
			}
		case day.Inspection:
			if stop.ID == mine[0] && (*stop.Name != "消防通道排查" || stop.By != nil || stop.Metres > 1) || stop.ID == theirs[0] && *stop.By != s.Neighbour.ID {
				t.Errorf("the inspection: %+v", stop)
			}
		}
	}
	if metres != d.Metres || d.More {
		t.Errorf("%g metres, %+v", metres, d)
	}
	if other := s.begins(s.Person(actor.GridWorker, fixture.Nanyuan, ""), &at); len(other.Stops) > 0 {
		t.Errorf("somebody else's day has %v", told(other))
	}
}

func TestWhatIsDueSoonGoesBeforeWhatIsNear(t *testing.T) {
	t.Parallel()
	s := shift{town.New(t)}
	s.campaign("平时", 48*time.Hour, s.Worker, 1, 2, 3)
	soon := s.campaign("急", 8*time.Minute, s.Worker, 7) // 520 m from cell 2: seven minutes
	gone := s.campaign("过期", -time.Hour, s.Worker, 0)
	at := s.At(2)
	d := s.begins(s.Worker, &at)
	for _, stop := range d.Stops {
		if stop.Late != (stop.ID == gone[0]) {
			t.Errorf("%+v", stop)
		}
		if stop.ID == soon[0] && stop.ArrivesAt.After(*stop.DueAt) {
			t.Errorf("reached %v, due %v", stop.ArrivesAt, *stop.DueAt)
		}
	}
	if first := s.begins(s.Worker, nil).Stops[0]; first.ID != gone[0] || first.Metres != 0 {
		t.Errorf("without a position the day begins with %+v", first)
	}
	at.Lat = 91
	_, err := town.As(s.Town, s.Worker, day.Mine, &at)
	s.Refused("no such latitude", err, "POSITION_OUT_OF_RANGE", "from.lat")
}

func TestAReminderMarksWhatIsThereAndStandsForWhatIsNot(t *testing.T) {
	t.Parallel()
	s := shift{town.New(t)}
	report := s.Reported(actor.Anonymous, fixture.BlockedExit, 3)
	town.Done(s.Town, s.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: report.Clue.ID}, Assignee: &s.Worker.ID})
	c := s.Working() // in the worker's own cell
	closed := s.Closed()
	foreign := s.FiledFrom(s.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue, fixture.BlockedExit)
	for _, id := range []uuid.UUID{c.ID, c.ID, closed.ID, foreign.ID} {
		notify.Send(s.Tx, notify.Message{Person: &s.Worker.ID, Kind: notify.CasePressed, CaseID: &id, NeedsAck: true})
	}
	notify.Send(s.Tx, notify.Message{Person: &s.Worker.ID, Kind: notify.CluePressed, ClueID: &report.Clue.ID, NeedsAck: true})
	d := s.begins(s.Worker, nil)
	if got := told(d); !slices.Equal(got, []string{"reminder:pressed", "verification:asked"}) {
		t.Fatalf("%v", got)
	}
	for _, stop := range d.Stops {
		if !stop.Reminded || stop.Kind == day.Reminder && *stop.CaseNumber != c.Number {
			t.Errorf("%+v", stop)
		}
	}
	_, err := s.Tx.Exec(s.Ctx, "update messages set acked_at = $1 where person_id = $2", s.Tx.Now, s.Worker.ID)
	s.Must(err)
	if d := s.begins(s.Worker, nil); len(d.Stops) != 1 || d.Stops[0].Reminded {
		t.Errorf("acknowledged: %v", told(d))
	}
}

func TestADayEndsAtAHundredStops(t *testing.T) {
	t.Parallel()
	s := shift{town.New(t)}
	for i := range 13 {
		s.campaign(fmt.Sprint(i), time.Duration(48+i)*time.Hour, s.Worker, 0, 1, 2, 3, 4, 5, 6, 7)
	}
	d := s.begins(s.Worker, nil)
	if len(d.Stops) != 100 || !d.More {
		t.Errorf("%d stops, more: %v", len(d.Stops), d.More)
	}
}
