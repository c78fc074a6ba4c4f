package sampling

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
)

const (
	nameMost = 100  // characters
	sizeMost = 5000 // re-inspections of one sample: what a district's grid workers can do in some weeks
	dueMost  = 366 * 24 * time.Hour
)

// Design says of which cases how sure something shall be known.
type Design struct {
	Region     string        // division code
	Department string        // "" = every department
	Category   string        // 2 or 4 digits; "" = all
	ClosedFrom calendar.Date // the city's days on which they were closed, both included
	ClosedTo   calendar.Date
	By         Stratification
	Confidence float64 // 0.8 to 0.999
	Margin     float64 // half the width of the interval, 0.005 to 0.25
	Expected   float64 // the share that is expected not to be fixed, 0.01 to 0.99; 0.5 needs the largest sample
}

// Drawing is a sample to draw.
type Drawing struct {
	Design
	Name  string    // 1 to 100 characters
	DueAt time.Time // in the future, at most a year
}

// Plan is what a design comes to.
type Plan struct {
	Population int // closed cases that can be drawn
	Size       int // of those, how many would be
	Strata     []Stratum
}

// Propose reckons how many cases a design asks for, and draws nothing.
//
// Faults: ACTION_NOT_YOURS at "region" for whoever does not supervise there; PERIOD_REVERSED at "closedTo"; CATEGORY_CODE
// at "category"; CONFIDENCE, MARGIN and EXPECTED at the field of their name.
func Propose(ctx context.Context, tx *pg.Tx, d Design) (Plan, error) {
	if err := d.check(tx.Actor); err != nil {
		return Plan{}, err
	}
	parts, err := pg.All[part](ctx, tx, frameSQL, d.args()...)
	if err != nil {
		return Plan{}, fmt.Errorf("strata of a sample: %w", err)
	}
	return d.plan(parts), nil
}

// part is a stratum of the frame.
type part struct {
	Key        string `db:"key"`
	Population int    `db:"population"`
}

func (d Design) plan(parts []part) Plan {
	var p Plan
	populations := make([]int, len(parts))
	for i, s := range parts {
		populations[i] = s.Population
		p.Population += s.Population
	}
	for i, n := range allot(SizeFor(p.Population, d.Confidence, d.Margin, d.Expected), populations) {
		p.Strata = append(p.Strata, Stratum{Key: parts[i].Key, Population: parts[i].Population, Size: n})
		p.Size += n
	}
	return p
}

func (d Design) check(a *actor.Actor) error {
	switch {
	case !a.May(actor.Supervise, d.Region, ""):
		return fault.Denied("ACTION_NOT_YOURS", "you do not supervise there").At("region")
	case d.ClosedTo.Before(d.ClosedFrom):
		return fault.Invalid("PERIOD_REVERSED", "a period ends after it begins").At("closedTo")
	case d.Category != "" && (len(d.Category) != 2 && len(d.Category) != 4 || strings.Trim(d.Category, "0123456789") != ""):
		return fault.Invalid("CATEGORY_CODE", "a category's code has 4 digits, of a major one 2").At("category")
	case !(d.Confidence >= 0.8 && d.Confidence <= 0.999):
		return fault.Invalid("CONFIDENCE", "a confidence is 0.8 to 0.999").At("confidence")
	case !(d.Margin >= 0.005 && d.Margin <= 0.25):
		return fault.Invalid("MARGIN", "a margin is 0.005 to 0.25").At("margin")
	case !(d.Expected >= 0.01 && d.Expected <= 0.99):
		return fault.Invalid("EXPECTED", "an expected share is 0.01 to 0.99").At("expected")
	}
	return nil
}

// digits of a division code, and those of the ones that lie directly in it; cells lie in communities.
var inner = map[int]int{4: 6, 6: 9, 9: 12, 12: 12}

// args are the parameters of the frame.
func (d Design) args() []any {
	return []any{d.Region, d.Department, d.Category, d.ClosedFrom, d.ClosedTo, d.By, inner[len(d.Region)]}
}

// Draw draws a sample, by a seed that nobody could choose, and asks grid workers to look: those of the case's street who had
// no hand in it, each as many as the others. Whoever cannot be asked is found by the supervisor.
//
// Faults: TEXT_… at "name"; SAMPLE_DUE at "dueAt"; below "design" those of Propose, SAMPLE_EMPTY at "closedFrom" where no case
// was closed, SAMPLE_TOO_LARGE at "margin" for more than 5 000 cases.
func Draw(ctx context.Context, tx *pg.Tx, in Drawing) (Sample, error) {
	name, err := prose.Some("name", in.Name, nameMost)
	if err != nil {
		return Sample{}, err
	}
	if !in.DueAt.After(tx.Now) || in.DueAt.After(tx.Now.Add(dueMost)) {
		return Sample{}, fault.Invalid("SAMPLE_DUE", "a sample is due in the future, within a year").At("dueAt")
	}
	p, err := Propose(ctx, tx, in.Design)
	switch {
	case err != nil:
		return Sample{}, fault.Under("design", err)
	case p.Population == 0:
		return Sample{}, fault.Conflict("SAMPLE_EMPTY", "no case was closed there in that time").At("design.closedFrom")
	case p.Size > sizeMost:
		return Sample{}, fault.Invalid("SAMPLE_TOO_LARGE", "this takes %d cases, and at most %d are looked at: allow more margin", p.Size, sizeMost).At("design.margin")
	}
	s, err := in.store(ctx, tx, name, p)
	if err != nil {
		return Sample{}, err
	}
	drawn, err := in.draw(ctx, tx, s, p)
	if err != nil {
		return Sample{}, err
	}
	audit.Record(tx, "sample.draw", "sample", s.ID.String(), map[string]any{"region": s.Region, "population": s.Population, "size": s.Size, "seed": fmt.Sprintf("%x", s.Seed)})
	return s, s.ask(ctx, tx, drawn)
}

// store writes the design down.
func (in Drawing) store(ctx context.Context, tx *pg.Tx, name string, p Plan) (Sample, error) {
	seed := make([]byte, 16)
	_, _ = rand.Read(seed) // never fails
	s, err := pg.One[Sample](ctx, tx, insertSampleSQL, pg.NewID(), name, in.Region, in.Department, in.Category, in.ClosedFrom, in.ClosedTo,
		in.By, in.Confidence, in.Margin, in.Expected, seed, p.Population, p.Size, in.DueAt, tx.Actor.ID, tx.Now)
	if err != nil {
		return s, fmt.Errorf("insert sample: %w", err)
	}
	keys, populations, sizes := p.columns()
	tx.Queue(insertStrataSQL, s.ID, keys, populations, sizes)
	return s, nil
}

func (p Plan) columns() (keys []string, populations, sizes []int) {
	for _, s := range p.Strata {
		keys, populations, sizes = append(keys, s.Key), append(populations, s.Population), append(sizes, s.Size)
	}
	return keys, populations, sizes
}

// ticket is a case that is drawn.
type ticket struct {
	Case    uuid.UUID `db:"case_id"`
	Round   int       `db:"round"`
	Stratum string    `db:"stratum"`
	Cell    string    `db:"cell"`
	Street  string    `db:"street"`
	Point   geo.Point `db:"point"`

	to *uuid.UUID // who looks; nil: nobody can be asked
}

// draw takes the cases of lowest rank of each stratum.
func (in Drawing) draw(ctx context.Context, tx *pg.Tx, s Sample, p Plan) ([]ticket, error) {
	keys, _, sizes := p.columns()
	drawn, err := pg.All[ticket](ctx, tx, drawSQL, append(in.args(), s.Seed, keys, sizes)...)
	if err != nil {
		return nil, fmt.Errorf("draw a sample: %w", err)
	}
	return drawn, nil
}
