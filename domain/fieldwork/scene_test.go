package fieldwork_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/device"
	"gridwork/domain/fieldwork"
	"gridwork/domain/inspection"
	"gridwork/domain/vault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// vars is JSON.
type vars = map[string]any

// scene is the small city with two grid workers who stand in for one another, each with a handheld, a campaign's tasks with
// the first of them, and a shop in cell 0.
type scene struct {
	testing.TB
	ctx                              context.Context
	db                               *pg.DB
	address                          string // of the database
	yard                             fieldwork.Yard
	worker, other, lead, far, anyone *actor.Actor
	phone, otherPhone                *fixture.Handheld
	now                              time.Time
}

const shop = "P-1"

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{TB: t, ctx: t.Context()}
	s.db, s.address = dbtest.Open(t)
	key, err := vault.GenerateKey()
	s.must(err)
	keys := &vault.Keys{Seal: key.Public(), Claim: []byte("claim key"), Mark: []byte("mark key")}
	s.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		s.now = tx.Now
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		person := func(role actor.Role, region string) *actor.Actor {
			return fixture.Person(t, ctx, tx, fixture.As(role, region, ""))
		}
		s.worker, s.other = person(actor.GridWorker, fixture.Nanyuan), person(actor.GridWorker, fixture.Nanyuan)
		s.lead, s.far, s.anyone = person(actor.DutyLead, fixture.Nanyuan), person(actor.DutyLead, fixture.Yuanling), person(actor.Supervisor, fixture.District)
		var codes []string
		for i := range 8 {
			codes = append(codes, fixture.Cell(fixture.Nanyuan, i))
		}
		fixture.DutyGrid(t, ctx, tx, codes, s.worker, s.other)
		list := fixture.Checklist(t, ctx, tx)
		s.phone, s.otherPhone = fixture.Enrolled(t, ctx, tx, s.worker), fixture.Enrolled(t, ctx, tx, s.other)
		fixture.Do(tx, s.lead, func() {
			c, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "排查", Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			s.must(err)
			for more := true; more; {
				more, err = inspection.Generate(ctx, tx, c.ID, 100)
				s.must(err)
			}
		})
		lon, lat := fixture.Centre(fixture.Nanyuan, 0)
		s.exec(ctx, tx, `insert into premises (code, name, terms, kind, point, cell, street, updated_at)
			values ($1, '老王杂货店', '{}', '商铺', st_setsrid(st_makepoint($2, $3), 4326), $4, $5, $6)`, shop, lon, lat, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan, tx.Now)
		atlas, err := cell.LoadAtlas(ctx, tx)
		s.must(err)
		s.yard = fieldwork.Yard{DB: s.db, Intake: &clue.Intake{Atlas: func() *cell.Atlas { return atlas }, Keys: keys}}
	})
	return s
}

func (s *scene) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *scene) exec(ctx context.Context, tx *pg.Tx, sql string, args ...any) {
	s.Helper()
	_, err := tx.Exec(ctx, sql, args...)
	s.must(err)
}

func (s *scene) write(who *actor.Actor, do func(context.Context, *pg.Tx)) {
	s.Helper()
	ctx := actor.With(s.ctx, who)
	s.must(s.db.Write(ctx, func(tx *pg.Tx) error { do(ctx, tx); return nil }))
}

// act runs a verb of the domain.
func act[In, Out any](s *scene, who *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (Out, error) {
	ctx := actor.With(s.ctx, who)
	return pg.WriteVal(ctx, s.db, func(tx *pg.Tx) (Out, error) { return verb(ctx, tx, in) })
}

// one reads one value.
func one[T any](s *scene, sql string, args ...any) T {
	s.Helper()
	v, err := pg.ReadVal(s.ctx, s.db, func(tx *pg.Tx) (T, error) { return pg.Val[T](s.ctx, tx, sql, args...) })
	if err != nil {
		s.Fatalf("%v: %s", err, sql)
	}
	return v
}

// operation is one that a phone signed.
func (s *scene) operation(phone *fixture.Handheld, id uuid.UUID, kind fieldwork.Kind, at time.Time, body any) fieldwork.Operation {
	signed := phone.Operation(id, string(kind), at, body)
	signature, err := base64.RawURLEncoding.DecodeString(signed["signature"].(string))
	s.must(err)
	return fieldwork.Operation{ID: id, Kind: kind, CapturedAt: signed["capturedAt"].(string), Body: signed["body"].(string), Signature: signature}
}

func (s *scene) push(phone *fixture.Handheld, op fieldwork.Operation) fieldwork.Answer {
	s.Helper()
	a, err := fieldwork.Push(s.ctx, s.yard, phone.ID, op)
	s.must(err)
	return a
}

// does signs and pushes at once.
func (s *scene) does(phone *fixture.Handheld, kind fieldwork.Kind, body any) fieldwork.Answer {
	s.Helper()
	return s.push(phone, s.operation(phone, pg.NewID(), kind, s.now, body))
}

func (s *scene) want(a fieldwork.Answer, status fieldwork.Status) fieldwork.Answer {
	s.Helper()
	if a.Status != status {
		text, _ := json.Marshal(a)
		s.Fatalf("answered %s, not %s", text, status)
	}
	return a
}

func (s *scene) wantRefused(a fieldwork.Answer, code, path string) {
	s.Helper()
	if a.Status != fieldwork.Rejected || a.Error.Code != code || a.Error.Path != path {
		s.Errorf("answered %+v %+v, not %s at %s", a, a.Error, code, path)
	}
}

// task is the id of the campaign's task in a cell.
func (s *scene) task(i int) uuid.UUID {
	s.Helper()
	return one[uuid.UUID](s, `select id from inspection_tasks where cell = $1`, fixture.Cell(fixture.Nanyuan, i))
}

func position(i int, at time.Time) vars {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	return vars{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 8, "source": "gnss", "capturedAt": at}
}

// passes answers a task's checklist, all well.
func (s *scene) passes(task uuid.UUID, photos ...vars) vars {
	return vars{"task": task, "position": position(0, s.now), "photos": append([]vars{}, photos...), "answers": []vars{
		{"item": fixture.ItemExit, "outcome": "pass"}, {"item": fixture.ItemEdge, "outcome": "pass"}, {"item": fixture.ItemRooms, "outcome": "pass", "number": 12}}}
}

func (s *scene) report() vars {
	return vars{"text": "消防通道被堵", "category": fixture.BlockedExit, "position": position(0, s.now)}
}

// rename changes the shop's fields: pairs of was and now.
func rename(field, was, now string) vars {
	return vars{"code": shop, "fields": []vars{{"field": field, "was": maybe(was), "now": maybe(now)}}}
}

func maybe(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (s *scene) conflicts(who *actor.Actor) []fieldwork.Conflict {
	s.Helper()
	ctx := actor.With(s.ctx, who)
	found, err := pg.ReadVal(ctx, s.db, func(tx *pg.Tx) ([]fieldwork.Conflict, error) {
		found, _, err := fieldwork.Conflicts(ctx, tx, nil, 1000)
		return found, err
	})
	s.must(err)
	return found
}

func (s *scene) held(who *actor.Actor) []fieldwork.Held {
	s.Helper()
	ctx := actor.With(s.ctx, who)
	found, err := pg.ReadVal(ctx, s.db, func(tx *pg.Tx) ([]fieldwork.Held, error) {
		found, _, err := fieldwork.Quarantine(ctx, tx, nil, 1000)
		return found, err
	})
	s.must(err)
	return found
}

func (s *scene) revoke(phone *fixture.Handheld) {
	s.Helper()
	_, err := act(s, s.lead, device.Revoke, device.RevokeInput{Device: phone.ID, Reason: "丢失"})
	s.must(err)
}
