package staff

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/intake"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// listBatch is how many rows one transaction stores: each newcomer's password takes tens of milliseconds to be hashed.
const listBatch = 50

// MayList refuses everybody but administrators: NOT_ALLOWED. Each row of a list does what an administrator may do for that person, and no
// operator may.
func MayList(a *actor.Actor) error {
	if a.System != "" || len(a.Scope(actor.AdministerAll).Regions) == 0 {
		return fault.Denied(CodeNotAllowed, "a list is taken in by an administrator")
	}
	return nil
}

// BeginList starts to take in a personnel list in an administrator's name. Fault: NOT_ALLOWED for everybody else.
func BeginList(ctx context.Context, tx *pg.Tx, in intake.Import) (intake.Import, error) {
	if err := MayList(tx.Actor); err != nil {
		return intake.Import{}, err
	}
	return intake.Begin(ctx, tx, in)
}

// Listing is how a personnel list is taken in.
type Listing struct {
	Grant bool // what somebody else has asked for is granted, instead of asking for it
	// Newcomers are those whom the last stored batch took in, with the passwords that are shown this once.
	Newcomers []Registered
	Asked     int // how many grants the last stored batch asked for
}

// Taking is how the list's rows are taken in: each is what an administrator does at once for one person, with the same verbs, so
// that it is refused where they are, and audited as they are. A row that finds everything done already does nothing; one whose last
// day is over takes the grant away. What is not in the list is left alone.
func (l *Listing) Taking(i intake.Import) intake.Way {
	return intake.Way{Batch: listBatch, Take: func(rows []intake.Record) intake.Store {
		return func(ctx context.Context, tx *pg.Tx) (written int, rejects []intake.Reject, err error) {
			l.Newcomers, l.Asked = nil, 0
			o, err := open(ctx, tx)
			if err != nil {
				return 0, nil, err
			}
			for _, row := range rows {
				did, err := l.row(ctx, tx, o, i.Columns, row)
				if why, refused := fault.As(err); refused {
					rejects = append(rejects, intake.Reject{Record: row, Why: listFault(why)})
				} else if err != nil {
					return 0, nil, err
				}
				if err == nil && did {
					written++
				}
				if err := tx.Flush(ctx); err != nil {
					return 0, nil, err
				}
			}
			return written, rejects, nil
		}
	}}
}

// office is what rows are read against.
type office struct {
	departments []standard.Department
	today       calendar.Date
}

// open looks whether the administrator still is one: a list may take longer than a session.
func open(ctx context.Context, tx *pg.Tx) (office, error) {
	who, err := identity.Behind(ctx, tx, tx.Actor.ID)
	if err != nil {
		return office{}, err
	}
	if who == nil {
		who = actor.Anonymous
	}
	if err := MayList(who); err != nil {
		return office{}, err
	}
	tx.Actor = who
	departments, err := standard.Departments(ctx, tx)
	return office{departments, calendar.DateOf(tx.Now.In(identity.City))}, err
}

func (l *Listing) row(ctx context.Context, tx *pg.Tx, o office, columns map[string]string, row intake.Record) (did bool, err error) {
	if row.Broken != nil {
		return false, row.Broken
	}
	line, err := readLine(func(field string) string { return row.Fields[columns[field]] })
	if err != nil {
		return false, err
	}
	if i := slices.IndexFunc(o.departments, func(d standard.Department) bool { return d.NameZH == line.Grant.Department }); i >= 0 {
		line.Grant.Department = o.departments[i].Code
	}
	duty, err := line.dutyGrid(ctx, tx)
	if err != nil {
		return false, err
	}
	m, err := line.person(ctx, tx)
	switch {
	case err != nil:
		return false, err
	case line.until != nil && line.until.Before(o.today):
		return line.leave(ctx, tx, m, duty)
	case line.from != nil && o.today.Before(*line.from):
		return false, fault.Conflict(CodeNotYet, "begins on %v: the same list takes it in from then on", *line.from).At("from")
	case l.Grant:
		did, err = line.grant(ctx, tx, m)
	case m == nil:
		var made Registered
		if made, err = Register(ctx, tx, line.Registration); err == nil {
			l.Newcomers, l.Asked, did = append(l.Newcomers, made), l.Asked+1, true
		}
	default:
		if did, err = line.ask(ctx, tx, *m); did {
			l.Asked++
		}
	}
	if err != nil || duty == nil || m == nil {
		return did, err
	}
	put, err := line.dutyOf(ctx, tx, *m, *duty)
	return did || put, err
}

// dutyGrid finds the row's duty grid, whose street is where the person is to work unless the row says where.
func (l *listed) dutyGrid(ctx context.Context, tx *pg.Tx) (*uuid.UUID, error) {
	if l.grid == "" {
		return nil, nil
	}
	found, err := pg.All[dutyGrid](ctx, tx, gridByCodeSQL, l.grid)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNoGrid, "there is no duty grid %q", l.grid).At("duty_grid")
	}
	if err != nil {
		return nil, err
	}
	if l.Grant.Region == "" {
		l.Grant.Region = found[0].Street
	}
	return &found[0].ID, nil
}

type dutyGrid struct {
	ID     uuid.UUID `db:"id"`
	Street string    `db:"street"`
}

// person finds whoever signs in with the row's login, nil where nobody does. Faults: LOGIN_TAKEN by somebody whom the administrator does not
// administer, or who is called otherwise.
func (l *listed) person(ctx context.Context, tx *pg.Tx) (*Member, error) {
	found, err := pg.Vals[uuid.UUID](ctx, tx, byLoginSQL, l.Login)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	m, err := Look(ctx, tx, found[0])
	if fault.Is(err, CodeNotFound) || err == nil && m.Name != strings.TrimSpace(l.Name) {
		err = fault.Conflict(CodeLoginTaken, "somebody else signs in with this login, or is called otherwise").At("login")
	}
	return &m, err
}

// ask asks for the grant unless it is held or asked for.
func (l *listed) ask(ctx context.Context, tx *pg.Tx, m Member) (did bool, err error) {
	held, err := l.held(ctx, tx, m.ID)
	if err != nil || held != nil {
		return false, err
	}
	_, err = Ask(ctx, tx, AskInput{Person: m.ID, Grant: l.Grant})
	if fault.Is(err, CodeAsked) {
		return false, nil
	}
	return err == nil, err
}

// grant grants what another administrator has asked for, unless it is held.
func (l *listed) grant(ctx context.Context, tx *pg.Tx, m *Member) (did bool, err error) {
	if m == nil {
		return false, fault.NotFound(CodeNotFound, "nobody has registered this person").At("login")
	}
	held, err := l.held(ctx, tx, m.ID)
	if err != nil || held != nil {
		return false, err
	}
	asked, err := pg.Vals[uuid.UUID](ctx, tx, askedSQL, m.ID, l.Grant.Role, l.Grant.Region, l.Grant.Department)
	if err == nil && len(asked) == 0 {
		err = fault.NotFound(CodeNoRequest, "nobody has asked for this").At("role")
	}
	if err != nil {
		return false, err
	}
	if _, err := Decide(ctx, tx, DecideInput{Request: asked[0], Grant: true}); err != nil {
		return false, err
	}
	return true, tx.Flush(ctx)
}

// held is the grant in force that the row is about; nil: none is.
func (l *listed) held(ctx context.Context, tx *pg.Tx, person uuid.UUID) (*uuid.UUID, error) {
	grants, err := Grants(ctx, tx, []uuid.UUID{person})
	for _, g := range grants {
		if g.Role == l.Grant.Role && g.Region == l.Grant.Region && (g.Department == nil && l.Grant.Department == "" || g.Department != nil && *g.Department == l.Grant.Department) {
			return &g.ID, err
		}
	}
	return nil, err
}

// dutyOf gives a grid worker the row's part in the duty grid, once they are one.
func (l *listed) dutyOf(ctx context.Context, tx *pg.Tx, m Member, grid uuid.UUID) (did bool, err error) {
	held, err := l.held(ctx, tx, m.ID)
	if err != nil || held == nil {
		return false, err
	}
	_, err = AssignDuty(ctx, tx, DutyInput{Grid: grid, Person: m.ID, Part: l.part})
	if fault.Is(err, CodeDuty) {
		return false, nil
	}
	return err == nil, err
}

// leave takes away what the row is about, if it is held.
func (l *listed) leave(ctx context.Context, tx *pg.Tx, m *Member, grid *uuid.UUID) (did bool, err error) {
	if m == nil {
		return false, nil
	}
	held, err := l.held(ctx, tx, m.ID)
	if err != nil || held == nil {
		return false, err
	}
	if grid != nil {
		if _, err := EndDuty(ctx, tx, EndDutyInput{Grid: *grid, Person: m.ID}); err != nil && !fault.Is(err, CodeNoDuty) {
			return false, err
		}
	}
	_, err = Revoke(ctx, tx, *held)
	return err == nil, err
}

// listFields are what a list calls the fields of the verbs.
var listFields = map[string]string{"person": "login", "grid": "duty_grid", "grant": "role", "request": "role"}

// listFault tells a fault at the list's field.
func listFault(why *fault.Error) *fault.Error {
	field := strings.TrimPrefix(why.Field, "grant.")
	if named, other := listFields[field]; other {
		field = named
	}
	told := *why
	told.Field = field
	return &told
}
