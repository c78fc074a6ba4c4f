package inspection_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/inspection"
	"gridwork/test/fixture"
)

func TestAFailedItemIsFixedOnTheSpotOrFiled(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	task := s.tasksOf(t, s.holder)[0]
	answers := passed()
	answers[0] = inspection.Answer{Item: "exit", Outcome: inspection.Fail, Fixed: true, Note: "清走杂物"}
	answers[1] = inspection.Answer{Item: "extinguishers", Outcome: inspection.Fail, Number: new(1.0)}

	r, err := s.submit(s.holder, s.submission(task.ID, answers...))
	if err != nil {
		t.Fatal(err)
	}
	s.flush(t)

	equal(t, "state", r.Task.State, inspection.Done)
	found := must(inspection.FindingsOf(s.ctx, s.tx, []uuid.UUID{task.ID}))(t)[task.ID]
	if len(found) != 2 {
		t.Fatalf("%d findings", len(found))
	}
	equal(t, "the first", found[0].Item, "exit")
	equal(t, "fixed", found[0].Fixed, true)
	equal(t, "its note", found[0].Note, "清走杂物")
	equal(t, "the second", found[1].Category, fixture.Hydrant)
	equal(t, "its note", found[1].Note, "灭火器数量") // nothing was written: the question says what failed
	equal(t, "jobs", s.count(t, `select count(*) from outbox where kind = 'finding.file'`), 1)
	equal(t, "the job", s.count(t, `select count(*) from outbox where kind = 'finding.file' and payload = jsonb_build_object('finding', $1::uuid)`, found[1].ID), 1)
	equal(t, "photos", s.count(t, `select count(*) from photos where subject = 'inspection'`), 1)
	equal(t, "tasks left", len(s.tasksOf(t, s.holder)), 1)
}

func TestTheSameInspectionIsStoredOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	tasks := s.tasksOf(t, s.holder)
	in := s.submission(tasks[0].ID, passed()...)
	for i := range 3 {
		r, err := s.submit(s.holder, in)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "repeated", r.Repeated, i > 0)
		equal(t, "state", r.Task.State, inspection.Done)
	}

	other := in
	other.Answers = slices.Clone(in.Answers)
	other.Answers[3].Text = "另一家"
	_, err := s.submit(s.holder, other)
	refused(t, "the same id with another text", err, "INSPECTION_ID_REUSED", "id")
	other = in
	other.Floors = []int{2}
	_, err = s.submit(s.holder, other)
	refused(t, "the same id with other floors", err, "INSPECTION_ID_REUSED", "id")
	other = in
	other.Task = tasks[1].ID
	_, err = s.submit(s.holder, other)
	refused(t, "the same id for another task", err, "INSPECTION_ID_REUSED", "id")
	_, err = s.submit(s.holder, s.submission(tasks[0].ID, passed()...))
	refused(t, "another inspection of a task that is done", err, "ACTION_NOT_POSSIBLE", "task")
	equal(t, "inspections", s.count(t, `select count(*) from inspections`), 1)
}

func TestTheFloorsThatWereWalkedAreKept(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	in := s.submission(s.tasksOf(t, s.holder)[0].ID, passed()...)
	in.Floors = []int{3, 1, -1}
	for range 2 {
		if _, err := s.submit(s.holder, in); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "kept", s.count(t, `select count(*) from inspections where floors = '{3,1,-1}'`), 1)
}

func TestAnswersThatContradictTheChecklistAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	task := s.tasksOf(t, s.holder)[0].ID
	for name, try := range map[string]struct {
		change      func(*inspection.Submission)
		code, field string
	}{
		"an item left out":             {func(in *inspection.Submission) { in.Answers = in.Answers[1:] }, "ITEM_UNANSWERED", "answers"},
		"an unknown item":              {func(in *inspection.Submission) { in.Answers[1].Item = "roof" }, "ITEM_UNKNOWN", "answers[1].item"},
		"an item answered twice":       {func(in *inspection.Submission) { in.Answers[1] = in.Answers[0] }, "ITEM_ANSWERED_TWICE", "answers[1].item"},
		"too many answers":             {func(in *inspection.Submission) { in.Answers = append(in.Answers, in.Answers...) }, "ANSWERS_TOO_MANY", "answers"},
		"no number":                    {func(in *inspection.Submission) { in.Answers[1].Number = nil }, "NUMBER_MISSING", "answers[1].number"},
		"a number that is none":        {func(in *inspection.Submission) { in.Answers[1].Number = new(math.NaN()) }, "NUMBER_NOT_FINITE", "answers[1].number"},
		"a number not asked for":       {func(in *inspection.Submission) { in.Answers[2].Number = new(1.0) }, "NUMBER_NOT_ASKED", "answers[2].number"},
		"passed below the bound":       {func(in *inspection.Submission) { in.Answers[1].Number = new(1.0) }, "OUTCOME_CONTRADICTED", "answers[1].outcome"},
		"passed with a failing choice": {func(in *inspection.Submission) { in.Answers[2].Text = "mixed" }, "OUTCOME_CONTRADICTED", "answers[2].outcome"},
		"an unknown choice":            {func(in *inspection.Submission) { in.Answers[2].Text = "perhaps" }, "CHOICE_UNKNOWN", "answers[2].text"},
		"words not asked for":          {func(in *inspection.Submission) { in.Answers[0].Text = "x" }, "TEXT_NOT_ASKED", "answers[0].text"},
		"no words":                     {func(in *inspection.Submission) { in.Answers[3].Text = " \x00" }, "TEXT_MISSING", "answers[3].text"},
		"broken UTF-8":                 {func(in *inspection.Submission) { in.Answers[3].Text = "\xff" }, "TEXT_ENCODING", "answers[3].text"},
		"a megabyte of words":          {func(in *inspection.Submission) { in.Answers[3].Text = strings.Repeat("长", 1<<20) }, "TEXT_TOO_LONG", "answers[3].text"},
		"a record that fails":          {func(in *inspection.Submission) { in.Answers[3].Outcome = inspection.Fail }, "OUTCOME_NOT_POSSIBLE", "answers[3].outcome"},
		"an unknown outcome":           {func(in *inspection.Submission) { in.Answers[0].Outcome = "fine" }, "OUTCOME_UNKNOWN", "answers[0].outcome"},
		"fixed without a photo": {func(in *inspection.Submission) {
			in.Answers[0] = fixedExit()
			in.Answers[4].Outcome = inspection.NotApplicable
			in.Photos = nil
		}, "PHOTO_MISSING", "answers[0].fixed"},
		"fixed though it passed":        {func(in *inspection.Submission) { in.Answers[0].Fixed = true }, "NOTHING_TO_FIX", "answers[0].fixed"},
		"a photo asked for and missing": {func(in *inspection.Submission) { in.Photos = nil }, "PHOTO_MISSING", "answers[4].item"},
		"not a UUIDv7":                  {func(in *inspection.Submission) { in.ID = uuid.New() }, "ID_NOT_UUID_V7", "id"},
		"captured tomorrow":             {func(in *inspection.Submission) { in.Position.CapturedAt = in.Position.CapturedAt.Add(24 * time.Hour) }, "CAPTURED_IN_FUTURE", "position.capturedAt"},
		"nowhere":                       {func(in *inspection.Submission) { in.Position.Lon = math.NaN() }, "", "position"},
		"a floor that nothing has":      {func(in *inspection.Submission) { in.Floors = []int{1, 201} }, "FLOORS_OUT_OF_RANGE", "floors[1]"},
		"between floors":                {func(in *inspection.Submission) { in.Floors = []int{0} }, "FLOORS_OUT_OF_RANGE", "floors[0]"},
		"a floor twice":                 {func(in *inspection.Submission) { in.Floors = []int{-1, 2, -1} }, "FLOORS_REPEATED", "floors[2]"},
		"a photo without hash":          {func(in *inspection.Submission) { in.Photos[0].SHA256 = nil }, "PHOTO_HASH_MALFORMED", "photos[0].sha256"},
	} {
		in := s.submission(task, passed()...)
		try.change(&in)
		s.exec(t, `savepoint before`)
		_, err := s.submit(s.holder, in)
		refused(t, name, err, try.code, try.field)
		s.exec(t, `rollback to savepoint before`)
	}
	equal(t, "inspections", s.count(t, `select count(*) from inspections`), 0)
}

func TestWhatDoesNotApplyNeedsNoAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	var answers []inspection.Answer
	for _, item := range s.list.Items {
		answers = append(answers, inspection.Answer{Item: item.Code, Outcome: inspection.NotApplicable})
	}
	in := s.submission(s.tasksOf(t, s.holder)[0].ID, answers...)
	in.Photos = nil
	if _, err := s.submit(s.holder, in); err != nil {
		t.Fatal(err)
	}
}

func fixedExit() inspection.Answer {
	return inspection.Answer{Item: "exit", Outcome: inspection.Fail, Fixed: true}
}
