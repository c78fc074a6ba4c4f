package sampling_test

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/notify"
	"gridwork/domain/sampling"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

var (
	today    = calendar.Date{Year: 2026, Month: time.November, Day: 18}
	lastWeek = calendar.Date{Year: 2026, Month: time.November, Day: 11}
	lapsed   = calendar.Date{Year: 2026, Month: time.November, Day: 12}
)

// design wants to know about today's closings in the street, within five percent.
func design() sampling.Design {
	return sampling.Design{Region: fixture.Nanyuan, ClosedFrom: today, ClosedTo: today, By: sampling.ByRegion, Confidence: 0.95, Margin: 0.05, Expected: 0.5}
}

// drawn closes some cases and samples all of them: so few that none is left out.
func drawn(t *town.Town, cases int) (sampling.Sample, []sampling.Reinspection) {
	t.Helper()
	for range cases {
		t.Closed()
	}
	t.Must(t.Tx.Flush(t.Ctx))
	s := town.Done(t, t.Supervisor, sampling.Draw, sampling.Drawing{Design: design(), Name: "十一月抽查", DueAt: t.Tx.Now.Add(72 * time.Hour)})
	t.Must(t.Tx.Flush(t.Ctx))
	return s, all(t, s)
}

func all(t *town.Town, s sampling.Sample) (found []sampling.Reinspection) {
	t.Helper()
	fixture.Do(t.Tx, t.Supervisor, func() {
		var err error
		found, _, err = sampling.Reinspections(t.Ctx, t.Tx, sampling.Filter{Sample: s.ID}, uuid.Nil, 1000)
		t.Must(err)
	})
	return found
}

func unfixed(t *town.Town, s sampling.Sample) *sampling.Estimate {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	strata, err := sampling.StrataOf(t.Ctx, t.Tx, []uuid.UUID{s.ID})
	t.Must(err)
	return sampling.UnfixedShare(strata[s.ID], s.Confidence)
}

func TestWhatIsFoundNotFixedIsConfirmedAndOpenedAgain(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	s, looks := drawn(here, 2)
	if s.Population != 2 || len(looks) != 2 || unfixed(here, s) != nil {
		t.Fatalf("%+v, %d", s, len(looks))
	}
	// Cell 2's grid worker checked them both: its neighbour looks again.
	for _, r := range looks {
		if r.AssigneeID == nil || *r.AssigneeID != here.Neighbour.ID {
			t.Fatalf("%v was asked, not the neighbour", r.AssigneeID)
		}
	}
	at := here.At(2)
	found := town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unfixed, Note: "货车又停回来了", Position: &at})
	if found.State != sampling.Answered || found.DistanceM == nil || *found.DistanceM > 50 || found.Found != nil {
		t.Errorf("%+v", found)
	}
	told(here, here.Supervisor, notify.ReinspectionFound)
	if e := unfixed(here, s); e != nil {
		t.Errorf("what nobody has confirmed counts: %+v", *e)
	}
	settled := town.Done(here, here.Supervisor, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Unfixed: true, Note: "照片属实"})
	reopened := here.Now(casework.Case{ID: looks[0].CaseID})
	if settled.State != sampling.Settled || reopened.State != casework.Filed || reopened.Round != 2 {
		t.Errorf("%+v, %+v", settled, reopened)
	}
	town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[1].ID, Verdict: sampling.Fixed, Missed: true, Note: "旁边井盖破损"})
	told(here, here.Supervisor, notify.SampleDone)
	if e := unfixed(here, s); e == nil || e.Share != 0.5 || e.Looked != 2 || e.High-e.Low > 1e-9 {
		t.Errorf("all of them were seen, one of two is not fixed: %+v", e)
	}
	fixture.Do(here.Tx, here.Supervisor, func() {
		closed, err := sampling.Get(here.Ctx, here.Tx, s.ID)
		here.Must(err)
		if closed.State != sampling.Closed {
			t.Error("the sample is not closed with its last case")
		}
	})
	here.RollsUp(100)
	if rows := here.Rows(`select concat_ws(' ', sum(looked), sum(unfixed), sum(missed)) from measure_sums where region = $1 and department = '*' and category = '*' and span = 'day'`, fixture.Nanyuan); rows[0] != "2 1 1" {
		t.Errorf("the figures say %v", rows)
	}
}

// told checks that somebody was told of a kind of news once.
func told(t *town.Town, who *actor.Actor, kind notify.Kind) {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	n, err := pg.Val[int](t.Ctx, t.Tx, `select count(*) from messages where person_id = $1 and kind = $2`, who.ID, kind)
	t.Must(err)
	if n != 1 {
		t.Errorf("%d messages of %s, want one", n, kind)
	}
}

func TestASupervisorMayFindThatItIsFixedAllTheSame(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	s, looks := drawn(here, 1)
	town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unfixed, Note: "有车"})
	town.Done(here, here.Supervisor, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Note: "是消防车自己"})
	if e := unfixed(here, s); e == nil || e.Share != 0 || here.Now(casework.Case{ID: looks[0].CaseID}).State != casework.Closed {
		t.Errorf("%+v", e)
	}
}

func TestWhatWasOpenedAgainMeanwhileIsCountedAndLeftAlone(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	s, looks := drawn(here, 1)
	town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unfixed, Note: "有车"})
	town.Done(here, here.Second, casework.Reopen, casework.NoteInput{Target: casework.Target{Case: looks[0].CaseID}, Note: "市民来电"})
	town.Done(here, here.Supervisor, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Unfixed: true, Note: "属实"})
	if e := unfixed(here, s); e == nil || e.Share != 1 || here.Now(casework.Case{ID: looks[0].CaseID}).Round != 2 {
		t.Errorf("%+v", e)
	}
}

func TestAnAnswerThatIsRepeatedChangesNothingAndAnotherIsRefused(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	_, looks := drawn(here, 1)
	answer := sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unfixed, Note: "有车"}
	town.Done(here, here.Neighbour, sampling.Answer, answer)
	town.Done(here, here.Neighbour, sampling.Answer, answer)
	told(here, here.Supervisor, notify.ReinspectionFound)
	answer.Verdict = sampling.Fixed
	_, err := town.As(here, here.Neighbour, sampling.Answer, answer)
	here.Refused("another answer", err, "ACTION_NOT_POSSIBLE", "reinspection")
}

func TestWhoMayDoWhatWithASample(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	s, looks := drawn(here, 2)
	draw := func(who *actor.Actor, change func(*sampling.Drawing)) error {
		in := sampling.Drawing{Design: design(), Name: "抽查", DueAt: here.Tx.Now.Add(time.Hour)}
		change(&in)
		_, err := town.As(here, who, sampling.Draw, in)
		return err
	}
	for what, c := range map[string]struct {
		change     func(*sampling.Drawing)
		code, path string
	}{
		"no name":         {func(d *sampling.Drawing) { d.Name = " " }, "TEXT_MISSING", "name"},
		"due yesterday":   {func(d *sampling.Drawing) { d.DueAt = here.Tx.Now }, "SAMPLE_DUE", "dueAt"},
		"backwards":       {func(d *sampling.Drawing) { d.ClosedTo = lastWeek }, "PERIOD_REVERSED", "design.closedTo"},
		"nothing closed":  {func(d *sampling.Drawing) { d.ClosedFrom, d.ClosedTo = lastWeek, lapsed }, "SAMPLE_EMPTY", "design.closedFrom"},
		"of nobody":       {func(d *sampling.Drawing) { d.Department = "nobody" }, "SAMPLE_EMPTY", "design.closedFrom"},
		"elsewhere":       {func(d *sampling.Drawing) { d.Region = "4499" }, "ACTION_NOT_YOURS", "design.region"},
		"a word":          {func(d *sampling.Drawing) { d.Category = "fire" }, "CATEGORY_CODE", "design.category"},
		"certainty":       {func(d *sampling.Drawing) { d.Confidence = 1 }, "CONFIDENCE", "design.confidence"},
		"no margin":       {func(d *sampling.Drawing) { d.Margin = 0 }, "MARGIN", "design.margin"},
		"nothing to find": {func(d *sampling.Drawing) { d.Expected = 0 }, "EXPECTED", "design.expected"},
	} {
		here.Refused(what, draw(here.Supervisor, c.change), c.code, c.path)
	}
	for _, who := range []*actor.Actor{here.Dispatcher, here.Lead, here.Fire, here.Worker, here.Admin, actor.Anonymous} {
		here.Refused("drawn by another", draw(who, func(*sampling.Drawing) {}), "ACTION_NOT_YOURS", "design.region")
		_, err := town.As(here, who, sampling.Close, sampling.CloseInput{Sample: s.ID})
		here.Refused("closed by another", err, "SAMPLE_NOT_FOUND", "sample")
		_, err = town.As(here, who, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Note: "x"})
		here.Refused("settled by another", err, "REINSPECTION_NOT_FOUND", "reinspection")
	}
	_, err := town.As(here, here.Supervisor, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Fixed})
	here.Refused("answered by the supervisor", err, "ACTION_NOT_YOURS", "reinspection")
	_, err = town.As(here, here.Worker, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Fixed})
	here.Refused("answered by who was not asked", err, "REINSPECTION_NOT_FOUND", "reinspection")
	for what, c := range map[string]struct {
		in   sampling.AnswerInput
		code string
	}{
		"without evidence": {sampling.AnswerInput{Verdict: sampling.Unfixed}, "EVIDENCE_MISSING"},
		"missed, not what": {sampling.AnswerInput{Verdict: sampling.Fixed, Missed: true}, "EVIDENCE_MISSING"},
		"a novel":          {sampling.AnswerInput{Verdict: sampling.Fixed, Note: strings.Repeat("长", 501)}, "TEXT_TOO_LONG"},
	} {
		c.in.Reinspection = looks[0].ID
		_, err := town.As(here, here.Neighbour, sampling.Answer, c.in)
		here.Refused(what, err, c.code, "note")
	}
	town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unseen, Note: "锁门"})
	_, err = town.As(here, here.Supervisor, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Unfixed: true, Note: "x"})
	here.Refused("nothing to confirm", err, "ACTION_NOT_POSSIBLE", "reinspection")
}

func TestWhoHadAHandInACaseIsNotAskedEvenByName(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	_, looks := drawn(here, 1)
	_, err := town.As(here, here.Supervisor, sampling.Assign, sampling.AssignInput{Reinspection: looks[0].ID, Assignee: &here.Worker.ID})
	here.Refused("who checked it", err, "ASSIGNEE_NOT_POSSIBLE", "assignee")
	_, err = town.As(here, here.Supervisor, sampling.Assign, sampling.AssignInput{Reinspection: looks[0].ID})
	here.Refused("nobody else is there", err, "ASSIGNEE_NOT_POSSIBLE", "assignee")
	third := here.Person(actor.GridWorker, fixture.Nanyuan, "")
	fixture.DutyGrid(t, here.Ctx, here.Tx, []string{fixture.Cell(fixture.Nanyuan, 6)}, third)
	r := town.Done(here, here.Supervisor, sampling.Assign, sampling.AssignInput{Reinspection: looks[0].ID})
	if *r.AssigneeID != third.ID {
		t.Errorf("%v looks", *r.AssigneeID)
	}
	told(here, third, notify.ReinspectionAsked)
	town.Done(here, third, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Fixed})
}

func TestAClosedSampleTakesNoAnswersAndWhatNobodySawStaysUnknown(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	s, looks := drawn(here, 2)
	town.Done(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[0].ID, Verdict: sampling.Unfixed, Note: "有车"})
	_, err := town.As(here, here.Supervisor, sampling.Close, sampling.CloseInput{Sample: s.ID})
	here.Refused("with a case to confirm", err, "ACTION_NOT_POSSIBLE", "sample")
	town.Done(here, here.Supervisor, sampling.Settle, sampling.SettleInput{Reinspection: looks[0].ID, Note: "已清"})
	town.Done(here, here.Supervisor, sampling.Close, sampling.CloseInput{Sample: s.ID})
	_, err = town.As(here, here.Supervisor, sampling.Close, sampling.CloseInput{Sample: s.ID})
	here.Refused("twice", err, "ACTION_NOT_POSSIBLE", "sample")
	_, err = town.As(here, here.Neighbour, sampling.Answer, sampling.AnswerInput{Reinspection: looks[1].ID, Verdict: sampling.Fixed})
	here.Refused("too late", err, "ACTION_NOT_POSSIBLE", "reinspection")
	if e := unfixed(here, s); e.Looked != 1 || e.Share != 0 || e.High < 0.3 {
		t.Errorf("one of two was seen: %+v", *e)
	}
}

// Whoever has the seed draws the same cases: in the order of SHA-256 over the seed and the case's id.
func TestTheDrawCanBeRepeatedFromItsSeed(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	var closed []uuid.UUID
	for range 12 {
		closed = append(closed, here.Closed().ID)
	}
	here.Must(here.Tx.Flush(here.Ctx))
	loose := design()
	loose.Margin, loose.Confidence = 0.25, 0.8
	s := town.Done(here, here.Supervisor, sampling.Draw, sampling.Drawing{Design: loose, Name: "抽查", DueAt: here.Tx.Now.Add(time.Hour)})
	here.Must(here.Tx.Flush(here.Ctx))
	slices.SortFunc(closed, func(a, b uuid.UUID) int { return bytes.Compare(rank(s.Seed, a), rank(s.Seed, b)) })
	var got []uuid.UUID
	for _, r := range all(here, s) {
		got = append(got, r.CaseID)
	}
	want := slices.Clone(closed[:s.Size])
	if s.Size < 2 || s.Size >= 12 || !slices.Equal(sorted(got), sorted(want)) {
		t.Errorf("%d of 12: %v, want %v", s.Size, got, want)
	}
}

func rank(seed []byte, id uuid.UUID) []byte {
	sum := sha256.Sum256(append(bytes.Clone(seed), id[:]...))
	return sum[:]
}

func sorted(ids []uuid.UUID) []uuid.UUID {
	return slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
}

func TestRestrictedCasesAndThoseClosedByForceAreNeverDrawn(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	secret, usual := here.Closed(), here.Closed()
	here.Must(here.Tx.Flush(here.Ctx))
	_, err := here.Tx.Exec(here.Ctx, `update cases set restricted = true where id = $1`, secret.ID)
	here.Must(err)
	here.Working()
	p := town.Done(here, here.Supervisor, sampling.Propose, design())
	if p.Population != 1 || p.Size != 1 {
		t.Errorf("%+v", p)
	}
	s := town.Done(here, here.Supervisor, sampling.Draw, sampling.Drawing{Design: design(), Name: "抽查", DueAt: here.Tx.Now.Add(time.Hour)})
	here.Must(here.Tx.Flush(here.Ctx))
	if looks := all(here, s); len(looks) != 1 || looks[0].CaseID != usual.ID {
		t.Errorf("%+v", looks)
	}
}
