package pg

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// One returns the query's only row as a struct, filled by column name (tag `db`). No row is pgx.ErrNoRows:
// the caller knows what was not found.
func One[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	return collectOne(ctx, tx, pgx.RowToStructByName[T], sql, args)
}

// All returns every row as a struct, like One. No rows is an empty slice.
func All[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	return collect(ctx, tx, pgx.RowToStructByName[T], sql, args)
}

// Val returns the one column of the query's only row.
func Val[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	return collectOne(ctx, tx, pgx.RowTo[T], sql, args)
}

// Vals returns the one column of every row.
func Vals[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	return collect(ctx, tx, pgx.RowTo[T], sql, args)
}

// Page is a list that was asked for with one row more than fits: what fits, and whether others follow.
func Page[T any](found []T, first int, err error) (fits []T, more bool, _ error) {
	if len(found) > first {
		return found[:first], true, err
	}
	return found, false, err
}

// Exec runs a statement and returns how many rows it changed.
func Exec(ctx context.Context, tx *Tx, sql string, args ...any) (int64, error) {
	tag, err := tx.Exec(ctx, sql, args...)
	return tag.RowsAffected(), err
}

func collectOne[T any](ctx context.Context, tx *Tx, scan pgx.RowToFunc[T], sql string, args []any) (T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, err
	}
	return pgx.CollectExactlyOneRow(rows, scan)
}

func collect[T any](ctx context.Context, tx *Tx, scan pgx.RowToFunc[T], sql string, args []any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}
