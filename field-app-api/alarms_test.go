package fieldapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/domain/safety"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// alarm is what a handheld holds of one.
type alarm struct {
	State   safety.State
	Mine    bool
	Person  string
	Cell    string
	Told    []string
	Answers []struct {
		Name         string
		Mine, Coming bool
	}
	Outcome safety.Outcome
}

// alarms pulls as somebody.
func (s *scene) alarms(who *actor.Actor) (all []alarm) {
	s.Helper()
	s.as = who
	_, whole := s.pull(nil, nil)
	for _, item := range whole.Items {
		if item.Kind == handheld.Alarm {
			var a alarm
			s.must(json.Unmarshal(item.Body, &a))
			all = append(all, a)
		}
	}
	return all
}

// pressAlarms lets the keeper come by.
func (s *scene) pressAlarms() {
	s.Helper()
	s.write(func(tx *pg.Tx) {
		fixture.Do(tx, actor.System("deadline keeper"), func() {
			_, err := safety.Press(s.Context(), tx, 10)
			s.must(err)
		})
	})
}

func TestACallForHelpGoesOutAndAnswersComeBackAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker, colleague := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	phone, other := s.enrolled(worker), s.enrolled(colleague)
	now := time.Now()
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	position := vars{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 15, "source": "gnss", "mocked": false, "capturedAt": now}

	// The handheld's clock is an hour ahead, and nobody is signed in any more.
	s.as = actor.Anonymous
	raise := phone.Operation(pg.NewID(), "alarm.raise", now.Add(time.Hour), vars{"position": position})
	a, results := s.push(phone, raise, raise)
	if a.status != http.StatusOK || results[0].Status != fieldwork.Accepted || results[1].Status != fieldwork.Duplicate || results[0].Result.State != "raised" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	id := results[0].Result.Subject
	if mine := s.alarms(worker); len(mine) != 1 || !mine[0].Mine || mine[0].State != safety.Raised || mine[0].Cell != fixture.Cell(fixture.Nanyuan, 2) || len(s.alarms(colleague)) != 0 {
		t.Errorf("before anybody is told: %+v", mine)
	}
	s.pressAlarms()
	if theirs := s.alarms(colleague); len(theirs) != 1 || theirs[0].Mine || theirs[0].Person != worker.Name {
		t.Fatalf("the colleague holds %+v", theirs)
	}
	if mine := s.alarms(worker); !slices.Contains(mine[0].Told, colleague.Name) {
		t.Errorf("told: %v", mine[0].Told)
	}
	_, results = s.push(other, other.Operation(pg.NewID(), "alarm.answer", now, vars{"alarm": id, "coming": true}),
		other.Operation(pg.NewID(), "alarm.end", now, vars{"alarm": id, "outcome": "safe"}), other.Operation(pg.NewID(), "alarm.answer", now, vars{"alarm": id}))
	if results[0].Status != fieldwork.Accepted || results[1].Error.Code != "ACTION_NOT_YOURS" || results[2].Error.Path != "body.coming" {
		t.Errorf("answered %+v", results)
	}
	if mine := s.alarms(worker); len(mine[0].Answers) != 1 || !mine[0].Answers[0].Coming || mine[0].Answers[0].Name != colleague.Name || mine[0].Answers[0].Mine {
		t.Errorf("who comes: %+v", mine[0].Answers)
	}
	if _, results = s.push(phone, phone.Operation(pg.NewID(), "alarm.end", now, vars{"alarm": id, "outcome": "false_alarm", "note": "按错了"})); results[0].Status != fieldwork.Accepted {
		t.Errorf("ended %+v", results[0].Error)
	}
	if theirs := s.alarms(colleague); len(theirs) != 1 || theirs[0].State != safety.Ended || theirs[0].Outcome != safety.FalseAlarm {
		t.Errorf("afterwards the colleague holds %+v", theirs)
	}
}

func TestAHandheldCarriesTheNumbersToTurnTo(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	_, whole := s.pull(nil, nil)
	i := slices.IndexFunc(whole.Items, func(item handheld.Item) bool { return item.Key == handheld.Key{Kind: handheld.Help, ID: "city"} })
	if i < 0 || string(whole.Items[i].Body) != `{"call":"110","text":"+8675588880000","timerShortest":5,"timerLongest":240}` {
		t.Errorf("%+v", whole.Items)
	}
}

func TestATimerIsBegunExtendedAndEndedAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker := s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	phone, now := s.enrolled(worker), time.Now()
	begin := phone.Operation(pg.NewID(), "timer.begin", now, vars{"minutes": 30})
	_, results := s.push(phone, begin, begin, phone.Operation(pg.NewID(), "timer.begin", now, vars{"minutes": 9000}),
		phone.Operation(pg.NewID(), "timer.extend", now, vars{"timer": begin["id"], "minutes": 60}))
	if results[0].Result.State != "waiting" || results[1].Status != fieldwork.Duplicate || results[2].Error.Code != "TIMER_BOUNDS" || results[2].Error.Path != "body.minutes" || results[3].Status != fieldwork.Accepted {
		t.Fatalf("%+v", results)
	}
	if mine := s.alarms(worker); len(mine) != 1 || mine[0].State != safety.Waiting {
		t.Errorf("the handheld holds %+v", mine)
	}
	end := vars{"timer": begin["id"]}
	_, results = s.push(phone, phone.Operation(pg.NewID(), "timer.end", now, end), phone.Operation(pg.NewID(), "timer.end", now, end))
	if results[0].Result.State != "ended" || results[1].Error.Code != "ACTION_NOT_POSSIBLE" {
		t.Errorf("%+v", results)
	}
	s.pressAlarms()
	if mine := s.alarms(worker); len(mine) != 1 || mine[0].Outcome != safety.Back {
		t.Errorf("afterwards the handheld holds %+v", mine)
	}
}
