package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/consignment"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/domain/sampling"
	"gridwork/domain/standard"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// town is the small city behind a real endpoint. Whoever calls is named in a header instead of signing in.
type town struct {
	*testing.T
	db     *pg.DB
	edge   *Resolver
	url    string
	people map[string]*actor.Actor
	log    *bytes.Buffer
}

// Who there is, and in which part of the city. Nanyuan is where stories happen; whoever is far works beside it.
var inhabitants = map[string][]fixture.PersonOption{
	"reporter":       {fixture.As(actor.Volunteer, fixture.CityCode, "")},
	"other reporter": {fixture.As(actor.Volunteer, fixture.CityCode, "")},
	"worker":         {fixture.As(actor.GridWorker, fixture.Nanyuan, "")},
	"other worker":   {fixture.As(actor.GridWorker, fixture.Nanyuan, "")},
	"far worker":     {fixture.As(actor.GridWorker, fixture.Yuanling, "")},
	"dispatcher":     {fixture.As(actor.Dispatcher, fixture.Nanyuan, "")},
	"far dispatcher": {fixture.As(actor.Dispatcher, fixture.Yuanling, "")},
	"lead":           {fixture.As(actor.DutyLead, fixture.Nanyuan, "")},
	"far lead":       {fixture.As(actor.DutyLead, fixture.Yuanling, "")},
	"desk":           {fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire)},
	"other desk":     {fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Urban)},
	"far desk":       {fixture.As(actor.DepartmentDesk, fixture.Yuanling, fixture.Fire)},
	"handler":        {fixture.As(actor.Handler, fixture.Nanyuan, fixture.Fire)},
	"other handler":  {fixture.As(actor.Handler, fixture.Nanyuan, fixture.Fire)},
	"supervisor":     {fixture.As(actor.Supervisor, fixture.District, "")},
	"far supervisor": {fixture.As(actor.Supervisor, "440305", "")},
	"admin":          {fixture.As(actor.Admin, fixture.CityCode, "")},
	"system":         {fixture.As(actor.Integration, fixture.CityCode, "")},
}

func newTown(t *testing.T) *town {
	t.Helper()
	town := &town{T: t, db: dbtest.DB(t), people: map[string]*actor.Actor{"anonymous": actor.Anonymous}, log: &bytes.Buffer{}}
	key, err := vault.GenerateKey()
	town.must(err)
	keys := &vault.Keys{Seal: key.Public(), Claim: bytes.Repeat([]byte("c"), 32), Mark: bytes.Repeat([]byte("m"), 32)}
	var atlas *cell.Atlas
	town.write(actor.Anonymous, func(ctx context.Context, tx *pg.Tx) {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		for name, options := range inhabitants {
			town.people[name] = fixture.Person(t, ctx, tx, options...)
			town.people[name].Mark = keys.MarkOf(town.people[name].ID)
		}
		fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 0), fixture.Cell(fixture.Nanyuan, 1)}, town.people["worker"])
		fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 6)}, town.people["other worker"])
		fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Yuanling, 0)}, town.people["far worker"])
		atlas, err = cell.LoadAtlas(ctx, tx)
		town.must(err)
	})
	town.open(&clue.Intake{Atlas: func() *cell.Atlas { return atlas }, Keys: keys})
	return town
}

func (t *town) open(intake *clue.Intake) {
	t.edge = newResolver(Deps{
		DB: t.db, Log: slog.New(slog.NewTextHandler(t.log, nil)), Intake: intake, SessionTTL: time.Hour, Brought: consignment.Files{Dir: t.TempDir()},
		Remote:      func(context.Context) string { return "192.0.2.1" },
		SetSession:  func(context.Context, string, time.Time) {},
		SessionOf:   func(context.Context) (string, time.Time) { return "", time.Time{} },
		Enter:       t.enter,
		RequestID:   func(context.Context) string { return "request" },
		MayFreeText: func(context.Context) bool { return true },
		PhotoURL:    func(p media.Photo, v media.Variant) string { return "/photos/" + p.ID.String() + "/" + string(v) },
	})
	endpoint := t.edge.endpoint()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, known := t.people[r.Header.Get("Test-Person")]
		if !known {
			who = actor.Anonymous
		}
		endpoint.ServeHTTP(w, r.WithContext(actor.With(r.Context(), who)))
	}))
	t.url = server.URL
	t.Cleanup(server.Close)
}

// enter takes a person's name for a token.
func (t *town) enter(ctx context.Context, token string) (context.Context, error) {
	who, known := t.people[token]
	if !known {
		return ctx, fault.Denied("SESSION_OVER", "no such session")
	}
	return actor.With(ctx, who), nil
}

func (t *town) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (t *town) write(a *actor.Actor, fn func(context.Context, *pg.Tx)) {
	t.Helper()
	ctx := actor.With(t.Context(), a)
	t.must(t.db.Write(ctx, func(tx *pg.Tx) error { fn(ctx, tx); return nil }))
}

// do runs a verb of the domain in a transaction of its own.
func do[In, Out any](t *town, who string, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (out Out) {
	t.Helper()
	t.write(t.people[who], func(ctx context.Context, tx *pg.Tx) {
		var err error
		out, err = verb(ctx, tx, in)
		t.must(err)
	})
	return out
}

type vars map[string]any

// answer is a response of the endpoint.
type answer struct {
	Status int
	Retry  string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code, Field string }
	}
}

func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

func (t *town) ask(who, document string, variables vars) (a answer) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	t.must(err)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, t.url, bytes.NewReader(body))
	t.must(err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/graphql-response+json")
	request.Header.Set("Test-Person", who)
	response, err := http.DefaultClient.Do(request)
	t.must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	t.must(err)
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	a.Status, a.Retry = response.StatusCode, response.Header.Get("Retry-After")
	return a
}

// reply is the data of an answer without errors.
func reply[T any](t *town, who, document string, variables vars) (data T) {
	t.Helper()
	a := t.ask(who, document, variables)
	if len(a.Errors) > 0 {
		t.Fatalf("%s: %+v\n%s", document, a.Errors, t.log)
	}
	t.must(json.Unmarshal(a.Data, &data))
	return data
}

type userError struct {
	Code    string
	Message string
	Path    []string
}

func (e userError) String() string { return e.Code + " at " + strings.Join(e.Path, ".") }

// refusal is the first user error of a mutation with the input, and the code of the request's error where there is
// no payload; zero where it was done.
func (t *town) refusal(who, mutation, inputType string, in vars) userError {
	t.Helper()
	a := t.ask(who, "mutation ($input: "+inputType+"!) { m: "+mutation+"(input: $input) { errors { code message path } } }", vars{"input": in})
	if len(a.Errors) > 0 {
		return userError{Code: a.code(), Path: strings.Split(a.Errors[0].Extensions.Field, ".")}
	}
	var data struct{ M struct{ Errors []userError } }
	t.must(json.Unmarshal(a.Data, &data))
	if len(data.M.Errors) == 0 {
		return userError{}
	}
	return data.M.Errors[0]
}

// position is a satellite fix in the middle of a cell of Nanyuan, moved by metres of longitude.
func (t *town) position(cell int, east float64) geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, cell)
	return geo.Position{Lon: lon + east/102_700, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: time.Now()}
}

// aPhoto is declared, and not at the server yet.
func aPhoto() []media.Declared { return []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}} }

func (t *town) standard(category string) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		rows, err := standard.ForCategory(ctx, tx, category)
		t.must(err)
		id = rows[0].ID
	})
	return id
}

// submit makes a report in a cell of Nanyuan.
func (t *town) submit(who, category string, at geo.Position) clue.Clue {
	t.Helper()
	return do(t, who, t.edge.Intake.Submit, clue.Submission{ID: pg.NewID(), Text: "消防通道被货车堵住", Category: category, Position: at,
		Photos: aPhoto()}).Clue
}

// routed makes a case of a clue, and sends it to its department.
func (t *town) routed(c clue.Clue, category string) casework.Case {
	t.Helper()
	filed := do(t, "dispatcher", casework.File, casework.FileInput{Target: clue.Target{Clue: c.ID}, Standard: t.standard(category)})
	var found casework.Case
	t.write(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) {
		t.must(casework.Route(ctx, tx, casework.RouteJob{Case: filed.ID, Epoch: filed.Epoch}))
	})
	t.write(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		found, err = casework.Get(ctx, tx, filed.ID)
		t.must(err)
	})
	return found
}

// sampled has a closed case drawn for another look.
func (t *town) sampled(c casework.Case) sampling.Reinspection {
	t.Helper()
	local := c.ClosedAt.In(identity.City)
	day := calendar.Date{Year: local.Year(), Month: local.Month(), Day: local.Day()}
	s := do(t, "supervisor", sampling.Draw, sampling.Drawing{Name: "抽查", DueAt: time.Now().Add(time.Hour), Design: sampling.Design{
		Region: fixture.Nanyuan, ClosedFrom: day, ClosedTo: day, By: sampling.ByRegion, Confidence: 0.95, Margin: 0.05, Expected: 0.5}})
	looks := do(t, "supervisor", func(ctx context.Context, tx *pg.Tx, id uuid.UUID) ([]sampling.Reinspection, error) {
		found, _, err := sampling.Reinspections(ctx, tx, sampling.Filter{Sample: id}, uuid.Nil, 100)
		return found, err
	}, s.ID)
	i := slices.IndexFunc(looks, func(r sampling.Reinspection) bool { return r.CaseID == c.ID })
	if i < 0 {
		t.Fatal("all of few cases are drawn, and this one is not")
	}
	return looks[i]
}
