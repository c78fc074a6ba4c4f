package casework

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// finding is what an inspection found, as far as a case is made of it.
type finding struct {
	ID       uuid.UUID  `db:"id"`
	Cell     string     `db:"cell"`
	Street   string     `db:"street"`
	Category string     `db:"category"`
	Note     string     `db:"note"`
	Point    geo.Point  `db:"point"`
	Fixed    bool       `db:"fixed"`
	CaseID   *uuid.UUID `db:"case_id"`
}

// FileFinding makes a case of an inspection's finding, under the first row of its category's standard. It is the effect
// of the job finding.file: a second run changes nothing, and neither does a finding that was fixed on the spot.
func FileFinding(ctx context.Context, tx *pg.Tx, id uuid.UUID) error {
	found, err := pg.One[finding](ctx, tx, takeFindingSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("FINDING_NOT_FOUND", "no such finding")
	}
	if err != nil || found.Fixed || found.CaseID != nil {
		return err
	}
	rows, err := standard.ForCategory(ctx, tx, found.Category)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fault.Conflict("STANDARD_UNKNOWN", "no filing standard is published for category %s", found.Category)
	}
	draft := Case{Source: FromInspection, Text: found.Note, Point: found.Point, Cell: found.Cell, Street: found.Street}
	t, err := open(ctx, tx, draft, rows[0], map[string]any{"finding": found.ID})
	if err != nil {
		return err
	}
	if err := t.leadsRead(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, settleFindingSQL, found.ID, t.ID); err != nil {
		return fmt.Errorf("settle finding: %w", err)
	}
	return nil
}
