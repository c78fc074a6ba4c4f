package scenario

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/identity"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type sampleView struct {
	ID               uuid.UUID
	Seed             string
	Population, Size int
	State            string
	Unfixed          *struct{ Share, Low, High float64 }
	Reinspections    struct{ Nodes []lookView }
}

type lookView struct {
	ID             uuid.UUID
	State          string
	Verdict, Found *string
	Assignee       *struct{ ID uuid.UUID }
	Case           *caseView
	Sample         *struct{ ID uuid.UUID }
}

var (
	drawSample         = mutation{"drawSample", "DrawSampleInput", `sample { id seed population size state }`}
	answerReinspection = mutation{"answerReinspection", "AnswerReinspectionInput", `reinspection { id state verdict found }`}
	settleReinspection = mutation{"settleReinspection", "SettleReinspectionInput", `reinspection { id state verdict found }`}
)

func (s *stage) sample(p *harness.Person, id uuid.UUID) *sampleView {
	s.t.Helper()
	return harness.Ask[struct{ Sample *sampleView }](s.As(p), `query ($id: UUID!) { sample(id: $id) { id seed population size state
		unfixed { share low high } reinspections { nodes { id state verdict found assignee { id } case { id state round } } } } }`, harness.Vars{"id": id}).Sample
}

func (s *stage) myLooks(p *harness.Person) []lookView {
	s.t.Helper()
	return harness.Ask[struct{ MyReinspections struct{ Nodes []lookView } }](s.As(p),
		`{ myReinspections { nodes { id state case { id text point { lon lat } } sample { id } } } }`, nil).MyReinspections.Nodes
}

// given is what a mutation gives that has to succeed.
func given[T any](s *stage, p *harness.Person, m mutation, in harness.Vars) T {
	s.t.Helper()
	out, refused := attempt[T](s.As(p), m, in)
	if refused != nil {
		s.t.Fatalf("%s: %v", m.name, refused)
	}
	return out
}

func TestASampleOfClosedCasesFindsOneThatIsNotFixed(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given two closed cases,
	first := s.closed(tip{Text: "消防通道被堵", Category: fixture.BlockedExit, Cell: 1})
	second := s.closed(tip{Text: "楼道堆物", Category: fixture.BlockedExit, Cell: 1})
	s.Settle()
	s.TakeSMS()

	// when a supervisor draws a sample of them, which nobody else may,
	day := s.Now().In(identity.City).Format(time.DateOnly)
	in := harness.Vars{"name": "季度抽查", "dueAt": s.Now().Add(72 * time.Hour), "design": harness.Vars{"region": fixture.Nanyuan, "closedFrom": day, "closedTo": day}}
	s.refused(s.As(s.Dispatcher), drawSample, in, "ACTION_NOT_YOURS")
	drawn := s.sample(s.Supervisor, given[struct{ Sample sampleView }](s, s.Supervisor, drawSample, in).Sample.ID)
	if drawn.Population != 2 || len(drawn.Reinspections.Nodes) != 2 || len(drawn.Seed) != 32 || drawn.Unfixed != nil {
		t.Fatalf("%+v", drawn)
	}
	s.hidden("another district's supervisor", s.As(s.FarSupervisor), `query ($id: UUID!) { sample(id: $id) { id } }`, drawn.ID, "SAMPLE_NOT_FOUND")

	// then somebody else than who checked them is asked to look,
	looks := map[uuid.UUID]*harness.Person{}
	for _, r := range drawn.Reinspections.Nodes {
		for _, worker := range []*harness.Person{s.Worker, s.OtherWorker} {
			if r.Assignee != nil && worker.ID == r.Assignee.ID {
				looks[r.Case.ID] = worker
			}
		}
	}
	if len(looks) != 2 {
		t.Fatalf("%+v were asked", looks)
	}
	answered := func(c caseView, verdict, note string) {
		t.Helper()
		for _, r := range s.myLooks(looks[c.ID]) {
			if r.Case.ID != c.ID {
				continue
			}
			if r.Case.Text == nil || r.Case.Point == nil {
				t.Error("whoever is asked to look does not see what, or where")
			}
			if r.Sample != nil {
				t.Error("a grid worker sees the whole sample")
			}
			given[struct{}](s, looks[c.ID], answerReinspection, harness.Vars{"reinspection": r.ID, "verdict": verdict, "note": note})
			return
		}
		t.Errorf("case %s is not on the list", c.ID)
	}
	answered(first, "UNFIXED", "货车又停回来了")
	answered(second, "FIXED", "")

	// and when the supervisor confirms what was found, the case is open again and the share is known.
	if s.told(s.Supervisor, "REINSPECTION_FOUND") != 1 {
		t.Error("the supervisor was not told")
	}
	for _, r := range s.sample(s.Supervisor, drawn.ID).Reinspections.Nodes {
		if r.State == "ANSWERED" {
			given[struct{}](s, s.Supervisor, settleReinspection, harness.Vars{"reinspection": r.ID, "unfixed": true, "note": "照片属实"})
		}
	}
	done := s.sample(s.Supervisor, drawn.ID)
	if done.State != "CLOSED" || done.Unfixed == nil || done.Unfixed.Share != 0.5 {
		t.Errorf("%+v", done)
	}
	s.awaitState(first.ID, "ROUTED")
	if s.told(s.Supervisor, "SAMPLE_DONE") != 1 {
		t.Error("the supervisor was not told of the end")
	}
	s.Settle()
	s.TakeSMS()
}
