package standard

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

// Departments lists all departments by code.
func Departments(ctx context.Context, tx *pg.Tx) ([]Department, error) {
	return pg.All[Department](ctx, tx, departmentsSQL)
}

// Categories lists all categories by code.
func Categories(ctx context.Context, tx *pg.Tx) ([]Category, error) {
	return pg.All[Category](ctx, tx, categoriesSQL)
}

// CategoryOf finds a category; an unknown code is the fault CATEGORY_UNKNOWN.
func CategoryOf(ctx context.Context, tx *pg.Tx, code string) (Category, error) {
	c, err := pg.One[Category](ctx, tx, categorySQL, code)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, fault.Invalid("CATEGORY_UNKNOWN", "there is no such category")
	}
	return c, err
}

// FilingOf finds one row of any version, as it was when a case was pinned to it; an unknown id is the fault STANDARD_UNKNOWN.
func FilingOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Filing, error) {
	f, err := pg.One[Filing](ctx, tx, filingSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, fault.Invalid("STANDARD_UNKNOWN", "there is no such filing standard")
	}
	return f, err
}

// FilingsByIDs finds rows of any version: one query for any number.
func FilingsByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Filing, error) {
	return pg.All[Filing](ctx, tx, filingsByIDsSQL, ids)
}

// ForCategory lists the current version's rows of a category, in the order in which their conditions are read.
func ForCategory(ctx context.Context, tx *pg.Tx, category string) ([]Filing, error) {
	return pg.All[Filing](ctx, tx, filingsForCategorySQL, category)
}

// OfVersion lists a version's rows of a category, in the order in which their conditions are read.
func OfVersion(ctx context.Context, tx *pg.Tx, category string, version int) ([]Filing, error) {
	return pg.All[Filing](ctx, tx, filingsOfVersionSQL, category, version)
}

// Current lists the current version, by category and position.
func Current(ctx context.Context, tx *pg.Tx) ([]Filing, error) {
	return pg.All[Filing](ctx, tx, currentFilingsSQL)
}

// StageLimit is how long a stage may take by the current version. A stage without one is the fault STAGE_LIMIT_MISSING:
// no promise is made on a guessed limit.
func StageLimit(ctx context.Context, tx *pg.Tx, stage string, urgent bool) (calendar.Limit, error) {
	l, err := StageTerm(ctx, tx, stage, urgent)
	return l.Limit(), err
}

// StageTerm is StageLimit with the version that says so.
func StageTerm(ctx context.Context, tx *pg.Tx, stage string, urgent bool) (TimeLimit, error) {
	l, err := pg.One[TimeLimit](ctx, tx, stageLimitSQL, stage, urgent)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, fault.Conflict("STAGE_LIMIT_MISSING", "no limit is published for the stage %s", stage)
	}
	return l, err
}

// Limits lists the current version's stage limits.
func Limits(ctx context.Context, tx *pg.Tx) ([]TimeLimit, error) {
	return pg.All[TimeLimit](ctx, tx, stageLimitsSQL)
}
