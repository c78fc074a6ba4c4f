package api

import (
	"fmt"
	"io"
	"strconv"

	"gridwork/actor"
)

// Viewer is how whoever looks at an object stands to it; several of them are a set.
type Viewer uint16

const (
	Scope Viewer = 1 << iota
	Owner
	Volunteer
	GridWorker
	Dispatcher
	DutyLead
	DepartmentDesk
	Handler
	Supervisor
	Admin
	Integration
)

var viewers = map[string]Viewer{
	"SCOPE": Scope, "OWNER": Owner, "VOLUNTEER": Volunteer, "GRID_WORKER": GridWorker, "DISPATCHER": Dispatcher,
	"DUTY_LEAD": DutyLead, "DEPARTMENT_DESK": DepartmentDesk, "HANDLER": Handler, "SUPERVISOR": Supervisor, "ADMIN": Admin,
	"INTEGRATION": Integration,
}

// Of is the standing that a role gives.
var Of = map[actor.Role]Viewer{
	actor.Volunteer: Volunteer, actor.GridWorker: GridWorker, actor.Dispatcher: Dispatcher, actor.DutyLead: DutyLead,
	actor.DepartmentDesk: DepartmentDesk, actor.Handler: Handler, actor.Supervisor: Supervisor, actor.Admin: Admin,
	actor.Integration: Integration,
}

// MarshalGQL writes a single standing.
func (v Viewer) MarshalGQL(w io.Writer) {
	for name, known := range viewers {
		if v == known {
			_, _ = io.WriteString(w, strconv.Quote(name))
		}
	}
}

// UnmarshalGQL reads a standing.
func (v *Viewer) UnmarshalGQL(in any) error {
	name, _ := in.(string)
	known, ok := viewers[name]
	if !ok {
		return fmt.Errorf("%q is no standing of a viewer", name)
	}
	*v = known
	return nil
}
