package harness

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// Person is somebody with an account, a telephone, and shifts day and night.
type Person struct {
	*actor.Actor
	Login, Phone string

	mu     sync.Mutex
	client *Client // once signed in
}

// Town is who works where in the small city. Nanyuan street is where stories happen: its cells 0–3 are the worker's,
// 4–7 the other worker's. Whoever is Far works in Yuanling, the street beside it, and has no business in Nanyuan.
type Town struct {
	Volunteer, Neighbour *Person // two reporters with an account
	Worker, OtherWorker  *Person // grid workers, who stand in for one another
	Dispatcher, DutyLead *Person
	Desks, Handlers      map[string]*Person // of Nanyuan, by department
	Supervisor, Admin    *Person
	FarDispatcher        *Person
	FarWorker            *Person
	FarDesk, FarHandler  *Person              // of the fire department in Yuanling
	FarSupervisor        *Person              // of another district
	System               *Person              // another system's account
	Key                  string               // its API key
	Standards            map[string]uuid.UUID // filing standards by category
	RentalChecklist      uuid.UUID
}

// Password is everybody's.
const Password = "correct horse battery staple"

// passwordHash is made once: it is dear by design.
var passwordHash = sync.OnceValue(func() string { return identity.HashPassword(Password) })

// builder writes the town's people.
type builder struct {
	t  testing.TB
	tx *pg.Tx
	n  int
}

// BuildTown writes the small city and everybody in it.
func BuildTown(t testing.TB, tx *pg.Tx) Town {
	t.Helper()
	ctx := t.Context()
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	b := &builder{t: t, tx: tx}
	town := Town{
		Volunteer:     b.person(actor.Volunteer, fixture.CityCode, ""),
		Neighbour:     b.person(actor.Volunteer, fixture.CityCode, ""),
		Worker:        b.person(actor.GridWorker, fixture.Nanyuan, ""),
		OtherWorker:   b.person(actor.GridWorker, fixture.Nanyuan, ""),
		Dispatcher:    b.person(actor.Dispatcher, fixture.Nanyuan, ""),
		DutyLead:      b.person(actor.DutyLead, fixture.Nanyuan, ""),
		Desks:         map[string]*Person{},
		Handlers:      map[string]*Person{},
		Supervisor:    b.person(actor.Supervisor, fixture.District, ""),
		Admin:         b.person(actor.Admin, fixture.CityCode, ""),
		FarDispatcher: b.person(actor.Dispatcher, fixture.Yuanling, ""),
		FarWorker:     b.person(actor.GridWorker, fixture.Yuanling, ""),
		FarDesk:       b.person(actor.DepartmentDesk, fixture.Yuanling, fixture.Fire),
		FarHandler:    b.person(actor.Handler, fixture.Yuanling, fixture.Fire),
		FarSupervisor: b.person(actor.Supervisor, "440305", ""),
		System:        b.person(actor.Integration, fixture.CityCode, ""),
	}
	for _, department := range []string{fixture.Fire, fixture.Urban, fixture.Safety} {
		town.Desks[department] = b.person(actor.DepartmentDesk, fixture.Nanyuan, department)
		town.Handlers[department] = b.person(actor.Handler, fixture.Nanyuan, department)
	}
	b.duties(town)
	town.Key = identity.NewKey(tx, town.System.ID, "camera analytics")
	town.Standards = b.standards()
	town.RentalChecklist = fixture.Checklist(t, ctx, tx)
	return town
}

func (b *builder) person(role actor.Role, region, department string) *Person {
	b.t.Helper()
	b.n++
	p := &Person{Login: fmt.Sprintf("%s%d", role, b.n), Phone: fmt.Sprintf("+861380000%04d", b.n)}
	p.Actor = fixture.Person(b.t, b.t.Context(), b.tx, fixture.As(role, region, department),
		fixture.SignsIn(p.Login, passwordHash()), fixture.Phone(p.Phone))
	return p
}

func (b *builder) duties(town Town) {
	b.t.Helper()
	ctx := b.t.Context()
	west, east, far := cells(fixture.Nanyuan, 0, 4), cells(fixture.Nanyuan, 4, 8), cells(fixture.Yuanling, 0, 8)
	fixture.DutyGrid(b.t, ctx, b.tx, west, town.Worker.Actor, town.OtherWorker.Actor)
	fixture.DutyGrid(b.t, ctx, b.tx, east, town.OtherWorker.Actor, town.Worker.Actor)
	fixture.DutyGrid(b.t, ctx, b.tx, far, town.FarWorker.Actor)
}

func cells(street string, from, to int) []string {
	var codes []string
	for i := from; i < to; i++ {
		codes = append(codes, fixture.Cell(street, i))
	}
	return codes
}

func (b *builder) standards() map[string]uuid.UUID {
	b.t.Helper()
	type filing struct {
		ID       uuid.UUID `db:"id"`
		Category string    `db:"category"`
	}
	rows, err := pg.All[filing](b.t.Context(), b.tx, `select id, category from filing_standards order by category`)
	if err != nil {
		b.t.Fatalf("harness: %v", err)
	}
	byCategory := map[string]uuid.UUID{}
	for _, f := range rows {
		byCategory[f.Category] = f.ID
	}
	return byCategory
}
