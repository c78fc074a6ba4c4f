package place

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Field is one that is changed on the spot.
type Field string

const (
	FieldName        Field = "name"
	FieldKind        Field = "kind"
	FieldLegalEntity Field = "legal_entity"
	FieldCreditCode  Field = "credit_code"
)

// Fields lists every field.
var Fields = []Field{FieldName, FieldKind, FieldLegalEntity, FieldCreditCode}

// FieldChange says what a field was when its author looked, and what it is.
type FieldChange struct {
	Field    Field
	Was, Now *string // nil: nothing, of a field that may be empty
}

// Update is what a grid worker found out about premises.
type Update struct {
	Operation  uuid.UUID // made by the handheld
	Code       string
	CapturedAt time.Time
	Fields     []FieldChange
}

// Contest is a change that a person has to decide on.
type Contest struct {
	Field Field
	Change
	Stands *string // what the field is meanwhile
}

// Updated is how premises are after a change.
type Updated struct {
	Premises  Premises
	Contested []Contest // every open one of the fields that were touched, by field and time of capture
}

var errNoPremises = fault.NotFound("PREMISES_NOT_FOUND", "no such premises").At("code")

// UpdatePremises carries out what grid workers of the street found out, field by field. A field that somebody else changed
// since its author looked is contested: the first change by the time of capture stands, and the other one is kept. The
// same changes end in the same premises, in whichever order they arrive.
//
// Faults: PREMISES_NOT_FOUND at "code"; FIELD_UNKNOWN, VALUE_MISSING, TEXT_TOO_LONG below "fields".
func UpdatePremises(ctx context.Context, tx *pg.Tx, in Update) (Updated, error) {
	fields, err := in.clean()
	if err != nil {
		return Updated{}, err
	}
	p, err := lockPremises(ctx, tx, in.Code)
	if err != nil {
		return Updated{}, err
	}
	if !tx.Actor.As(actor.GridWorker, p.Street, "") {
		return Updated{}, errNoPremises
	}
	done := Updated{}
	for _, f := range fields {
		contested, err := p.weigh(ctx, tx, f.Field, func() error {
			_, err := tx.Exec(ctx, insertChangeSQL, in.Operation, p.Code, f.Field, f.Was, f.Now, in.CapturedAt)
			return err
		})
		if err != nil {
			return done, fmt.Errorf("update premises: %w", err)
		}
		done.Contested = append(done.Contested, contested...)
	}
	done.Premises = p
	return done, p.write(ctx, tx)
}

// clean are the fields as they may be kept: what they were is what an earlier change was kept as.
func (in Update) clean() ([]FieldChange, error) {
	if len(in.Fields) == 0 || len(in.Fields) > len(Fields) {
		return nil, fault.Invalid(CodeMissing, "1 to %d fields", len(Fields)).At("fields")
	}
	fields := slices.Clone(in.Fields)
	for i, f := range fields {
		path := fmt.Sprintf("fields[%d]", i)
		again := slices.ContainsFunc(fields[:i], func(before FieldChange) bool { return before.Field == f.Field })
		if !slices.Contains(Fields, f.Field) || again {
			return nil, fault.Invalid(CodeField, "this is no field that is changed on the spot, or it stands twice").At("field").At(path)
		}
		now, err := prose.Clean("now", deref(f.Now), textMost)
		if needed := f.Field == FieldName || f.Field == FieldKind; err == nil && needed && now == "" {
			err = fault.Invalid(CodeMissing, "it is needed").At("now")
		}
		if err != nil {
			return nil, fault.Under(path, err)
		}
		if f.Now != nil {
			fields[i].Now = &now
		}
		if was, err := prose.Clean("was", deref(f.Was), textMost); f.Was != nil && err == nil {
			fields[i].Was = &was
		}
	}
	return fields, nil
}

// Prefer decides a contested change for whoever made it: the field becomes what it asks for. The caller has made sure that
// whoever acts may decide. It returns the field's other contests, as they are now.
func Prefer(ctx context.Context, tx *pg.Tx, code string, field Field, operation uuid.UUID) ([]Contest, error) {
	return decide(ctx, tx, code, field, operation, true)
}

// Dismiss decides a contested change for what stands. It returns the field's other contests, as they are now.
func Dismiss(ctx context.Context, tx *pg.Tx, code string, field Field, operation uuid.UUID) ([]Contest, error) {
	return decide(ctx, tx, code, field, operation, false)
}

func decide(ctx context.Context, tx *pg.Tx, code string, field Field, operation uuid.UUID, prefer bool) ([]Contest, error) {
	p, err := lockPremises(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	contested, err := p.weigh(ctx, tx, field, func() error {
		c, err := pg.One[Change](ctx, tx, dropChangeSQL, operation, field)
		if err != nil || !prefer {
			return err
		}
		return p.fold(ctx, tx, field, c.Now)
	})
	if err != nil {
		return nil, fmt.Errorf("decide on premises: %w", err)
	}
	return contested, p.write(ctx, tx)
}

func lockPremises(ctx context.Context, tx *pg.Tx, code string) (Premises, error) {
	p, err := pg.One[Premises](ctx, tx, lockPremisesSQL, code)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, errNoPremises
	}
	return p, err
}

// ground is where the changes of a field begin and end.
type ground struct {
	Base   *string `db:"base"`
	Merged *string `db:"merged"`
}

// weigh merges a field's changes after one came or went, sets it, and returns what is contested.
func (p *Premises) weigh(ctx context.Context, tx *pg.Tx, field Field, after func() error) ([]Contest, error) {
	current := p.get(field)
	g, err := pg.One[ground](ctx, tx, groundSQL, p.Code, field, current)
	if err != nil {
		return nil, err
	}
	if !same(g.Merged, current) { // an import came between
		if err := p.fold(ctx, tx, field, current); err != nil {
			return nil, err
		}
	}
	if err := after(); err != nil {
		return nil, err
	}
	if g, err = pg.One[ground](ctx, tx, groundSQL, p.Code, field, current); err != nil {
		return nil, err
	}
	changes, err := pg.All[Change](ctx, tx, changesSQL, p.Code, field)
	if err != nil {
		return nil, err
	}
	value, contested := merge(g.Base, changes)
	p.set(field, value)
	if _, err := tx.Exec(ctx, mergedSQL, p.Code, field, value); err != nil {
		return nil, err
	}
	open := make([]Contest, len(contested))
	for i, c := range contested {
		open[i] = Contest{field, c, value}
	}
	return open, nil
}

// fold begins a field's changes anew from a value: those that stood are history, the contested ones stay to be decided on.
func (p *Premises) fold(ctx context.Context, tx *pg.Tx, field Field, value *string) error {
	g, err := pg.One[ground](ctx, tx, groundSQL, p.Code, field, p.get(field))
	if err != nil {
		return err
	}
	changes, err := pg.All[Change](ctx, tx, changesSQL, p.Code, field)
	if err != nil {
		return err
	}
	_, contested := merge(g.Base, changes)
	keep := make([]uuid.UUID, len(contested))
	for i, c := range contested {
		keep[i] = c.Operation
	}
	_, err = tx.Exec(ctx, foldSQL, p.Code, field, value, keep)
	return err
}

func (p *Premises) get(f Field) *string {
	switch f {
	case FieldName:
		return given(p.Name)
	case FieldKind:
		return given(p.Kind)
	case FieldLegalEntity:
		return p.LegalEntity
	}
	return p.CreditCode
}

func (p *Premises) set(f Field, value *string) {
	switch f {
	case FieldName:
		p.Name = deref(value)
	case FieldKind:
		p.Kind = deref(value)
	case FieldLegalEntity:
		p.LegalEntity = value
	case FieldCreditCode:
		p.CreditCode = value
	}
}

// write stores the fields that are changed on the spot. Nothing is written where nothing changed.
func (p *Premises) write(ctx context.Context, tx *pg.Tx) error {
	regions, err := pg.Vals[string](ctx, tx, regionNamesSQL, p.Cell)
	if err != nil {
		return err
	}
	words := strings.Join(terms(tailOf(p.Name, regions)), termBreak)
	changed, err := pg.Exec(ctx, tx, writePremisesSQL, p.Code, p.Name, words, p.Kind, p.LegalEntity, p.CreditCode, tx.Now)
	if err == nil && changed > 0 {
		p.UpdatedAt = tx.Now
		audit.Record(tx, "premises.update", "premises", p.Code, struct{}{})
	}
	return err
}
