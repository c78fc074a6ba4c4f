package notify

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// letter is a pending delivery with all that sending it takes.
type letter struct {
	Delivery uuid.UUID  `db:"delivery"`
	Channel  Channel    `db:"channel"`
	Attempts int        `db:"attempts"`
	Messages int        `db:"messages"`
	Now      time.Time  `db:"stamp"`
	RetryAt  *time.Time `db:"retry_at"`
	rests    time.Time  // what does not press is not shown before; zero: it may be shown now

	Kind   *Kind          `db:"kind"` // of a text message
	Params map[string]any `db:"params"`
	Phone  *string        `db:"phone"`
	Locale *string        `db:"locale"`

	URL    *string         `db:"url"` // of a call to another system
	Secret []byte          `db:"secret"`
	Event  *uuid.UUID      `db:"event"`
	Body   json.RawMessage `db:"body"`

	notice
}

// taken is a pending delivery, and until when it rests.
func taken(ctx context.Context, tx *pg.Tx, id uuid.UUID) (letter, error) {
	l, err := pg.One[letter](ctx, tx, letterSQL, id, tx.Now)
	if err != nil || l.Channel != ChannelPush || l.LeftAt != nil {
		return l, err
	}
	rule, err := Quiet(ctx, tx)
	if err != nil {
		return l, err
	}
	to := way{*l.To, *l.Device}
	gone, err := goneTo(ctx, tx, []uuid.UUID{to.Person})
	l.rests = rule.leaves(l.Now, gone[to])
	return l, err
}

func (out Senders) send(ctx context.Context, l letter) error {
	switch {
	case l.Channel == ChannelSMS && l.Phone == nil:
		return &refusal{code: "no_number", final: true}
	case l.Channel == ChannelPush && l.Endpoint == nil:
		return &refusal{code: "no_subscription", moot: true}
	case l.Channel == ChannelPush && l.Messages == 1 && l.ReadAt != nil:
		return &refusal{code: "read", moot: true}
	case l.Channel == ChannelSMS && out.SMS == nil, l.Channel == ChannelWebhook && out.Hooks == nil, l.Channel == ChannelPush && out.Push == nil:
		return &refusal{code: "not_configured"}
	case l.Channel == ChannelPush:
		return out.Push.show(ctx, l)
	case l.Channel == ChannelSMS:
		return out.SMS.Send(ctx, l.Delivery, *l.Phone, l.text())
	case l.URL == nil || l.Body == nil:
		return &refusal{code: "retired", final: true}
	}
	return out.Hooks.call(ctx, l)
}

// text is what one SMS says: title and body of its message, or how many wait.
func (l letter) text() string {
	if l.Messages > 1 {
		return fill(bundle.in(*l.Locale).body, map[string]any{"count": float64(l.Messages)}, *l.Locale)
	}
	title, body := Render(Message{Kind: *l.Kind, Params: l.Params}, *l.Locale)
	if *l.Locale == "en" {
		return title + ". " + body
	}
	return "【" + title + "】" + body
}
