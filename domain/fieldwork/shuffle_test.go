package fieldwork_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/fieldwork"
	"gridwork/domain/inspection"
	"gridwork/domain/standard"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// few is how often `make test` shuffles, and thin how many things there are to the one whose operations it takes; `make shuffle`
// takes all 500 a thousand times.
const few, thin = 24, 5

// outboxes are those of two handhelds after a shift: 500 operations of all kinds, many of them about the same things.
type outboxes struct {
	*scene
	dispatcher, desk *actor.Actor
	all              []posted
	things           map[string]int
}

// posted is an operation in the outbox of one of two handhelds.
type posted struct {
	fieldwork.Operation
	from  *fixture.Handheld
	about int // the same for operations about the same thing
}

func (o *outboxes) post(from *fixture.Handheld, kind fieldwork.Kind, after time.Duration, body vars) {
	thing := fmt.Sprint(kind, body["task"], body["case"], body["code"], body["text"])
	if kind == fieldwork.ReportDisposal {
		thing = fmt.Sprint(body["case"])
	}
	if _, met := o.things[thing]; !met {
		o.things[thing] = len(o.things)
	}
	o.all = append(o.all, posted{o.operation(from, pg.NewID(), kind, o.now.Add(after-time.Hour), body), from, o.things[thing]})
}

func newOutboxes(t testing.TB) *outboxes {
	o := &outboxes{scene: newScene(t), things: map[string]int{}}
	o.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		o.dispatcher = fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
		o.desk = fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.District, fixture.Fire))
		fixture.Grant(t, ctx, tx, o.worker, actor.Handler, fixture.District, fixture.Fire)
		o.worker.Grants = append(o.worker.Grants, actor.Grant{Role: actor.Handler, Region: fixture.District, Department: fixture.Fire})
		for i := range 9 {
			lon, lat := fixture.Centre(fixture.Nanyuan, i%8)
			o.exec(ctx, tx, `insert into premises (code, name, terms, kind, point, cell, street, updated_at)
				values ($1, '老店', '{}', '商铺', st_setsrid(st_makepoint($2, $3), 4326), $4, $5, $6)`,
				fmt.Sprintf("P-%d", i+2), lon, lat, fixture.Cell(fixture.Nanyuan, i%8), fixture.Nanyuan, tx.Now)
		}
	})
	o.reports()
	o.inspections()
	o.claims()
	o.verifications()
	o.disposals()
	o.checks()
	o.changes()
	return o
}

func (o *outboxes) phones() [2]*fixture.Handheld { return [2]*fixture.Handheld{o.phone, o.otherPhone} }

// 160 reports, half of them from each handheld, some without a name.
func (o *outboxes) reports() {
	for i := range 160 {
		o.post(o.phones()[i%2], fieldwork.SubmitClue, time.Duration(i)*time.Second, vars{"text": fmt.Sprint("报告", i), "category": fixture.Rubbish,
			"position": position(i%8, o.now), "anonymous": i%5 == 0})
	}
}

// 120 inspections of 40 tasks: two by whoever has the task, and one by the other.
func (o *outboxes) inspections() {
	o.write(o.lead, func(ctx context.Context, tx *pg.Tx) {
		list, err := pg.Val[uuid.UUID](ctx, tx, "select id from checklists")
		o.must(err)
		for i := range 4 {
			c, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: fmt.Sprint("排查", i), Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			o.must(err)
			for more := true; more; {
				more, err = inspection.Generate(ctx, tx, c.ID, 100)
				o.must(err)
			}
		}
		o.exec(ctx, tx, `update inspection_tasks set assignee_id = case when get_byte(uuid_send(id), 15) % 2 = 0 then $1::uuid else $2 end`, o.worker.ID, o.other.ID)
	})
	for i, task := range many(o, `select id from inspection_tasks order by id`) {
		for n, from := range []*fixture.Handheld{o.phone, o.otherPhone, o.phones()[i%2]} {
			body := o.passes(task)
			body["answers"].([]vars)[2]["number"] = n + 1
			o.post(from, fieldwork.SubmitInspection, time.Duration(i)*time.Second, body)
		}
	}
}

// 20 claims of 10 tasks that nobody has: the first gets it.
func (o *outboxes) claims() {
	o.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		campaign, err := pg.Val[uuid.UUID](ctx, tx, "select id from campaigns order by id limit 1")
		o.must(err)
		o.exec(ctx, tx, `insert into inspection_tasks (id, campaign_id, cell, premises, street, state, due_at, created_at)
			select gen_random_uuid(), $1, cell, code, street, 'open', $2, $2 from premises`, campaign, tx.Now)
	})
	for i, task := range many(o, `select id from inspection_tasks where assignee_id is null order by id`) {
		for _, from := range o.phones() {
			o.post(from, fieldwork.ClaimTask, time.Duration(i)*time.Second, vars{"task": task})
		}
	}
}

// 60 answers to 20 verifications: two by who was asked, and one by the other.
func (o *outboxes) verifications() {
	for i := range 20 {
		c := o.reported(fixture.Rubbish, i%8)
		asked := []*actor.Actor{o.worker, o.other}[i%2]
		_, err := act(o.scene, o.dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: c.ID}, Assignee: &asked.ID})
		o.must(err)
	}
	for i, task := range many(o, `select id from verify_tasks order by id`) {
		for n, from := range []*fixture.Handheld{o.phone, o.otherPhone, o.phones()[i%2]} {
			o.post(from, fieldwork.AnswerVerification, time.Duration(i)*time.Second, vars{"task": task, "confirmed": n != 1, "note": fmt.Sprint("核实", n)})
		}
	}
}

// 20 disposals of 10 cases, two of each.
func (o *outboxes) disposals() {
	for i := range 10 {
		c := o.working(i % 8)
		for n := range 2 {
			o.post(o.phone, fieldwork.ReportDisposal, time.Duration(i)*time.Second, o.disposal(c, i%8, n))
		}
	}
}

// 20 answers to 10 checks: one by who was asked, and one by who fixed it.
func (o *outboxes) checks() {
	for i := range 10 {
		c := o.working(i % 8)
		o.want(o.does(o.phone, fieldwork.ReportDisposal, o.disposal(c, i%8, 0)), fieldwork.Accepted)
		_, err := act(o.scene, o.desk, casework.SubmitForCheck, casework.NoteInput{Target: casework.Target{Case: c.ID}})
		o.must(err)
		task := one[uuid.UUID](o.scene, `select id from check_tasks where case_id = $1`, c.ID)
		for n, from := range o.phones() {
			o.post(from, fieldwork.AnswerCheck, time.Duration(i)*time.Second, vars{"task": task, "fixed": true, "note": fmt.Sprint("核查", n)})
		}
	}
}

// 100 changes of 10 premises: two people who both know only what stood there, and chains of each.
func (o *outboxes) changes() {
	for i := range 10 {
		code, was := fmt.Sprintf("P-%d", i+1), [2]string{"老店", "商铺"}
		if i == 0 {
			was[0] = "老王杂货店"
		}
		for n, from := range o.phones() {
			before := was
			for step := range 5 {
				field, now := step%2, fmt.Sprint("改", n, step)
				o.post(from, fieldwork.UpdatePremises, time.Duration(step*2+n)*time.Minute, vars{"code": code,
					"fields": []vars{{"field": []string{"name", "kind"}[field], "was": before[field], "now": now}}})
				before[field] = now
			}
		}
	}
}

func many(o *outboxes, sql string) []uuid.UUID {
	o.Helper()
	found, err := pg.ReadVal(o.ctx, o.db, func(tx *pg.Tx) ([]uuid.UUID, error) { return pg.Vals[uuid.UUID](o.ctx, tx, sql) })
	o.must(err)
	return found
}

func (o *outboxes) at(cell int) geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, cell)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 8, Source: geo.SourceGNSS, CapturedAt: o.now}
}

func (o *outboxes) reported(category string, cell int) clue.Clue {
	o.Helper()
	receipt, err := act(o.scene, actor.Anonymous, o.yard.Intake.Submit, clue.Submission{ID: pg.NewID(), Text: "通道被堵", Category: category, Position: o.at(cell)})
	o.must(err)
	return receipt.Clue
}

// working is a case that the first grid worker, who is a handler too, has in hand.
func (o *outboxes) working(cell int) casework.Case {
	o.Helper()
	reported := o.reported(fixture.BlockedExit, cell)
	rows, err := pg.ReadVal(o.ctx, o.db, func(tx *pg.Tx) ([]standard.Filing, error) {
		return standard.ForCategory(o.ctx, tx, fixture.BlockedExit)
	})
	o.must(err)
	c, err := act(o.scene, o.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: reported.ID}, Standard: rows[0].ID})
	o.must(err)
	o.write(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) {
		o.must(casework.Route(ctx, tx, casework.RouteJob{Case: c.ID, Epoch: c.Epoch}))
	})
	c, err = act(o.scene, o.desk, casework.Accept, casework.AcceptInput{Target: casework.Target{Case: c.ID}, Handler: o.worker.ID})
	o.must(err)
	return c
}

func (o *outboxes) disposal(c casework.Case, cell, n int) vars {
	return vars{"case": c.ID, "text": fmt.Sprint("已处置", n), "position": position(cell, o.now),
		"photos": []vars{{"id": pg.NewID(), "sha256": strings.Repeat("00", 32)}}}
}

// drain empties an outbox, as a handheld with a bad network does: in any order, a few at a time, hearing some answers and
// sending again what it did not hear of. It returns how each operation came out.
func drain(ctx context.Context, t testing.TB, yard fieldwork.Yard, box []posted, dice *rand.Rand) map[uuid.UUID]fieldwork.Status {
	heard := map[uuid.UUID]fieldwork.Status{}
	dice.Shuffle(len(box), func(i, j int) { box[i], box[j] = box[j], box[i] })
	for len(box) > 0 {
		n := min(1+dice.IntN(20), len(box))
		batch := box[:n:n]
		box = box[n:]
		for _, op := range batch {
			a, err := fieldwork.Push(ctx, yard, op.from.ID, op.Operation)
			if err != nil {
				t.Errorf("%s: %v", op.Kind, err)
			}
			came := a.Status
			if came == fieldwork.Duplicate {
				came = a.First
			}
			before, again := heard[op.ID]
			if again && before != came {
				t.Errorf("%s %v came out %s, and then %s", op.Kind, op.ID, before, came)
			}
			if !a.Retry && !(again && dice.IntN(2) == 0) { // what the handheld did not hear, the platform answers the same again
				heard[op.ID] = came
			}
			if a.Retry || dice.IntN(4) == 0 {
				box = slices.Insert(box, dice.IntN(len(box)+1), op)
			}
		}
	}
	return heard
}

// What has to come out the same in any order. Who was first may differ: then the other version is kept, so that both together
// are the same.
const outcomeSQL = `select string_agg(line, E'\n' order by line) from (
	select concat_ws(' ', 'clue', id, text, category, source) as line from clues
	union all select concat_ws(' ', 'receipt', operation_id, kind, encode(payload_hash, 'hex')) from receipts where kind <> 'task.claim'
	union all select concat_ws(' ', 'claimed', task_id, count(*)) from inspection_task_events where kind = 'claimed' group by task_id
	union all select concat_ws(' ', 'premises', code, name, kind, legal_entity, credit_code) from premises
	union all select concat_ws(' ', 'contested', operation_id, field, theirs) from conflicts where kind = 'premises.update' and state = 'open'
	union all select concat_ws(' ', 'inspected', t.id, t.state, (select count(*) from inspections i where i.task_id = t.id),
		(select array_agg(version order by version) from (select id as version from inspections i where i.task_id = t.id
			union all select operation_id from conflicts c where c.subject = t.id::text and state = 'open') versions)) from inspection_tasks t
	union all select concat_ws(' ', 'verified', t.id, t.state = 'open', (select count(*) from conflicts c where c.subject = t.id::text and state = 'open')) from verify_tasks t
	union all select concat_ws(' ', 'checked', t.id, t.answered_at is not null, (select count(*) from conflicts c where c.subject = t.id::text and state = 'open')) from check_tasks t
	union all select concat_ws(' ', 'disposed', k.id, k.state, (select count(*) from disposals d where d.case_id = k.id),
		(select array_agg(version order by version) from (select id as version from disposals d where d.case_id = k.id
			union all select operation_id from conflicts c where c.subject = k.id::text and state = 'open') versions)) from cases k
	union all select concat_ws(' ', 'photo', id, subject is not null) from photos
	union all select concat_ws(' ', 'held', operation_id) from quarantine
) outcome`

func TestTwoOutboxesComeOutTheSameInAnyOrder(t *testing.T) {
	t.Parallel()
	o := newOutboxes(t)
	if len(o.all) != 500 {
		t.Fatalf("%d operations", len(o.all))
	}
	o.db.Close() // a database with visitors cannot be copied
	times, each := few, thin
	if said, err := strconv.Atoi(os.Getenv("SHUFFLES")); err == nil {
		times, each = said, 1
	}
	var boxes [2][]posted
	for _, op := range o.all {
		if op.about%each == 0 {
			n := 0
			if op.from == o.otherPhone {
				n = 1
			}
			boxes[n] = append(boxes[n], op)
		}
	}
	var want string
	for n := range times {
		seed := rand.Uint64()
		got := o.shuffled(boxes, seed)
		if n == 0 {
			want = got
		}
		if got != want {
			t.Fatalf("seed %d: %s", seed, difference(want, got))
		}
		if (n+1)%50 == 0 { // half an hour is long to see nothing
			t.Logf("%d of %d orders came out the same", n+1, times)
		}
	}
	t.Logf("%d operations, %d times", len(boxes[0])+len(boxes[1]), times)
}

// shuffled drains both outboxes at once into a city of their own, and returns what came of it.
func (o *outboxes) shuffled(boxes [2][]posted, seed uint64) string {
	o.Helper()
	db, drop := dbtest.Copy(o, o.address)
	defer drop()
	yard := fieldwork.Yard{DB: db, Intake: o.yard.Intake}
	var heard [2]map[uuid.UUID]fieldwork.Status
	var both sync.WaitGroup
	for n, box := range boxes {
		both.Go(func() { heard[n] = drain(o.ctx, o, yard, slices.Clone(box), rand.New(rand.NewPCG(seed, uint64(n)))) })
	}
	both.Wait()
	outcome, err := pg.ReadVal(o.ctx, db, func(tx *pg.Tx) (string, error) { return pg.Val[string](o.ctx, tx, outcomeSQL) })
	o.must(err)
	for n, box := range boxes {
		for _, op := range box {
			came := heard[n][op.ID]
			if op.Kind == fieldwork.ClaimTask { // accepted or rejected, and one of both accepted: a line of the outcome
				continue
			}
			if stored := strings.Count(outcome, "receipt "+op.ID.String()) + strings.Count(outcome, "clue "+op.ID.String()); stored != 1 || came != fieldwork.Accepted && came != fieldwork.Conflicting {
				text, _ := json.Marshal(op.Operation.Body)
				o.Errorf("seed %d: %s %s came out %q and is stored %d times", seed, op.Kind, text, came, stored)
			}
		}
	}
	return outcome
}

// difference shows the lines that only one of two outcomes has.
func difference(a, b string) string {
	var out strings.Builder
	for _, side := range [][3]string{{"only before: ", a, b}, {"only now: ", b, a}} {
		for line := range strings.SplitSeq(side[1], "\n") {
			if !strings.Contains(side[2], line) {
				out.WriteString("\n" + side[0] + line)
			}
		}
	}
	return out.String()
}
