//go:build chaos

package chaos

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const (
	colleagues = 40
	each       = 5 // handhelds of one of them, the most that the platform allows
	shift      = 3 * time.Minute
	weather    = 5 * time.Second // how long one lasts
	draining   = 90 * time.Second
)

// crew are grid workers with their handhelds, on one bad line.
type crew struct {
	p       *platform
	line    *line
	people  []*harness.Person
	devices []*device
}

// crew makes the people and enrols their handhelds.
func (p *platform) crew() *crew {
	p.t.Helper()
	c := &crew{p: p, line: p.line()}
	hash := identity.HashPassword(harness.Password)
	ctx := p.t.Context()
	err := p.db.Write(ctx, func(tx *pg.Tx) error {
		c.people, c.devices = nil, nil
		for i := range colleagues {
			who := &harness.Person{Login: fmt.Sprintf("line.%d", i)}
			who.Actor = fixture.Person(p.t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.SignsIn(who.Login, hash))
			c.people = append(c.people, who)
			for range each {
				c.devices = append(c.devices, &device{Handheld: fixture.Enrolled(p.t, ctx, tx, who.Actor), c: c, n: len(c.devices),
					held: map[handheld.Key]string{}, told: map[string]bool{}, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2}}})
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	for i, who := range c.people {
		token := p.signIn(who).Authorization[len("Bearer "):]
		for _, d := range c.devices[i*each : (i+1)*each] {
			d.token = token
		}
	}
	return c
}

// work lets every handheld work on its own until ctx ends, then send what is left until it is all there.
func (c *crew) work(ctx context.Context) {
	var all sync.WaitGroup
	for _, d := range c.devices {
		all.Go(func() {
			for ctx.Err() == nil {
				c.p.pass(time.Duration(rand.Int64N(int64(2 * pausing))))
				d.round(c.p.t.Context(), true)
			}
			for until := time.Now().Add(draining); !d.empty() && time.Now().Before(until); {
				d.round(c.p.t.Context(), false)
				c.p.pass(time.Second)
			}
		})
	}
	all.Wait()
}

const (
	askDocument   = `mutation Ask($input: AskVerificationInput!) { askVerification(input: $input) { clue { id } errors { code } } }`
	queueDocument = `query Queue { clues(filter: { states: [SUBMITTED] }, first: 4) { nodes { id } } }`
)

// dispatch asks members of the crew to verify what was reported, over a line of its own that is good.
func (c *crew) dispatch(ctx context.Context) {
	client := c.p.signIn(c.p.town.Dispatcher)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		<-tick.C
		queue := harness.Ask[struct {
			Clues struct{ Nodes []struct{ ID uuid.UUID } }
		}](client, queueDocument, nil)
		for _, clue := range queue.Clues.Nodes {
			a := client.Send(askDocument, harness.Vars{"input": harness.Vars{"clue": clue.ID, "assignee": c.people[rand.IntN(len(c.people))].ID}})
			if a.Status != http.StatusOK || len(a.Errors) > 0 {
				c.p.t.Errorf("ask: %d %s", a.Status, a.Body)
			}
		}
	}
}

func TestTwoHundredHandheldsOnABadLineLoseNothing(t *testing.T) {
	p := start(t)
	c := p.crew()

	// Given a shift, on a line whose weather changes all the time,
	ctx, over := context.WithTimeout(t.Context(), shift)
	defer over()
	var all sync.WaitGroup
	all.Go(func() { c.work(ctx) })
	all.Go(func() { c.dispatch(ctx) })
	for i := 0; ctx.Err() == nil; i++ {
		c.line.turn(weathers[i%len(weathers)]...)
		p.pass(weather)
	}

	// when it is over and the line is good again,
	c.line.turn()
	all.Wait()
	p.drained()

	// then what the handhelds were told is what the platform holds, and each holds what it would be told anew.
	c.ledgerHolds()
	c.photosAreThere()
	c.heldIsWhole()
	p.invariantsHold()
}

const (
	// Of a report no receipt is kept, since beside it would stand who reported: the clue knows itself.
	receiptsSQL = `select r.operation_id as id, r.answer->>'status' as status, false as clue from receipts r
		union all select c.id, 'accepted', true from clues c`
	photosSQL = `select p.id, p.state, encode(p.sha256, 'hex') as sum from photos p`
)

type receipt struct {
	ID     uuid.UUID
	Status fieldwork.Status
	Clue   bool
}

// ledgerHolds: every operation was answered, is stored once, and as it was answered first; nothing else is stored.
func (c *crew) ledgerHolds() {
	t := c.p.t
	stored := map[uuid.UUID]receipt{}
	for _, r := range rows[receipt](c.p, receiptsSQL) {
		stored[r.ID] = r
	}
	outcomes, failures := map[fieldwork.Status]int{}, 0
	for _, d := range c.devices {
		failures += d.failures
		for _, o := range d.operations {
			if o.answer == nil {
				t.Errorf("operation %s of handheld %d was never answered", o.id, d.n)
				continue
			}
			first := o.answer.Status
			if first == fieldwork.Duplicate {
				first = o.answer.First
			}
			outcomes[o.answer.Status]++
			r, kept := stored[o.id]
			delete(stored, o.id)
			// What is kept for a person to decide has its row among the conflicts.
			if first == fieldwork.Accepted && (!kept || r.Status != first || r.Clue != o.clue) {
				t.Errorf("operation %s was %s, and is stored as %+v", o.id, first, r)
			}
		}
	}
	for id, r := range stored {
		t.Errorf("operation %s is stored (%+v), and nobody did it", id, r)
	}
	if outcomes[fieldwork.Duplicate] == 0 || failures == 0 {
		t.Errorf("the line was good: %v, %d requests broken", outcomes, failures)
	}
	t.Logf("%d handhelds: %v; %d requests broke", len(c.devices), outcomes, failures)
}

type storedPhoto struct {
	ID    uuid.UUID
	State string
	Sum   string
}

// photosAreThere: every photo arrived byte by byte.
func (c *crew) photosAreThere() {
	t := c.p.t
	stored := map[uuid.UUID]storedPhoto{}
	for _, p := range rows[storedPhoto](c.p, photosSQL) {
		stored[p.ID] = p
	}
	sent := 0
	for _, d := range c.devices {
		for _, o := range d.operations {
			if o.photo == nil {
				continue
			}
			sent++
			if p := stored[o.photo.ID]; p.State != "ready" || p.Sum != o.photo.Input()["sha256"] {
				t.Errorf("photo %s is stored as %+v", o.photo.ID, p)
			}
		}
	}
	if sent == 0 || sent != len(stored) {
		t.Errorf("%d photos were sent, %d are stored", sent, len(stored))
	}
	t.Logf("%d photos", sent)
}

// heldIsWhole: what a handheld holds, from all the answers that it heard, is what one that begins today would get.
func (c *crew) heldIsWhole() {
	t := c.p.t
	verifications := 0
	for _, d := range c.devices {
		d.pull(t.Context())
		fresh := &device{Handheld: d.Handheld, c: c, token: d.token, http: d.http, n: d.n, held: map[handheld.Key]string{}}
		fresh.pull(t.Context())
		if len(fresh.held) == 0 || !maps.Equal(d.held, fresh.held) {
			t.Errorf("handheld %d holds %d things, a new one would hold %d", d.n, len(d.held), len(fresh.held))
		}
		verifications += len(d.told)
	}
	if verifications == 0 {
		t.Error("nobody was asked to verify anything")
	}
}
