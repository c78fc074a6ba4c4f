package scenario

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestATextThatCouldNotLeaveIsSeenAndSentAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	admin := s.As(s.Admin)
	type list struct {
		DeadDeliveries struct {
			Nodes []struct {
				ID      uuid.UUID
				Channel string
				Error   *string
			}
		}
	}
	const dead = `{ deadDeliveries { nodes { id channel error attempts } } }`

	// Given a provider that refuses for good, and an urgent tip that the dispatcher should be texted about,
	s.RefuseSMS(http.StatusUnprocessableEntity)
	s.submit(s.Anyone(), tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 0})
	letters := harness.Await(s.Harness, "the text is given up", func() (list, bool) {
		found := harness.Ask[list](admin, dead, nil)
		return found, len(found.DeadDeliveries.Nodes) == 1
	}).DeadDeliveries.Nodes
	if letters[0].Channel != "sms" || letters[0].Error == nil || *letters[0].Error != "http_422" {
		t.Errorf("the dead letter: %+v", letters[0])
	}

	// when an administrator has it tried again once the provider takes texts,
	s.RefuseSMS(0)
	const again = `mutation Again($id: UUID!) { requeueDelivery(id: $id) { requeued errors { code } } }`
	a := s.As(s.Dispatcher).Send(again, harness.Vars{"id": letters[0].ID})
	if !strings.Contains(string(a.Body), "NOT_ALLOWED") {
		t.Errorf("a dispatcher requeues: %s", a.Body)
	}
	harness.Ask[any](admin, again, harness.Vars{"id": letters[0].ID})

	// then the dispatcher gets it, and the list is empty.
	s.ExpectSMS(s.Dispatcher, "线索")
	if left := harness.Ask[list](admin, dead, nil).DeadDeliveries.Nodes; len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestAnotherSystemHearsOfItsDepartmentsCasesSignedAndWithoutWords(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a system of urban management in Nanyuan that listens,
	s.Hook(fixture.Nanyuan, fixture.Urban)

	// when cases of several departments and streets come to be,
	s.routed(tip{Text: "消火栓坏了", Category: fixture.Hydrant, Cell: 0})
	c := s.routed(tip{Text: "垃圾堆放在幼儿园门口", Category: fixture.Rubbish, Cell: 1})

	// then it hears of its own, by codes and ids only.
	for _, call := range s.ExpectCalls("routed") {
		if call.Case.ID != c.ID.String() || strings.Contains(call.Body, "幼儿园") || strings.Contains(call.Body, "point") {
			t.Errorf("told: %s", call.Body)
		}
	}
	s.done(s.As(s.Desks[fixture.Urban]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Urban].ID})
	s.ExpectCalls("accepted")

	// and of one that is taken away from it.
	lost := s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 2})
	s.ExpectCalls("routed")
	s.done(s.As(s.Dispatcher), recallCase, harness.Vars{"case": lost.ID, "note": "派错"})
	s.ExpectCalls("recalled")
}
