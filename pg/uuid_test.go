package pg_test

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/dbtest"
)

func TestIDsComeBackAsTheyWentOut(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	id, other := pg.NewID(), pg.NewID()

	alone, err := pg.Val[uuid.UUID](ctx, tx, "select $1::uuid", id)
	if err != nil || alone != id {
		t.Errorf("an id: %v, %v", alone, err)
	}
	absent, err := pg.Val[*uuid.UUID](ctx, tx, "select $1::uuid", (*uuid.UUID)(nil))
	if err != nil || absent != nil {
		t.Errorf("no id: %v, %v", absent, err)
	}
	many, err := pg.Vals[*uuid.UUID](ctx, tx, "select unnest($1::uuid[])", []*uuid.UUID{&id, nil, &other})
	if err != nil || len(many) != 3 || *many[0] != id || many[1] != nil || *many[2] != other {
		t.Errorf("ids and none in an array: %v, %v", many, err)
	}
	array, err := pg.Val[[]uuid.UUID](ctx, tx, "select $1::uuid[]", []uuid.UUID{id, other})
	if err != nil || len(array) != 2 || array[1] != other {
		t.Errorf("an array of ids: %v, %v", array, err)
	}
	if _, err := pg.Val[uuid.UUID](ctx, tx, "select null::uuid"); err == nil {
		t.Error("NULL was read as an id")
	}
}
