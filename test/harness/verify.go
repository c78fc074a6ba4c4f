package harness

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/casework"
	"gridwork/pg"
)

// verify holds the platform to its promises at the end of every story.
func (h *Harness) verify() {
	h.t.Helper()
	h.journal.complain(h.t)
	h.texts.complain(h.t)
	h.hooks.complain(h.t)
	ctx := actor.With(context.WithoutCancel(h.t.Context()), actor.System("harness"))
	err := h.process.DB.Write(ctx, func(tx *pg.Tx) error { return linkAll(ctx, tx) })
	if err != nil {
		h.t.Errorf("link the audit log: %v", err)
	}
	err = h.process.DB.Read(ctx, func(tx *pg.Tx) error {
		violations, err := casework.CheckInvariants(ctx, tx)
		for _, v := range violations {
			h.t.Errorf("invariant %s: %s %s %s", v.Invariant, v.Object, v.ID, v.Says)
		}
		if err != nil {
			return err
		}
		_, err = audit.Verify(ctx, tx)
		return err
	})
	if err != nil {
		h.t.Errorf("after the story: %v", err)
	}
}

// linkAll closes the chain over what the last second of the story has written.
func linkAll(ctx context.Context, tx *pg.Tx) error {
	for {
		if n, err := audit.Link(ctx, tx, 1000); n == 0 || err != nil {
			return err
		}
	}
}
