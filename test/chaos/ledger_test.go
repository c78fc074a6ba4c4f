//go:build chaos

package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const (
	rate = 20 // tips a second
	// every how many-th tip the dispatcher files.
	filing = 4
	// stubborn is how long a reporter goes on trying after the load has ended.
	stubborn = 30 * time.Second
	// answerWithin is when a phone gives up on one try.
	answerWithin = 10 * time.Second
)

// entry is what the reporters know of one tip.
type entry struct {
	id     uuid.UUID
	number int
	claim  string // of an anonymous one
	tries  int
	took   time.Duration // of the try that was answered
}

// ledger is what was acknowledged, as the clients know it.
type ledger struct {
	mu    sync.Mutex
	acked []entry
	lost  []uuid.UUID // never acknowledged, for all the trying
	cases []uuid.UUID // that the dispatcher was told of

	tries, failures atomic.Int64
}

// crowd is the load: reporters who do not give up, and a dispatcher who files.
type crowd struct {
	p      *platform
	ledger *ledger
	ctx    context.Context // ends when the load shall
	end    context.CancelFunc
	all    sync.WaitGroup

	volunteer, dispatcher *harness.Client
	filed                 chan entry
}

const submitDocument = `mutation Submit($input: SubmitClueInput!) { submitClue(input: $input) { number claimCode repeated errors { code } } }`
const fileDocument = `mutation File($input: FileClueInput!) { fileClue(input: $input) { case { id } errors { code } } }`
const clueDocument = `query Clue($id: UUID!) { clue(id: $id) { state case { id } } }`

// load begins: 20 tips a second until finish is called.
func (p *platform) load() *crowd {
	p.t.Helper()
	c := &crowd{p: p, ledger: &ledger{}, filed: make(chan entry, 10_000)}
	c.volunteer, c.dispatcher = p.signIn(p.town.Volunteer), p.signIn(p.town.Dispatcher)
	c.ctx, c.end = context.WithCancel(p.t.Context())
	c.all.Go(c.arrive)
	c.all.Go(c.file)
	return c
}

func (p *platform) signIn(who *harness.Person) *harness.Client {
	p.t.Helper()
	client := harness.NewClient(p.t, p.url, "10.8.0.1")
	token, refused := client.SignIn(who.Login, harness.Password)
	if refused != nil {
		p.t.Fatal(refused)
	}
	client.Authorization = "Bearer " + token
	return client
}

// arrive sends a new reporter every 50 ms, whatever became of the ones before.
func (c *crowd) arrive() {
	tick := time.NewTicker(time.Second / rate)
	defer tick.Stop()
	var reporters sync.WaitGroup
	for n := 0; ; n++ {
		select {
		case <-c.ctx.Done():
			reporters.Wait()
			close(c.filed)
			return
		case <-tick.C:
			reporters.Go(func() { c.report(n) })
		}
	}
}

// report is one reporter: the same tip under the same id until it is acknowledged.
func (c *crowd) report(n int) {
	lon, lat := fixture.Centre(fixture.Nanyuan, n%8)
	id := pg.NewID()
	client := c.volunteer
	if n%2 == 0 {
		client = harness.NewClient(c.p.t, c.p.url, fmt.Sprintf("10.7.%d.%d", n/250%250, n%250))
	}
	body, err := json.Marshal(harness.Vars{"query": submitDocument, "variables": harness.Vars{"input": harness.Vars{
		"id": id, "text": fmt.Sprintf("通道堵塞 %d", n), "category": fixture.BlockedExit, "photos": []any{},
		"position": harness.Vars{"lon": lon, "lat": lat, "datum": "WGS84", "accuracy": 10, "source": "GNSS", "mocked": false, "capturedAt": time.Now()}}}})
	if err != nil {
		c.p.t.Error(err)
		return
	}
	until := time.Now().Add(stubborn)
	for tries := 1; ; tries++ {
		begun := time.Now()
		number, claim, ok := c.try(client, body)
		if ok {
			e := entry{id, number, claim, tries, time.Since(begun)}
			c.ledger.acknowledged(e)
			if n%filing == 0 {
				c.filed <- e
			}
			return
		}
		if time.Now().After(until) && c.ctx.Err() != nil {
			c.ledger.gaveUp(id)
			return
		}
		c.p.pass(200 * time.Millisecond)
	}
}

// try sends a tip once.
func (c *crowd) try(client *harness.Client, body []byte) (number int, claim string, ok bool) {
	// The load may end while a tip is on its way; its reporter still waits.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), answerWithin)
	defer cancel()
	c.ledger.tries.Add(1)
	a, err := client.Try(ctx, body)
	var answer struct {
		SubmitClue struct {
			Number    int
			ClaimCode *string
			Errors    []harness.Refusal
		}
	}
	if err == nil && a.Status == http.StatusOK && len(a.Errors) == 0 && json.Unmarshal(a.Data, &answer) == nil {
		if len(answer.SubmitClue.Errors) > 0 {
			c.p.t.Errorf("a good tip is refused: %+v", answer.SubmitClue.Errors)
		}
		if answer.SubmitClue.ClaimCode != nil {
			claim = *answer.SubmitClue.ClaimCode
		}
		return answer.SubmitClue.Number, claim, true
	}
	c.ledger.failures.Add(1)
	return 0, "", false
}

func (l *ledger) acknowledged(e entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked = append(l.acked, e)
}

func (l *ledger) gaveUp(id uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lost = append(l.lost, id)
}

// file is the dispatcher, who files some of the tips, and looks again where the answer did not come.
func (c *crowd) file() {
	for e := range c.filed {
		for {
			if id, ok := c.fileOnce(e); ok {
				c.ledger.mu.Lock()
				c.ledger.cases = append(c.ledger.cases, id)
				c.ledger.mu.Unlock()
				break
			}
			if c.p.t.Context().Err() != nil {
				return
			}
			c.p.pass(200 * time.Millisecond)
		}
	}
}

func (c *crowd) fileOnce(e entry) (uuid.UUID, bool) {
	in := harness.Vars{"input": harness.Vars{"clue": e.id, "standard": c.p.town.Standards[fixture.BlockedExit]}}
	var filed struct {
		FileClue struct{ Case *struct{ ID uuid.UUID } }
	}
	if c.ask(fileDocument, in, &filed) && filed.FileClue.Case != nil {
		return filed.FileClue.Case.ID, true
	}
	var seen struct {
		Clue *struct{ Case *struct{ ID uuid.UUID } }
	}
	if c.ask(clueDocument, harness.Vars{"id": e.id}, &seen) && seen.Clue != nil && seen.Clue.Case != nil {
		return seen.Clue.Case.ID, true
	}
	return uuid.Nil, false
}

func (c *crowd) ask(document string, vars harness.Vars, into any) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), answerWithin)
	defer cancel()
	body, err := json.Marshal(harness.Vars{"query": document, "variables": vars})
	if err != nil {
		c.p.t.Error(err)
		return false
	}
	a, err := c.dispatcher.Try(ctx, body)
	return err == nil && a.Status == http.StatusOK && len(a.Errors) == 0 && json.Unmarshal(a.Data, into) == nil
}

// finish ends the load, waits for everybody's answer, and returns what they were told.
func (c *crowd) finish(t *testing.T) *ledger {
	t.Helper()
	c.end()
	c.all.Wait()
	return c.ledger
}
