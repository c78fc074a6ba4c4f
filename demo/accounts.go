package demo

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// Account is how to enter the demo city as somebody: with login and password, or with a key.
type Account struct {
	Role       actor.Role `json:"role"`
	Login      string     `json:"login,omitempty"`
	Password   string     `json:"password,omitempty"`
	Key        string     `json:"key,omitempty"` // of another system: Authorization: Bearer
	Name       string     `json:"name,omitempty"`
	Regions    []Place    `json:"regions"`              // by code; the offices of a district answer for many streets
	Department string     `json:"department,omitempty"` // code
}

// Place names a region in both languages.
type Place struct {
	Code   string `json:"code" db:"code"`
	NameZH string `json:"name_zh" db:"name_zh"`
	NameEN string `json:"name_en" db:"name_en"`
}

// Where is the region that the account belongs to first of all: its largest.
func (a Account) Where() Place {
	return slices.MinFunc(a.Regions, func(a, b Place) int { return len(a.Code) - len(b.Code) })
}

const accountsSQL = `select p.id, coalesce(p.login, '') as login, p.name, g.role, coalesce(g.department, '') as department,
		r.code, r.name_zh, r.name_en
	from people p join grants g on g.person_id = p.id join regions r on r.code = g.region
	where p.disabled_at is null and g.revoked_at is null
	order by g.role, p.login, p.id, g.region, g.department`

type accountRow struct {
	ID         uuid.UUID  `db:"id"`
	Login      string     `db:"login"`
	Name       string     `db:"name"`
	Role       actor.Role `db:"role"`
	Department string     `db:"department"`
	Place
}

// Accounts are the sign-ins of the demo's people, by role and login. Others who may have been added, whose password nobody
// knows, are left out.
func Accounts(ctx context.Context, tx *pg.Tx) ([]Account, error) {
	found, err := pg.All[accountRow](ctx, tx, accountsSQL)
	if err != nil {
		return nil, err
	}
	var accounts []Account
	var last uuid.UUID
	for _, row := range found {
		a := Account{Role: row.Role, Login: row.Login, Password: Password, Name: row.Name, Department: row.Department}
		switch row.ID {
		case last:
			at := &accounts[len(accounts)-1]
			at.Regions = append(at.Regions, row.Place)
			continue
		case idOf("person", integration):
			a.Password, a.Key = "", IntegrationKey
		case idOf("person", row.Login):
		default:
			continue
		}
		a.Regions, last = []Place{row.Place}, row.ID
		accounts = append(accounts, a)
	}
	return accounts, nil
}

// Examples is one sign-in of each role in the whole demo city, without names: people of one street who work together.
func Examples() []Account {
	const street, district, department = "440304001", "440304", "fire"
	return []Account{
		example(actor.Volunteer, "volunteer.001", cityCode, ""),
		example(actor.GridWorker, "worker."+street+".01", street, ""),
		example(actor.Dispatcher, "dispatcher."+street+".1", street, ""),
		example(actor.DutyLead, "lead."+street+".1", street, ""),
		example(actor.DepartmentDesk, "desk."+department+"."+street+".1", street, department),
		example(actor.Handler, "handler."+department+"."+street+".1", street, department),
		example(actor.Supervisor, "supervisor."+district, district, ""),
		example(actor.Admin, "admin", cityCode, ""),
	}
}

func example(role actor.Role, login, region, department string) Account {
	a := Account{Role: role, Login: login, Password: Password, Department: department}
	for _, d := range allDivisions() {
		if d.code == region {
			a.Regions = []Place{{d.code, d.nameZH, d.nameEN}}
		}
	}
	return a
}
