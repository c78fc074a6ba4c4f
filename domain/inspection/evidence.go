package inspection

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/pg"
)

const evidenceSQL = `select i.person_id, ` + actor.InRegion + ` as in_scope,
	array(select case_id from findings where inspection_id = i.id and case_id is not null order by case_id) as cases
	from inspections i join inspection_tasks scoped on scoped.id = i.task_id where i.id = $3`

// Evidence is what decides who may see an inspection's photos.
type Evidence struct {
	Person  uuid.UUID   `db:"person_id"` // who made the inspection
	InScope bool        `db:"in_scope"`  // whether the viewer reads what is reported in its street
	Cases   []uuid.UUID `db:"cases"`     // that were filed from its findings: whoever sees one of them sees the photos
}

// EvidenceOf looks an inspection up for its photos; nil where there is none of that id.
func EvidenceOf(ctx context.Context, tx *pg.Tx, inspection uuid.UUID) (*Evidence, error) {
	scope := tx.Actor.Scope(actor.ReadClue)
	found, err := pg.One[Evidence](ctx, tx, evidenceSQL, scope.Regions, scope.Departments, inspection)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}
