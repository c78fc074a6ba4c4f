package notify

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// letter is a pending delivery with all that sending it takes.
type letter struct {
	Delivery uuid.UUID `db:"delivery"`
	Channel  Channel   `db:"channel"`
	Attempts int       `db:"attempts"`
	Messages int       `db:"messages"`
	Now      time.Time `db:"stamp"`

	Kind   *Kind          `db:"kind"` // of a text message
	Params map[string]any `db:"params"`
	Phone  *string        `db:"phone"`
	Locale *string        `db:"locale"`

	URL    *string         `db:"url"` // of a call to another system
	Secret []byte          `db:"secret"`
	Event  *uuid.UUID      `db:"event"`
	Body   json.RawMessage `db:"body"`
}

func (out Senders) send(ctx context.Context, l letter) error {
	switch {
	case l.Channel == ChannelSMS && l.Phone == nil:
		return &refusal{code: "no_number", final: true}
	case l.Channel == ChannelSMS && out.SMS == nil, l.Channel == ChannelWebhook && out.Hooks == nil:
		return &refusal{code: "not_configured"}
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
