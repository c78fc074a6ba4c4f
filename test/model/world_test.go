package model

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/domain/standard"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// person of the town, as the oracle knows them.
type person struct {
	name, role, department string
}

// holder of the case's cell: whoever is nearest to check it.
const holder = "worker"

var people = []person{
	{"dispatcher", "dispatcher", ""}, {"second dispatcher", "dispatcher", ""},
	{"lead", "duty_lead", ""}, {"second lead", "duty_lead", ""}, {"supervisor", "supervisor", ""},
	{"fire desk", "department_desk", "fire"}, {"urban desk", "department_desk", "urban_management"}, {"safety desk", "department_desk", "safety_supervision"},
	{"fire handler", "handler", "fire"}, {"second fire handler", "handler", "fire"},
	{"urban handler", "handler", "urban_management"}, {"safety handler", "handler", "safety_supervision"},
	{holder, "grid_worker", ""}, {"stand-in", "grid_worker", ""},
	{"reporter", "volunteer", ""},
}

// handlerOf is the first handler of a department.
func handlerOf(department string) string {
	return people[slices.IndexFunc(people, func(p person) bool { return p.role == "handler" && p.department == department })].name
}

// world is a database with the small city and its people, at a time that the test sets.
type world struct {
	failed func(format string, args ...any) // ends the check that runs
	ctx    context.Context
	db     *pg.DB
	now    time.Time
	intake *clue.Intake
	actors map[string]*actor.Actor
	ids    map[uuid.UUID]string // names of people

	id      uuid.UUID // the case
	clue    uuid.UUID // of the reporter, from which it was filed
	merged  []uuid.UUID
	level   int // as it was last seen, in this round
	epoch   int
	round   int
	version int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{failed: t.Fatalf, ctx: t.Context(), db: dbtest.DB(t), actors: map[string]*actor.Actor{}, ids: map[uuid.UUID]string{}, now: epoch}
	key, err := vault.GenerateKey()
	w.must(err)
	keys := &vault.Keys{Seal: key.Public(), Claim: []byte("claim key of thirty-two bytes ..."), Mark: []byte("mark key of thirty-two bytes ...")}
	w.must(w.as(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		for _, p := range people {
			region := fixture.Nanyuan
			if p.role == "supervisor" || p.role == "handler" || p.role == "volunteer" {
				region = fixture.District
			}
			a := fixture.Person(t, ctx, tx, fixture.As(actor.Role(p.role), region, p.department))
			a.Mark = keys.MarkOf(a.ID)
			w.actors[p.name], w.ids[a.ID] = a, p.name
		}
		fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, w.actors[holder], w.actors["stand-in"])
		atlas, err := cell.LoadAtlas(ctx, tx)
		w.intake = &clue.Intake{Atlas: func() *cell.Atlas { return atlas }, Keys: keys}
		return err
	}))
	return w
}

func (w *world) must(err error) {
	if err != nil {
		w.failed("%v", err)
	}
}

// as runs one transaction with somebody acting, at the time that it is. The same few questions are asked a million times of
// a small town, and making their plans anew took more than half of all the time.
func (w *world) as(a *actor.Actor, do func(context.Context, *pg.Tx) error) error {
	ctx := actor.With(w.ctx, a)
	return w.db.Write(ctx, func(tx *pg.Tx) error {
		if _, err := tx.Exec(ctx, "set local plan_cache_mode = force_generic_plan"); err != nil {
			return err
		}
		tx.Now = w.now
		return do(ctx, tx)
	})
}

// deed runs a verb whose answer does not matter.
func deed[In, Out any](w *world, who string, verb func(context.Context, *pg.Tx, In) (Out, error), in In) error {
	return w.as(w.actors[who], func(ctx context.Context, tx *pg.Tx) error {
		_, err := verb(ctx, tx, in)
		return err
	})
}

// begin publishes a calendar and files a case of a kind, reported by the reporter.
func (w *world) begin(k kind, rules calendar.Rules) {
	w.merged, w.level, w.epoch, w.round, w.version = nil, 0, 0, 1, 0
	w.must(w.as(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		version, err := calendar.Newest(ctx, tx)
		if err != nil {
			return err
		}
		rules.Version = version + 1
		body, err := json.Marshal(rules)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "insert into calendars (version, body, published_at) values ($1, $2, $3)", rules.Version, body, tx.Now)
		return err
	}))
	w.clue = w.report("reporter", k.category)
	w.must(w.as(w.actors["dispatcher"], func(ctx context.Context, tx *pg.Tx) error {
		rows, err := standard.ForCategory(ctx, tx, k.category)
		if err != nil {
			return err
		}
		c, err := casework.File(ctx, tx, casework.FileInput{Target: clue.Target{Clue: w.clue}, Standard: rows[0].ID})
		w.id = c.ID
		return err
	}))
}

func (w *world) report(who, category string) (id uuid.UUID) {
	w.must(w.as(w.actors[who], func(ctx context.Context, tx *pg.Tx) error {
		receipt, err := w.intake.Submit(ctx, tx, clue.Submission{ID: pg.NewID(), Text: "通道被堵", Category: category, Position: w.here()})
		id = receipt.Clue.ID
		return err
	}))
	return id
}

// here is in the middle of the holder's cell.
func (w *world) here() geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: w.now}
}

func (w *world) target() casework.Target { return casework.Target{Case: w.id} }

// keep does what keepers do at this time, until nothing is due any more.
func (w *world) keep() {
	for range 20 {
		fired := 0
		w.must(w.as(actor.System("keeper"), func(ctx context.Context, tx *pg.Tx) error {
			resumed, err := casework.ResumeDue(ctx, tx, 100)
			if err != nil {
				return err
			}
			fired, err = casework.Press(ctx, tx, 100)
			fired += resumed
			return err
		}))
		if fired == 0 {
			return
		}
	}
	w.failed("the keeper finds no end")
}

// ask runs the rules for the case, as the queue does.
func (w *world) ask() error {
	return w.as(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) error {
		c, err := casework.Get(ctx, tx, w.id)
		if err != nil {
			return err
		}
		return casework.Route(ctx, tx, casework.RouteJob{Case: w.id, Epoch: c.Epoch})
	})
}

// typhoon closes a day, and carries every open clock over.
func (w *world) typhoon(e calendar.Exception) error {
	var edition casework.Rederivation
	err := w.as(actor.System("admin"), func(ctx context.Context, tx *pg.Tx) error {
		version, err := calendar.Newest(ctx, tx)
		if err == nil {
			edition, err = casework.PublishCalendar(ctx, tx, calendar.Edit{BasedOn: version, Set: []calendar.Exception{e}})
		}
		return err
	})
	for more := err == nil; more; {
		err = w.as(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) (err error) {
			more, err = casework.Rederive(ctx, tx, edition.ID, 2)
			return err
		})
		more = more && err == nil
	}
	return err
}

// check is the open one.
func (w *world) check() (id uuid.UUID) {
	w.must(w.as(actor.System("test"), func(ctx context.Context, tx *pg.Tx) (err error) {
		id, err = pg.Val[uuid.UUID](ctx, tx, "select id from check_tasks where case_id = $1 order by asked_at desc, id desc limit 1", w.id)
		return err
	}))
	return id
}

func (w *world) photos() []media.Declared {
	return []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}
}

// leave ends the case and what else is open, so that the next one has the town for itself.
func (w *world) leave(o *oracle) {
	if o.open() {
		if by := o.asked["void"]; by == "" {
			w.must(deed(w, "lead", casework.Ask, casework.AskInput{Target: w.target(), Kind: casework.Voiding, Reason: "x"}))
			o.asked["void"] = "lead"
		}
		w.must(deed(w, "supervisor", casework.DecideRequest, casework.DecideRequestInput{Target: w.target(), Kind: casework.Voiding, Grant: true}))
	}
	w.must(w.as(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		open, err := pg.Vals[uuid.UUID](ctx, tx, "select id from clues where state = 'submitted' order by id")
		w.merged = open
		return err
	}))
	for _, id := range w.merged {
		w.must(deed(w, "dispatcher", clue.Refuse, clue.RefuseInput{Target: clue.Target{Clue: id}, Reason: "x"}))
	}
}

// differs tells how the case is not what the oracle says, or "".
func (w *world) differs(o *oracle) (said string) {
	w.must(w.as(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		c, err := casework.Get(ctx, tx, w.id)
		if err != nil {
			return err
		}
		if said = w.compare(ctx, tx, c, o); said == "" {
			said, err = w.compareOffers(ctx, tx, o)
		}
		return err
	}))
	return said
}

// compareOffers asks for everybody in turn.
func (w *world) compareOffers(ctx context.Context, tx *pg.Tx, o *oracle) (string, error) {
	for _, p := range people {
		var offered []string
		tx.Actor = w.actors[p.name]
		actions, err := casework.ActionsOf(ctx, tx, []uuid.UUID{w.id})
		if err != nil {
			return "", err
		}
		for _, a := range actions[w.id] {
			offered = append(offered, string(a))
		}
		slices.Sort(offered)
		if may := o.may(p); !slices.Equal(offered, may) {
			return fmt.Sprintf("the %s is offered %v, and may %v", p.name, offered, may), nil
		}
	}
	return "", nil
}

func (w *world) compare(ctx context.Context, tx *pg.Tx, c casework.Case, o *oracle) string {
	handler := ""
	if c.HandlerID != nil {
		handler = w.ids[*c.HandlerID]
	}
	department := ""
	if c.Department != nil {
		department = *c.Department
	}
	is := fmt.Sprintf("%s, round %d, of %s, handled by %s, %d clues", c.State, c.Round, department, handler, c.ClueCount)
	if want := fmt.Sprintf("%s, round %d, of %s, handled by %s, %d clues", o.state, o.round, o.department, o.handler, o.clues); is != want {
		return fmt.Sprintf("it is %s, and should be %s", is, want)
	}
	if c.Round == w.round && c.Level < w.level || c.Epoch < w.epoch || c.Version < w.version {
		return fmt.Sprintf("level, epoch or version fell: %d, %d, %d after %d, %d, %d", c.Level, c.Epoch, c.Version, w.level, w.epoch, w.version)
	}
	w.level, w.epoch, w.round, w.version = c.Level, c.Epoch, c.Round, c.Version
	if said := w.compareClocks(ctx, tx, o); said != "" {
		return said
	}
	if said := w.comparePressed(ctx, tx, o); said != "" {
		return said
	}
	violations, err := casework.CheckInvariants(ctx, tx)
	w.must(err)
	if len(violations) > 0 {
		return fmt.Sprintf("%+v", violations)
	}
	return ""
}

func (w *world) compareClocks(ctx context.Context, tx *pg.Tx, o *oracle) string {
	clocks, err := casework.ClocksOf(ctx, tx, []uuid.UUID{w.id})
	w.must(err)
	var running []string
	for _, c := range clocks[w.id] {
		if c.StoppedAt != nil {
			continue
		}
		running = append(running, string(c.Stage))
		mine := o.clocks[string(c.Stage)]
		if mine == nil {
			continue
		}
		if o.state != "suspended" {
			if due := instant(o.due(mine)); !c.DueAt.Equal(due) {
				return fmt.Sprintf("the clock %s is due at %s, and by counting minutes at %s", c.Stage, c.DueAt.In(city), due)
			}
		}
	}
	slices.Sort(running)
	if want := o.running(); !slices.Equal(running, want) {
		return fmt.Sprintf("the clocks %v run, and should %v", running, want)
	}
	return ""
}

// pressed is what the timeline tells of a step.
type pressed struct {
	Round int    `db:"round"`
	Stage string `db:"stage"`
	Step  int    `db:"step"`
}

func (w *world) comparePressed(ctx context.Context, tx *pg.Tx, o *oracle) string {
	rows, err := pg.All[pressed](ctx, tx, `select round, detail->>'stage' as stage, (detail->>'step')::int as step from case_events
		where case_id = $1 and kind = 'pressed' order by id`, w.id)
	w.must(err)
	var is, want []string
	for _, p := range rows {
		is = append(is, fmt.Sprintf("%d %s %d", p.Round, p.Stage, p.Step))
	}
	for _, f := range o.fired {
		want = append(want, fmt.Sprintf("%d %s %d", f.round, f.stage, f.step))
	}
	slices.Sort(is)
	slices.Sort(want)
	if !slices.Equal(is, want) {
		return fmt.Sprintf("%q have fired, and should %q", is, want)
	}
	missed, err := pg.Val[int](ctx, tx, "select count(*) from deadlines where case_id = $1 and state = 'missed'", w.id)
	w.must(err)
	if missed != o.missed {
		return fmt.Sprintf("%d steps were missed, and should be %d", missed, o.missed)
	}
	return ""
}

// refusedAsTold reports whether an error is one that somebody is told.
func refusedAsTold(err error) bool {
	_, is := fault.As(err)
	return is
}
