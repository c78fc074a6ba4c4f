package client

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/geo"
)

type vars = map[string]any

// SignIn opens a session and returns the client of whoever signed in.
func (c *Client) SignIn(ctx context.Context, login, password string) (*Client, error) {
	var data struct{ SignIn struct{ Token string } }
	err := c.Call(ctx, "SignIn", vars{"input": vars{"login": login, "password": password}}, &data)
	return c.With(data.SignIn.Token), err
}

// Report is what somebody reports.
type Report struct {
	ID        uuid.UUID // UUIDv7
	Text      string
	Category  string // 4 digits; "" = not known
	Position  geo.Position
	Photos    []Photo
	Anonymous bool
}

// Submit reports something. The bytes of its photos are uploaded apart.
func (c *Client) Submit(ctx context.Context, r Report) (Receipt, error) {
	input := vars{"id": r.ID, "text": r.Text, "position": position(r.Position), "photos": photoInputs(r.Photos), "anonymous": r.Anonymous}
	if r.Category != "" {
		input["category"] = r.Category
	}
	var data struct{ SubmitClue Receipt }
	err := c.Call(ctx, "SubmitClue", vars{"input": input}, &data)
	return data.SubmitClue, err
}

// Track looks a clue up by its claim code.
func (c *Client) Track(ctx context.Context, claimCode string) (*Tracked, error) {
	var data struct{ TrackClue *Tracked }
	err := c.Call(ctx, "TrackClue", vars{"claimCode": claimCode}, &data)
	return data.TrackClue, err
}

func position(p geo.Position) vars {
	return vars{"lon": p.Lon, "lat": p.Lat, "datum": strings.ToUpper(string(p.Datum)), "accuracy": p.Accuracy, "source": strings.ToUpper(string(p.Source)),
		"mocked": p.Mocked, "capturedAt": p.CapturedAt.UTC().Format(time.RFC3339Nano)}
}

// Queue is a page of a street's clues that wait for a decision.
func (c *Client) Queue(ctx context.Context, region string, first int) ([]Clue, error) {
	var data struct{ Clues Page[Clue] }
	err := c.Call(ctx, "StreetQueue", vars{"filter": vars{"region": region}, "first": first}, &data)
	return data.Clues.Nodes, err
}

// Ledger is a page of all clues of a region in whatever state, the newest first, with little more than their ids.
func (c *Client) Ledger(ctx context.Context, region string, after *string) (Page[Clue], error) {
	var data struct{ Clues Page[Clue] }
	states := []string{"SUBMITTED", "VERIFYING", "FILED", "MERGED", "HANDLED_ON_SPOT", "NOT_FILED", "REFERRED", "MALICIOUS"}
	err := c.Call(ctx, "ClueLedger", vars{"filter": vars{"region": region, "states": states}, "first": 100, "after": after}, &data)
	return data.Clues, err
}

// only is the payload of a document with a single field.
func only[T any](ctx context.Context, c *Client, operation string, variables vars) (payload T, err error) {
	var data map[string]T
	err = c.Call(ctx, operation, variables, &data)
	for _, payload = range data {
		break
	}
	return payload, err
}

// decided is what an action on a clue gives.
type decided struct {
	Clue Clue
	Case *Case
}

// onClue acts on the clue as it was seen.
func (c *Client) onClue(ctx context.Context, operation string, clue Clue, more vars) (decided, error) {
	input := vars{"clue": clue.ID, "version": clue.Version}
	for name, value := range more {
		input[name] = value
	}
	return only[decided](ctx, c, operation, vars{"input": input})
}

// AskVerification asks the cell's grid worker to look.
func (c *Client) AskVerification(ctx context.Context, clue Clue) (Clue, error) {
	d, err := c.onClue(ctx, "AskVerification", clue, nil)
	return d.Clue, err
}

// File makes a case of a clue.
func (c *Client) File(ctx context.Context, clue Clue, standard uuid.UUID) (Case, error) {
	d, err := c.onClue(ctx, "FileClue", clue, vars{"standard": standard})
	if err != nil || d.Case == nil {
		return Case{}, err
	}
	return *d.Case, nil
}

// Merge joins a clue to a case.
func (c *Client) Merge(ctx context.Context, clue Clue, into uuid.UUID) error {
	_, err := c.onClue(ctx, "MergeClue", clue, vars{"case": into})
	return err
}

// HandleOnSpot notes that it was put right.
func (c *Client) HandleOnSpot(ctx context.Context, clue Clue, note string) error {
	_, err := c.onClue(ctx, "HandleClueOnSpot", clue, vars{"note": note})
	return err
}

// Refuse makes no case of it.
func (c *Client) Refuse(ctx context.Context, clue Clue, reason string) error {
	_, err := c.onClue(ctx, "RefuseClue", clue, vars{"reason": reason})
	return err
}

// Refer hands it to another service: FIRE_119, POLICE_110, OTHER.
func (c *Client) Refer(ctx context.Context, clue Clue, to, note string) error {
	_, err := c.onClue(ctx, "ReferClue", clue, vars{"to": to, "note": note})
	return err
}

// VerifyTasks are the verifications that the grid worker was asked for.
func (c *Client) VerifyTasks(ctx context.Context) ([]Task, error) {
	var data struct{ MyVerifyTasks Page[Task] }
	err := c.Call(ctx, "MyVerifyTasks", nil, &data)
	return data.MyVerifyTasks.Nodes, err
}

// AnswerVerification says whether it is as reported.
func (c *Client) AnswerVerification(ctx context.Context, task uuid.UUID, confirmed bool, note string, at geo.Position) error {
	return c.Call(ctx, "AnswerVerification", vars{"input": vars{"task": task, "confirmed": confirmed, "note": note, "position": position(at)}}, nil)
}

// CaseFilter says which cases; empty fields say nothing.
type CaseFilter struct {
	Region, Department string
	States             []string
	Mine               bool
}

func (f CaseFilter) vars() vars {
	v := vars{}
	if f.Region != "" {
		v["region"] = f.Region
	}
	if f.Department != "" {
		v["department"] = f.Department
	}
	if len(f.States) > 0 {
		v["states"] = f.States
	}
	if f.Mine {
		v["mine"] = true
	}
	return v
}

// Cases is a page of the cases of a filter, the newest first.
func (c *Client) Cases(ctx context.Context, f CaseFilter, after *string) (Page[Case], error) {
	var data struct{ Cases Page[Case] }
	err := c.Call(ctx, "CasesAtWork", vars{"filter": f.vars(), "first": 50, "after": after}, &data)
	return data.Cases, err
}

// Survey is a page of cases with what became of them.
func (c *Client) Survey(ctx context.Context, f CaseFilter, after *string) (Page[Case], error) {
	var data struct{ Cases Page[Case] }
	err := c.Call(ctx, "CaseSurvey", vars{"filter": f.vars(), "first": 50, "after": after}, &data)
	return data.Cases, err
}

// Case is one with everything that its viewer may see, or nil.
func (c *Client) Case(ctx context.Context, id uuid.UUID) (*Case, error) {
	var data struct{ Case *Case }
	err := c.Call(ctx, "Case", vars{"id": id}, &data)
	return data.Case, err
}

// Handlers are those whom a desk may name.
func (c *Client) Handlers(ctx context.Context, department, street string) ([]Person, error) {
	var data struct{ Handlers []Person }
	err := c.Call(ctx, "Handlers", vars{"department": department, "street": street}, &data)
	return data.Handlers, err
}

// onCase acts on the case as it was seen.
func (c *Client) onCase(ctx context.Context, operation string, of Case, more vars) (Case, error) {
	input := vars{"case": of.ID, "version": of.Version}
	for name, value := range more {
		input[name] = value
	}
	done, err := only[struct{ Case Case }](ctx, c, operation, vars{"input": input})
	return done.Case, err
}

// Route routes a case by hand.
func (c *Client) Route(ctx context.Context, of Case, department, note string) (Case, error) {
	return c.onCase(ctx, "RouteCase", of, vars{"department": department, "note": note})
}

// Accept accepts a case and names its handler.
func (c *Client) Accept(ctx context.Context, of Case, handler uuid.UUID) (Case, error) {
	return c.onCase(ctx, "AcceptCase", of, vars{"handler": handler})
}

// NameHandler names the handler of a case that was accepted by silence.
func (c *Client) NameHandler(ctx context.Context, of Case, handler uuid.UUID) (Case, error) {
	return c.onCase(ctx, "NameHandler", of, vars{"handler": handler})
}

// Return says that a case is another department's.
func (c *Client) Return(ctx context.Context, of Case, basis, proposed string) (Case, error) {
	return c.onCase(ctx, "ReturnCase", of, vars{"basis": basis, "proposed": proposed})
}

// DecideReturn upholds or rejects.
func (c *Client) DecideReturn(ctx context.Context, of Case, uphold bool, note string) (Case, error) {
	return c.onCase(ctx, "DecideReturn", of, vars{"uphold": uphold, "note": note})
}

// Disposed is what a handler reports.
type Disposed struct {
	ID       uuid.UUID // UUIDv7
	Text     string
	Position geo.Position
	Photos   []Photo
}

// ReportDisposal says what was done. The bytes of its photos are uploaded apart.
func (c *Client) ReportDisposal(ctx context.Context, of Case, d Disposed) (Case, error) {
	return c.onCase(ctx, "ReportDisposal", of, vars{"id": d.ID, "text": d.Text, "position": position(d.Position), "photos": photoInputs(d.Photos)})
}

// SendBack sends a disposal back to the handler.
func (c *Client) SendBack(ctx context.Context, of Case, note string) (Case, error) {
	return c.onCase(ctx, "SendBackDisposal", of, vars{"note": note})
}

// SubmitForCheck hands a disposal on.
func (c *Client) SubmitForCheck(ctx context.Context, of Case) (Case, error) {
	return c.onCase(ctx, "SubmitForCheck", of, nil)
}

// CheckTasks are the checks that the grid worker was asked for.
func (c *Client) CheckTasks(ctx context.Context) ([]Task, error) {
	var data struct{ MyCheckTasks Page[Task] }
	err := c.Call(ctx, "MyCheckTasks", nil, &data)
	return data.MyCheckTasks.Nodes, err
}

// AnswerCheck says whether it is really fixed.
func (c *Client) AnswerCheck(ctx context.Context, task uuid.UUID, isFixed bool, note string, at geo.Position, photos []Photo) error {
	return c.Call(ctx, "AnswerCheck", vars{"input": vars{"task": task, "fixed": isFixed, "note": note, "position": position(at), "photos": photoInputs(photos)}}, nil)
}

// DecideCheck closes a case, or sends it back to work.
func (c *Client) DecideCheck(ctx context.Context, of Case, pass bool, note string) (Case, error) {
	return c.onCase(ctx, "DecideCheck", of, vars{"pass": pass, "note": note})
}

// Inbox are somebody's newest messages.
func (c *Client) Inbox(ctx context.Context) ([]Message, error) {
	var data struct{ Inbox Page[Message] }
	err := c.Call(ctx, "Inbox", nil, &data)
	return data.Inbox.Nodes, err
}

// Categories are all categories with their standards.
func (c *Client) Categories(ctx context.Context) ([]Category, error) {
	var data struct{ Categories []Category }
	err := c.Call(ctx, "Categories", nil, &data)
	return data.Categories, err
}

// Divisions are the children of a division; the city without a parent.
func (c *Client) Divisions(ctx context.Context, parent *string) ([]Region, error) {
	var data struct{ Regions []Region }
	err := c.Call(ctx, "Regions", vars{"parent": parent}, &data)
	return data.Regions, err
}

// Division is one, with its outline, or nil.
func (c *Client) Division(ctx context.Context, code string) (*Region, error) {
	var data struct{ Region *Region }
	err := c.Call(ctx, "Region", vars{"code": code}, &data)
	return data.Region, err
}
