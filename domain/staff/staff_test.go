package staff_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/staff"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// office is a town with three administrators, one of them of a district, and somebody of its own to administer.
type office struct {
	*town.Town
	second, ofDistrict, worker *actor.Actor
	grid                       uuid.UUID
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Town: town.New(t)}
	o.second = o.Person(actor.Admin, fixture.CityCode, "")
	o.ofDistrict = o.Person(actor.Admin, fixture.District, "")
	o.worker = fixture.Person(t, o.Ctx, o.Tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.SignsIn("worker", identity.HashPassword("correct horse")))
	o.grid = fixture.DutyGrid(t, o.Ctx, o.Tx, []string{cellOfWorker}, o.worker)
	return o
}

var cellOfWorker = fixture.Cell(fixture.Nanyuan, 0)

// as runs a verb with somebody acting, and writes what it has queued.
func as[In, Out any](o *office, who *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (Out, error) {
	o.Helper()
	out, err := town.As(o.Town, who, verb, in)
	return out, errors.Join(err, o.Tx.Flush(o.Ctx))
}

func done[In, Out any](o *office, who *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) Out {
	o.Helper()
	out, err := as(o, who, verb, in)
	o.Must(err)
	return out
}

func (o *office) listed(who *actor.Actor, f staff.Filter) (ids []uuid.UUID) {
	o.Helper()
	fixture.Do(o.Tx, who, func() {
		page, _, err := staff.List(o.Ctx, o.Tx, f, nil, 100)
		o.Must(err)
		for _, m := range page {
			ids = append(ids, m.ID)
		}
	})
	return ids
}

func (o *office) requests(who *actor.Actor) (found []staff.Request) {
	o.Helper()
	fixture.Do(o.Tx, who, func() {
		var err error
		found, err = staff.Requests(o.Ctx, o.Tx)
		o.Must(err)
	})
	return found
}

func (o *office) grants(person uuid.UUID) (roles []actor.Role) {
	o.Helper()
	found, err := staff.Grants(o.Ctx, o.Tx, []uuid.UUID{person})
	o.Must(err)
	for _, g := range found {
		roles = append(roles, g.Role)
	}
	return roles
}

var newcomer = staff.Registration{Name: "李新", Login: " Li.Xin ", Locale: "zh", Grant: staff.GrantOf{Role: actor.Dispatcher, Region: fixture.Nanyuan}}

func TestSomebodyNewIsNothingBeforeASecondAdministratorHasSaidSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	in := done(o, o.Admin, staff.Register, newcomer)
	if *in.Login != "li.xin" || len(in.Password) != 19 {
		t.Errorf("registered %q with password %q", *in.Login, in.Password)
	}
	if got := o.grants(in.ID); len(got) > 0 {
		t.Fatalf("is %v already", got)
	}
	if !slices.Contains(o.listed(o.ofDistrict, staff.Filter{Text: "xin"}), in.ID) {
		t.Error("the district's administrator does not see somebody who is to work there")
	}
	request := o.requests(o.second)[0].ID
	_, err := as(o, o.Admin, staff.Decide, staff.DecideInput{Request: request, Grant: true})
	o.Refused("whoever asked", err, "ONESELF", "request")
	done(o, o.second, staff.Decide, staff.DecideInput{Request: request, Grant: true})
	if got := o.grants(in.ID); !slices.Equal(got, []actor.Role{actor.Dispatcher}) {
		t.Errorf("is %v", got)
	}
	_, err = as(o, o.second, staff.Decide, staff.DecideInput{Request: request})
	o.Refused("decided twice", err, "REQUEST_NOT_FOUND", "request")
	_, err = as(o, o.Admin, staff.Ask, staff.AskInput{Person: in.ID, Grant: newcomer.Grant})
	o.Refused("again", err, "GRANT_HELD", "grant")
}

func TestNobodyMakesThemselvesAnything(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	more := staff.GrantOf{Role: actor.Supervisor, Region: "4403"}
	_, err := as(o, o.Admin, staff.Ask, staff.AskInput{Person: o.Admin.ID, Grant: more})
	o.Refused("asking for oneself", err, "ONESELF", "person")
	done(o, o.second, staff.Ask, staff.AskInput{Person: o.Admin.ID, Grant: more})
	_, err = as(o, o.Admin, staff.Decide, staff.DecideInput{Request: o.requests(o.Admin)[0].ID, Grant: true})
	o.Refused("deciding about oneself", err, "ONESELF", "request")
	_, err = as(o, o.Admin, staff.Disable, staff.DisableInput{Person: o.Admin.ID, Reason: "x"})
	o.Refused("closing one's own account", err, "ONESELF", "person")
	_, err = as(o, o.Admin, staff.ResetPassword, o.Admin.ID)
	o.Refused("one's own password", err, "ONESELF", "person")
}

func TestADistrictsAdministratorStaysInTheDistrict(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	far := fixture.Person(t, o.Ctx, o.Tx, fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	volunteer := fixture.Person(t, o.Ctx, o.Tx, fixture.As(actor.Volunteer, "4403", ""))
	wide := fixture.Person(t, o.Ctx, o.Tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""), fixture.As(actor.Supervisor, "4403", ""))
	seen := o.listed(o.ofDistrict, staff.Filter{})
	if !slices.Contains(seen, o.worker.ID) || slices.Contains(seen, volunteer.ID) {
		t.Errorf("the district's administrator sees %v", seen)
	}
	if slices.Contains(o.listed(o.Admin, staff.Filter{}), volunteer.ID) {
		t.Error("a volunteer is listed: reporters are no staff")
	}
	if fixture.Yuanling[:6] != fixture.Nanyuan[:6] && slices.Contains(seen, far.ID) {
		t.Error("sees somebody of another district")
	}
	_, err := as(o, o.ofDistrict, staff.Disable, staff.DisableInput{Person: wide.ID, Reason: "x"})
	o.Refused("somebody who also works beyond", err, "PERSON_BEYOND", "person")
	_, err = as(o, o.ofDistrict, staff.Ask, staff.AskInput{Person: o.worker.ID, Grant: staff.GrantOf{Role: actor.Admin, Region: "4403"}})
	o.Refused("a grant for the city", err, "NOT_ALLOWED", "grant.region")
	_, err = as(o, o.worker, staff.Ask, staff.AskInput{Person: o.worker.ID, Grant: newcomer.Grant})
	o.Refused("a grid worker", err, "PERSON_NOT_FOUND", "person")
}

func TestAnAccountThatIsClosedKeepsNothingOpen(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	campaign := done(o, o.Admin, inspection.StartCampaign, inspection.Start{Name: "x", Region: fixture.Nanyuan, Checklist: fixture.Checklist(t, o.Ctx, o.Tx), DueAt: o.Tx.Now.Add(48 * time.Hour)})
	fixture.Do(o.Tx, actor.System("job"), func() {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(o.Ctx, o.Tx, campaign.ID, 100)
			o.Must(err)
		}
	})
	count := func(sql string) int {
		t.Helper()
		n, err := pg.Val[int](o.Ctx, o.Tx, sql, o.worker.ID)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	const tasks = `select count(*)::int from inspection_tasks where assignee_id = $1 and state = 'open'`
	if count(tasks) == 0 {
		t.Fatal("the worker has nothing to leave behind")
	}
	done(o, o.Admin, staff.Disable, staff.DisableInput{Person: o.worker.ID, Reason: "调离"})
	for what, sql := range map[string]string{
		"tasks": tasks, "grants": `select count(*)::int from grants where person_id = $1 and revoked_at is null`,
		"duties": `select count(*)::int from duties where person_id = $1 and valid_to is null`,
		"shifts": `select count(*)::int from shifts where person_id = $1 and valid_to is null`,
	} {
		if n := count(sql); n != 0 {
			t.Errorf("%d %s are left", n, what)
		}
	}
	if n := count(`select count(*)::int from inspection_task_events where from_id = $1 and kind = 'given_back'`); n == 0 {
		t.Error("the tasks do not tell how they came to be nobody's")
	}
	_, err := as(o, o.second, staff.Disable, staff.DisableInput{Person: o.worker.ID, Reason: "x"})
	o.Refused("twice", err, "PERSON_DISABLED", "person")
	if slices.Contains(o.listed(o.Admin, staff.Filter{}), o.worker.ID) || !slices.Contains(o.listed(o.Admin, staff.Filter{Disabled: true}), o.worker.ID) {
		t.Error("closed accounts stand in a list of their own")
	}
	done(o, o.second, staff.Enable, o.worker.ID)
	if got := o.grants(o.worker.ID); len(got) > 0 {
		t.Errorf("open again, and still %v", got)
	}
}

func TestTheRosterSaysWhoHoldsACell(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	other := fixture.Person(t, o.Ctx, o.Tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.OffDuty())
	holder := func() uuid.UUID {
		t.Helper()
		code := cellOfWorker
		held, err := cell.Holders(o.Ctx, o.Tx, []string{code}, o.Tx.Now)
		if err != nil {
			t.Fatal(err)
		}
		return held[code]
	}
	if holder() != o.worker.ID {
		t.Fatal("somebody else holds the cell")
	}
	o.Tx.Now = o.Tx.Now.Add(time.Hour)
	done(o, o.Admin, staff.AddAbsence, staff.AbsenceInput{Person: o.worker.ID, From: o.Tx.Now, To: o.Tx.Now.Add(24 * time.Hour)})
	done(o, o.Admin, staff.AssignDuty, staff.DutyInput{Grid: o.grid, Person: other.ID, Part: staff.StandIn})
	if holder() != o.worker.ID {
		t.Error("a stand-in who is not on duty has taken over")
	}
	grant, err := staff.Grants(o.Ctx, o.Tx, []uuid.UUID{other.ID})
	o.Must(err)
	week := []calendar.Weekday{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	done(o, o.Admin, staff.AddShift, staff.ShiftInput{Grant: grant[0].ID, Weekdays: week, From: calendar.Date{Year: 2020, Month: 1, Day: 1}})
	if holder() != other.ID {
		t.Error("the holder is away, and the stand-in on duty does not hold the cell")
	}
	absences, err := staff.Absences(o.Ctx, o.Tx, []uuid.UUID{o.worker.ID})
	if err != nil || len(absences) != 1 {
		t.Fatalf("%v, %v", absences, err)
	}
	o.Tx.Now = o.Tx.Now.Add(time.Hour)
	done(o, o.Admin, staff.EndAbsence, absences[0].ID)
	if holder() != o.worker.ID {
		t.Error("back, and somebody else holds the cell")
	}
	done(o, o.Admin, staff.AssignDuty, staff.DutyInput{Grid: o.grid, Person: other.ID, Part: staff.Holder})
	o.Tx.Now = o.Tx.Now.Add(time.Hour)
	if holder() != other.ID {
		t.Error("a new holder does not hold")
	}
	done(o, o.Admin, staff.EndDuty, staff.EndDutyInput{Grid: o.grid, Person: other.ID})
	if holder() != uuid.Nil {
		t.Error("nobody holds, and somebody does")
	}
}

func TestWhatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for what, c := range map[string]struct {
		change     func(*staff.Registration)
		code, path string
	}{
		"no name":                  {func(r *staff.Registration) { r.Name = " " }, "TEXT_MISSING", "name"},
		"a login of one letter":    {func(r *staff.Registration) { r.Login = "x" }, "LOGIN_MALFORMED", "login"},
		"a login with a space":     {func(r *staff.Registration) { r.Login = "li xin" }, "LOGIN_MALFORMED", "login"},
		"somebody's login":         {func(r *staff.Registration) { r.Login = "worker" }, "LOGIN_TAKEN", "login"},
		"a number without a code":  {func(r *staff.Registration) { n := "13800000000"; r.Phone = &n }, "PHONE_MALFORMED", "phone"},
		"another language":         {func(r *staff.Registration) { r.Locale = "fr" }, "LOCALE_UNKNOWN", "locale"},
		"a volunteer":              {func(r *staff.Registration) { r.Grant.Role = actor.Volunteer }, "ROLE_NOT_STAFF", "grant.role"},
		"nowhere":                  {func(r *staff.Registration) { r.Grant.Region = "9999" }, "REGION_UNKNOWN", "grant.region"},
		"a desk of no department":  {func(r *staff.Registration) { r.Grant.Role = actor.DepartmentDesk }, "DEPARTMENT_UNKNOWN", "grant.department"},
		"a dispatcher of one":      {func(r *staff.Registration) { r.Grant.Department = fixture.Fire }, "DEPARTMENT_UNKNOWN", "grant.department"},
		"a department that is not": {func(r *staff.Registration) { r.Grant.Role, r.Grant.Department = actor.Handler, "x" }, "DEPARTMENT_UNKNOWN", "grant.department"},
	} {
		err := o.apart(func() error {
			in := newcomer
			c.change(&in)
			_, err := as(o, o.Admin, staff.Register, in)
			return err
		})
		o.Refused(what, err, c.code, c.path)
	}
	_, err := as(o, o.Admin, staff.AddAbsence, staff.AbsenceInput{Person: o.worker.ID, From: o.Tx.Now.Add(time.Hour), To: o.Tx.Now})
	o.Refused("an absence that ends before it begins", err, "PERIOD_REVERSED", "to")
	_, err = as(o, o.Admin, staff.AssignDuty, staff.DutyInput{Grid: o.grid, Person: o.second.ID, Part: staff.Holder})
	o.Refused("an administrator as holder", err, "NOT_A_GRID_WORKER", "person")
	_, err = as(o, o.Admin, staff.AssignDuty, staff.DutyInput{Grid: o.grid, Person: o.worker.ID, Part: staff.Holder})
	o.Refused("what they hold", err, "DUTY_HELD", "person")
	_, err = as(o, o.Admin, staff.AddShift, staff.ShiftInput{Weekdays: []calendar.Weekday{"monday", "monday"}})
	o.Refused("a Monday twice", err, "SHIFT_MALFORMED", "weekdays")
}

// apart takes back what a refused verb has written.
func (o *office) apart(do func() error) error {
	o.Helper()
	_, err := o.Tx.Exec(o.Ctx, "savepoint apart")
	o.Must(err)
	refused := do()
	_, err = o.Tx.Exec(o.Ctx, "rollback to savepoint apart")
	o.Must(err)
	return refused
}
