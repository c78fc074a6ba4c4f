package fieldapi_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/domain/inspection"
	"gridwork/domain/visit"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestACodeThatWasReadTravelsWithTheInspectionAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker, lead := s.shift(), s.somebody(actor.DutyLead, fixture.Nanyuan, "")
	phone := s.enrolled(worker)
	var code string
	s.write(func(tx *pg.Tx) {
		fixture.Do(tx, lead, func() {
			printed, err := visit.Key("visit key").Print(t.Context(), tx, visit.PrintInput{Premises: []string{"P-1"}})
			s.must(err)
			code = printed[0].Code
		})
	})

	// The handheld is told where a code hangs, and never which.
	s.as = worker
	a, whole := s.pull(nil, nil)
	var task string
	for _, item := range whole.Items {
		var body struct {
			VisitCode bool
			Cell      string
		}
		_ = json.Unmarshal(item.Body, &body)
		if item.Kind == handheld.Premises && !body.VisitCode {
			t.Errorf("no code hangs at %s", item.ID)
		}
		if item.Kind == handheld.Task && body.Cell == fixture.Cell(fixture.Nanyuan, 2) {
			task = item.ID
		}
	}
	if strings.Contains(a.body, code) {
		t.Error("the code is told")
	}

	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	now := time.Now()
	body := vars{"task": task, "visitCode": code, "photos": []any{},
		"position": vars{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 5, "source": "gnss", "mocked": false, "capturedAt": now},
		"answers": []vars{{"item": fixture.ItemExit, "outcome": inspection.Pass}, {"item": fixture.ItemEdge, "outcome": inspection.Pass},
			{"item": fixture.ItemRooms, "outcome": inspection.Pass, "number": 3}}}
	done := phone.Operation(pg.NewID(), "inspection.submit", now, body)
	_, results := s.push(phone, done, done)
	if results[0].Status != fieldwork.Accepted || results[1].Status != fieldwork.Duplicate {
		t.Fatalf("%+v %+v", results[0].Error, results[1].Error)
	}
	s.write(func(tx *pg.Tx) {
		seen, err := pg.Vals[string](t.Context(), tx, `select verdict || ' ' || premises from visit_sightings`)
		if err != nil || len(seen) != 1 || seen[0] != "here P-1" {
			t.Errorf("kept as %v, %v", seen, err)
		}
	})
}
