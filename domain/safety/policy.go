package safety

import (
	"slices"

	"gridwork/actor"
	"gridwork/fault"
)

// mayKnow is the predicate of the alarms that a viewer sees: one's own, those that one was told of, and those raised within the
// reach of one's street or district. $1 and $2 are the scope's lists, $3 the viewer.
const mayKnow = ` (scoped.person_id = $3 or scoped.state <> 'waiting' and scoped.raised_at is not null and (` + actor.InRegion + `
	or exists (select from messages where messages.alarm_id = scoped.id and messages.person_id = $3))) `

// Actions are what a viewer who sees the alarm may do about it.
func (a Alarm) Actions(viewer *actor.Actor) []Action {
	may := []Action{}
	if a.State != Raised {
		return may
	}
	if viewer.ID != a.PersonID {
		may = append(may, Come, See)
	}
	if a.endedBy(viewer) {
		may = append(may, Close)
	}
	return may
}

// endedBy: whoever called for help, and the street's dispatchers and duty leads.
func (a Alarm) endedBy(viewer *actor.Actor) bool {
	return viewer.ID == a.PersonID || viewer.May(actor.EndAlarm, a.Street, "")
}

// workplace is where somebody works who may call for help: those who carry a handheld.
func workplace(a *actor.Actor) (region string, err error) {
	i := slices.IndexFunc(a.Grants, func(g actor.Grant) bool { return g.Role == actor.GridWorker || g.Role == actor.Handler })
	if i < 0 {
		return "", fault.Denied("NOT_ALLOWED", "alarms are for grid workers and handlers")
	}
	return a.Grants[i].Region, nil
}
