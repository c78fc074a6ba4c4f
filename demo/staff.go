package demo

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
)

// volunteers is how many volunteers have an account.
const volunteers = 100

// integration is the person behind the other system's key.
const integration = "integration"

// patrolStreets is how many streets one night patrol looks after.
const patrolStreets = 3

// land is what people are needed for.
type land struct {
	city      string
	districts []district
	borders   neighbours
}

type district struct {
	code    string
	streets []street
}

type street struct {
	division
	cells []string
}

// staff hires and appoints. Only grid workers and handlers are ever absent: their work waits, or has a stand-in.
func (l land) staff(now time.Time) *staff {
	s := &staff{names: syntheticNames()}
	year, month, day := now.In(identity.City).Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, identity.City)
	for _, d := range l.districts {
		for _, st := range d.streets {
			s.streetOffice(st.code, midnight)
			s.gridWorkers(st, l.borders, midnight)
		}
		s.districtOffice(d)
		for i := 0; i < len(d.streets); i += patrolStreets {
			s.nightPatrol(d.streets[i:min(i+patrolStreets, len(d.streets))])
		}
	}
	s.cityOffice(l.city)
	return s
}

// streetOffice is who sits in a street: dispatchers day and night, a duty lead, desks and handlers of the departments in
// office hours.
func (s *staff) streetOffice(code string, midnight time.Time) {
	for i, turns := range team {
		s.appoint(s.hire(nth("dispatcher", code, i)), post{role: actor.Dispatcher, region: code}, turns...)
	}
	s.appoint(s.hire(nth("lead", code, 0)), post{role: actor.DutyLead, region: code}, office...)
	for i, d := range Standards().Departments {
		s.appoint(s.hire(nth("desk."+d.Code, code, 0)), post{actor.DepartmentDesk, code, d.Code}, office...)
		handler := s.hire(nth("handler."+d.Code, code, 0))
		s.appoint(handler, post{actor.Handler, code, d.Code}, office...)
		if (int(code[len(code)-1])+i)%10 == 0 {
			s.absences = append(s.absences, absence{handler, midnight, midnight.AddDate(0, 0, 2)})
		}
	}
}

// districtOffice backs the streets: its duty leads and desks answer for every street at night and at weekends.
func (s *staff) districtOffice(d district) {
	for i, turns := range team {
		s.appoint(s.hire(first("supervisor."+d.code, i)), post{role: actor.Supervisor, region: d.code}, turns...)
		for _, department := range Standards().Departments {
			desk := s.hire(nth("desk."+department.Code, d.code, i))
			s.appoint(desk, post{actor.DepartmentDesk, d.code, department.Code}, turns...)
			s.standFor(desk, d, post{role: actor.DepartmentDesk, department: department.Code}, turns)
		}
	}
	for i, turns := range team[1:] {
		s.standFor(s.hire(nth("lead", d.code, i)), d, post{role: actor.DutyLead}, turns)
	}
}

// standFor appoints somebody to a post in each street of a district, for when its office is closed.
func (s *staff) standFor(who uuid.UUID, d district, to post, turns []turn) {
	open := besides(turns)
	if len(open) == 0 {
		return
	}
	for _, st := range d.streets {
		to.region = st.code
		s.appoint(who, to, open...)
	}
}

func (s *staff) cityOffice(city string) {
	for i, turns := range team {
		s.appoint(s.hire(first("supervisor."+city, i)), post{role: actor.Supervisor, region: city}, turns...)
		for _, d := range Standards().Departments {
			s.appoint(s.hire(nth("desk."+d.Code, city, i)), post{actor.DepartmentDesk, city, d.Code}, turns...)
		}
	}
	for i := range 2 {
		s.appoint(s.hire(first("admin", i)), post{role: actor.Admin, region: city})
	}
	s.appoint(s.hire(integration), post{role: actor.Integration, region: city})
	s.people[len(s.people)-1].login = "" // it comes by its key
	for i := range volunteers {
		s.appoint(s.hire(fmt.Sprintf("volunteer.%03d", i+1)), post{role: actor.Volunteer, region: city})
	}
}

// gridWorkers shares a street's cells out and gives each grid its holder and neighbours who stand in on the holder's
// days off. Some are away for some days.
func (s *staff) gridWorkers(st street, borders neighbours, midnight time.Time) {
	grids := dutyGrids(st.division, st.cells, borders)
	workers := make([]uuid.UUID, max(len(grids), 2)) // the second of a tiny street only stands in
	for i := range workers {
		workers[i] = s.hire(fmt.Sprintf("worker.%s.%02d", st.code, i+1))
		s.appoint(workers[i], post{role: actor.GridWorker, region: st.code}, rounds(rests[i%len(rests)])...)
		if i%12 == 5 {
			s.absences = append(s.absences, absence{workers[i], midnight, midnight.AddDate(0, 0, 5)})
		}
	}
	for i, g := range grids {
		s.duties = append(s.duties, duty{g.id, workers[i], "holder"})
		for _, other := range standIns(i, len(workers)) {
			s.duties = append(s.duties, duty{g.id, workers[other], "stand_in"})
		}
	}
	s.grids = append(s.grids, grids...)
}

// standIns are the next two workers whose days off are others, also than one another's: when a holder or a stand-in is
// away, one is there every day all the same.
func standIns(i, n int) []int {
	off := map[int]bool{i % len(rests): true}
	var found []int
	for step := 1; step < n && len(found) < 2; step++ {
		if other := (i + step) % n; !off[other%len(rests)] {
			off[other%len(rests)] = true
			found = append(found, other)
		}
	}
	return found
}

// nightPatrol stands in for every grid of some streets.
func (s *staff) nightPatrol(streets []street) {
	for i, turns := range patrol {
		who := s.hire(nth("patrol", streets[0].code, i))
		for _, st := range streets {
			s.appoint(who, post{role: actor.GridWorker, region: st.code}, turns...)
		}
		for _, g := range s.grids {
			if g.street >= streets[0].code && g.street <= streets[len(streets)-1].code {
				s.duties = append(s.duties, duty{g.id, who, "stand_in"})
			}
		}
	}
}

// nth is the login of the i-th at an office, from 0: dispatcher.440304001.1.
func nth(what, code string, i int) string { return fmt.Sprintf("%s.%s.%d", what, code, i+1) }

// first leaves the number of the first one out: supervisor.440304, supervisor.440304.2.
func first(login string, i int) string {
	if i == 0 {
		return login
	}
	return fmt.Sprintf("%s.%d", login, i+1)
}
