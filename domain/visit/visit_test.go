package visit_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/domain/visit"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

var key = visit.Key("visit key of thirty-two bytes ...")

// street is a town with premises in cells 2, 2 and 5, and one in the next street; each is to be inspected.
type street struct {
	*town.Town
	campaign inspection.Campaign
}

func newStreet(t *testing.T, places inspection.Places) *street {
	t.Helper()
	s := &street{Town: town.New(t)}
	fixture.Premises(t, s.Ctx, s.Tx, "A", "shop", "red", fixture.Nanyuan, 2)
	fixture.Premises(t, s.Ctx, s.Tx, "B", "workshop", "", fixture.Nanyuan, 2)
	fixture.Premises(t, s.Ctx, s.Tx, "C", "shop", "", fixture.Nanyuan, 5)
	fixture.Premises(t, s.Ctx, s.Tx, "D", "shop", "", fixture.Yuanling, 0)
	list := fixture.Checklist(t, s.Ctx, s.Tx)
	s.campaign = town.Done(s.Town, s.Lead, inspection.StartCampaign, inspection.Start{Name: "排查", Region: fixture.Nanyuan, Checklist: list, Places: places, DueAt: s.Tx.Now.Add(72 * time.Hour)})
	fixture.Do(s.Tx, actor.System("test"), func() {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(s.Ctx, s.Tx, s.campaign.ID, 100)
			s.Must(err)
		}
	})
	s.Must(s.Tx.Flush(s.Ctx))
	return s
}

func (s *street) printed(who *actor.Actor, premises ...string) []visit.Printed {
	s.Helper()
	codes := town.Done(s.Town, who, key.Print, visit.PrintInput{Premises: premises})
	s.Must(s.Tx.Flush(s.Ctx))
	return codes
}

// inspects does the worker's task at premises ("" = the cell's own), captured a while ago, with a code that was read.
func (s *street) inspects(premises, code string, ago time.Duration) uuid.UUID {
	s.Helper()
	id := pg.NewID()
	fixture.Do(s.Tx, s.Worker, func() {
		tasks, _, err := inspection.MyTasks(s.Ctx, s.Tx, nil, 100)
		s.Must(err)
		i := slices.IndexFunc(tasks, func(t inspection.Task) bool {
			return premises == "" && t.Premises == nil || t.Premises != nil && *t.Premises == premises
		})
		if i < 0 {
			s.Fatalf("no task at %q among %d", premises, len(tasks))
		}
		at := s.At(2)
		at.CapturedAt = s.Tx.Now.Add(-ago)
		rooms := 3.0
		_, err = inspection.Submit(s.Ctx, s.Tx, inspection.Submission{ID: id, Task: tasks[i].ID, Position: at, Answers: []inspection.Answer{
			{Item: fixture.ItemExit, Outcome: inspection.Pass}, {Item: fixture.ItemEdge, Outcome: inspection.Pass}, {Item: fixture.ItemRooms, Outcome: inspection.Pass, Number: &rooms}}})
		s.Must(err)
		s.Must(visit.See(s.Ctx, s.Tx, id, code))
	})
	s.Must(s.Tx.Flush(s.Ctx))
	return id
}

func (s *street) seen(who *actor.Actor, inspections ...uuid.UUID) (all []visit.Sighting) {
	s.Helper()
	fixture.Do(s.Tx, who, func() {
		var err error
		all, err = visit.SightingsOf(s.Ctx, s.Tx, inspections)
		s.Must(err)
	})
	return all
}

func TestACodeIsMadeOnceAndPrintedAsOftenAsIsWished(t *testing.T) {
	t.Parallel()
	s := newStreet(t, inspection.OfPremises)
	first := s.printed(s.Dispatcher, "B", "A")
	if len(first) != 2 || first[0].Premises != "B" || first[0].Version != 1 || first[0].Code == first[1].Code ||
		!regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(first[0].Code) {
		t.Fatalf("%+v", first)
	}
	if again := s.printed(s.Admin, "A", "B"); again[1] != first[0] || again[0] != first[1] {
		t.Errorf("printed again: %+v, not %+v", again, first)
	}
	if stored := s.Rows(`select visit_codes::text from visit_codes`); len(stored) != 2 || strings.Contains(stored[0], first[0].Code) {
		t.Errorf("stored: %v", stored)
	}
	if other, err := town.As(s.Town, s.Admin, visit.Key("another").Print, visit.PrintInput{Premises: []string{"A"}}); err != nil || other[0].Code == first[1].Code {
		t.Errorf("with another key: %+v, %v", other, err)
	}

	town.Done(s.Town, s.Dispatcher, visit.Withdraw, visit.WithdrawInput{Premises: "A"})
	s.Must(s.Tx.Flush(s.Ctx))
	_, err := town.As(s.Town, s.Dispatcher, visit.Withdraw, visit.WithdrawInput{Premises: "A"})
	s.Refused("withdrawn twice", err, visit.CodeNone, "premises")
	if next := s.printed(s.Lead, "A"); next[0].Version != 2 || next[0].Code == first[1].Code {
		t.Errorf("after it was withdrawn: %+v", next)
	}
	fixture.Do(s.Tx, s.Dispatcher, func() {
		page, more, err := visit.Plates(s.Ctx, s.Tx, visit.Range{Region: fixture.District}, nil, 2)
		if err != nil || !more || page[0].Premises != "A" || *page[0].Version != 2 || page[1].Premises != "B" {
			t.Errorf("%+v, %v, %v", page, more, err)
		}
		at := page[1].At()
		page, more, err = visit.Plates(s.Ctx, s.Tx, visit.Range{Region: fixture.District}, &at, 2)
		if err != nil || more || len(page) != 1 || page[0].Premises != "C" || page[0].Version != nil {
			t.Errorf("the next page, without the other street: %+v, %v, %v", page, more, err)
		}
		shop := "shop"
		if page, _, err = visit.Plates(s.Ctx, s.Tx, visit.Range{Region: fixture.Nanyuan, Kind: &shop}, nil, 9); err != nil || len(page) != 2 {
			t.Errorf("shops: %+v, %v", page, err)
		}
	})
}

func TestCodesAreForThoseWhoPrintThemThere(t *testing.T) {
	t.Parallel()
	s := newStreet(t, inspection.OfPremises)
	for name, who := range map[string]*actor.Actor{"a grid worker": s.Worker, "a desk": s.Fire, "a supervisor": s.Supervisor} {
		_, err := town.As(s.Town, who, key.Print, visit.PrintInput{Premises: []string{"A"}})
		s.Refused(name, err, visit.CodeNoPremises, "premises[0]")
		_, err = town.As(s.Town, who, visit.Withdraw, visit.WithdrawInput{Premises: "A"})
		s.Refused(name, err, visit.CodeNoPremises, "premises")
	}
	_, err := town.As(s.Town, s.Dispatcher, key.Print, visit.PrintInput{Premises: []string{"A", "D"}})
	s.Refused("of another street", err, visit.CodeNoPremises, "premises[1]")
	for name, many := range map[string][]string{"none": nil, "one twice": {"A", "A"}, "too many": make([]string, 201)} {
		_, err := town.As(s.Town, s.Dispatcher, key.Print, visit.PrintInput{Premises: many})
		s.Refused(name, err, visit.CodeCount, "premises")
	}
}

func TestACodeThatWasReadIsKeptAsWhatItTurnsOutToBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		code     func(here, there string) string
		withdraw time.Duration // how long before it arrives; 0: never
		ago      time.Duration // when it was read
		want     visit.Verdict
		premises string
	}{
		"of here":                     {func(here, _ string) string { return here }, 0, 0, visit.Here, "A"},
		"typed as people type":        {func(here, _ string) string { return " " + strings.ToLower(strings.ReplaceAll(here, "-", " ")) }, 0, 0, visit.Here, "A"},
		"of the shop next door":       {func(_, there string) string { return there }, 0, 0, visit.Elsewhere, "B"},
		"withdrawn before":            {func(here, _ string) string { return here }, 2 * time.Hour, time.Hour, visit.Withdrawn, "A"},
		"withdrawn while it was kept": {func(here, _ string) string { return here }, time.Hour, 2 * time.Hour, visit.Here, "A"},
		"well formed, and nobody's":   {func(string, string) string { return "0000-0000-0000-0000" }, 0, 0, visit.Unknown, ""},
		"no code at all":              {func(string, string) string { return "https://example.org/" + strings.Repeat("x", 3000) }, 0, 0, visit.Unknown, ""},
		"a letter of it was read wrongly": {func(here, _ string) string {
			return here[:18] + map[bool]string{true: "1", false: "2"}[here[18] == '2']
		}, 0, 0, visit.Unknown, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStreet(t, inspection.OfPremises)
			codes := s.printed(s.Dispatcher, "A", "B")
			if c.withdraw > 0 {
				town.Done(s.Town, s.Dispatcher, visit.Withdraw, visit.WithdrawInput{Premises: "A"})
				s.Must(s.Tx.Flush(s.Ctx))
				s.Later(c.withdraw)
			}
			id := s.inspects("A", c.code(codes[0].Code, codes[1].Code), c.ago)
			seen := s.seen(s.Worker, id)
			if len(seen) != 1 || seen[0].Verdict != c.want || *seen[0].Visited != "A" || (seen[0].Premises == nil) != (c.premises == "") || seen[0].Premises != nil && *seen[0].Premises != c.premises {
				t.Fatalf("%+v", seen)
			}
			for who, n := range map[*actor.Actor]int{s.Dispatcher: 1, s.Supervisor: 1, s.Admin: 1, s.Neighbour: 0, s.Fire: 0} {
				if len(s.seen(who, id)) != n {
					t.Errorf("%v sees %d", who.Grants, len(s.seen(who, id)))
				}
			}
			fixture.Do(s.Tx, s.Lead, func() {
				odd, _, err := visit.Odd(s.Ctx, s.Tx, s.campaign.ID, nil, 10)
				if err != nil || (len(odd) == 1) != (c.want != visit.Here) {
					t.Errorf("told to those who check: %+v, %v", odd, err)
				}
			})
		})
	}
}

func TestInACellsOwnInspectionACodeOfAnyPremisesInItIsOfHere(t *testing.T) {
	t.Parallel()
	for premises, want := range map[string]visit.Verdict{"B": visit.Here, "C": visit.Elsewhere} {
		t.Run(premises, func(t *testing.T) {
			t.Parallel()
			s := newStreet(t, inspection.OfCells)
			id := s.inspects("", s.printed(s.Dispatcher, premises)[0].Code, 0)
			if seen := s.seen(s.Worker, id); len(seen) != 1 || seen[0].Verdict != want || seen[0].Visited != nil {
				t.Errorf("%+v", seen)
			}
		})
	}
}
