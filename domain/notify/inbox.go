package notify

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/pg"
)

// Page is one step through a list whose newest row comes first.
type Page struct {
	Before *uuid.UUID // the last row of the page before; nil: from the newest
	First  int        // rows at most
	Unread bool       // of an inbox: only what was not read yet
}

// maxUnread is where counting stops: nobody reads a badge beyond it.
const maxUnread = 100

var errNoMessage = fault.NotFound("MESSAGE_NOT_FOUND", "no such message")

// Inbox returns the messages of whoever acts, newest first: those to the person, and those to the reporter that the
// person is. more tells whether older ones follow.
func Inbox(ctx context.Context, tx *pg.Tx, page Page) (found []Message, more bool, err error) {
	found, err = pg.All[Message](ctx, tx, inboxSQL, tx.Actor.ID, tx.Actor.Mark, page.Before, page.First+1, page.Unread)
	return pg.Page(found, page.First, err)
}

// Unread counts the unread messages of whoever acts, up to 100.
func Unread(ctx context.Context, tx *pg.Tx) (int, error) {
	return pg.Val[int](ctx, tx, unreadSQL, tx.Actor.ID, tx.Actor.Mark, maxUnread)
}

// Waiting are the newest unread messages of whoever acts as a member of staff, the newest first. What reporters are told is not
// among them: its ids, written down beside a person, would tell who reported.
func Waiting(ctx context.Context, tx *pg.Tx, first int) ([]Message, error) {
	return pg.All[Message](ctx, tx, waitingSQL, tx.Actor.ID, first)
}

// MarkRead notes that whoever acts has read a message of theirs. A second time changes nothing.
func MarkRead(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Message, error) {
	return own(pg.One[Message](ctx, tx, readSQL, id, tx.Actor.ID, tx.Actor.Mark, tx.Now))
}

// Acknowledge confirms a message that asks for it, and quiets its nagging for a while (Message.AckUntil); the clock
// runs on. Once that time is over it can be acknowledged again. The one who calls records what it means for the case.
func Acknowledge(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Message, error) {
	m, err := own(pg.One[Message](ctx, tx, acknowledgeSQL, id, tx.Actor.ID, tx.Actor.Mark, tx.Now))
	if err == nil && !m.NeedsAck {
		return Message{}, fault.Conflict("ACTION_NOT_POSSIBLE", "this message asks for no acknowledgement")
	}
	return m, err
}

func own(m Message, err error) (Message, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return m, errNoMessage
	}
	return m, err
}
