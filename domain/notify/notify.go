// Package notify tells people: an inbox for everybody with an account and for every signed-in reporter, text messages
// where it presses, notifications on handhelds, and signed calls to other systems. A message is stored in the transaction of what it tells of;
// what leaves the platform follows from that row, as often as it takes, under one key of idempotency.
package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Outbox kinds of this package. Text messages, notifications and calls to other systems are kinds of their own, so that a system that
// answers slowly never holds up a text.
const (
	JobText   = "message.deliver" // payload: DeliverJob
	JobPush   = "message.push"    // payload: DeliverJob
	JobCall   = "webhook.deliver" // payload: DeliverJob
	JobFanOut = "webhook.fanout"  // payload: FanOutJob; whoever writes a case event emits it
)

// DeliverJob asks for Deliver.
type DeliverJob struct {
	Delivery uuid.UUID `json:"delivery"`
}

// FanOutJob asks for FanOut.
type FanOutJob struct {
	CaseEvent  uuid.UUID `json:"case_event"`
	Department *string   `json:"department"` // that the case was with when it had happened; nil: with none
	Had        string    `json:"had"`        // the one that it was with before; "" for none
}

// usualQuiet is how long an acknowledgement quiets the nagging where the message does not say.
const usualQuiet = 30 * time.Minute

// Message 消息 goes to one person, or to the reporter behind a mark: exactly one of Person and Mark is set.
// Its texts are made from Kind and Params when somebody reads it, in the reader's language (Render).
type Message struct {
	ID         uuid.UUID  `db:"id"` // set by Send
	Person     *uuid.UUID `db:"person_id"`
	Mark       []byte     `db:"mark"`
	Kind       Kind       `db:"kind"`
	Urgent     bool       `db:"urgent"` // also goes out as a text message, at any hour
	ClueID     *uuid.UUID `db:"clue_id"`
	CaseID     *uuid.UUID `db:"case_id"`
	AlarmID    *uuid.UUID `db:"alarm_id"`
	DeadlineID *uuid.UUID `db:"deadline_id"` // the deadline whose firing wrote it
	// Params fill the text; those of each kind are listed with its texts. Codes, numbers, times (time.Time) and Both
	// only: never anything that tells who reported.
	Params   map[string]any `db:"params"`
	NeedsAck bool           `db:"needs_ack"` // has to be acknowledged; also goes out as a text message
	// Quiet is how long an acknowledgement keeps this kind of pressing silent; 0 means half an hour.
	Quiet time.Duration `db:"quiet"`
	// Hush puts the text message and the notification under the quiet rule: they wait for others to leave with, for the morning, and for
	// the person's turn. Urgent ones never wait.
	Hush bool `db:"-"`

	CreatedAt time.Time  `db:"created_at"` // the rest is set by the platform
	ReadAt    *time.Time `db:"read_at"`
	AckedAt   *time.Time `db:"acked_at"`
	AckUntil  *time.Time `db:"ack_until"` // an acknowledgement quiets until then, and never stops a clock
}

// Both is a parameter that has a name in either language, such as a department's.
type Both struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// columns are the messages of one Send, so that any number of them is one statement.
type columns struct {
	ids, deliveries                []uuid.UUID
	people, clues, cases, deadline []*uuid.UUID
	alarms                         []*uuid.UUID
	marks                          [][]byte
	kinds                          []string
	urgent, needsAck, hush, shown  []bool
	params                         []json.RawMessage
	quiet                          []time.Duration
}

// Send stores messages with the commit, together with a delivery and its job for every text message that is to go out:
// those of urgent messages and of messages that have to be acknowledged, to members of staff whose number is known. The same are shown
// as a notification on each of the person's handhelds that take them, and so is what puts work into their day.
func Send(tx *pg.Tx, messages ...Message) {
	if len(messages) == 0 {
		return
	}
	var c columns
	for i := range messages {
		c.add(&messages[i])
	}
	tx.Queue(sendSQL, c.ids, c.people, c.marks, c.kinds, c.urgent, c.clues, c.cases, c.deadline, c.params, c.needsAck,
		c.quiet, c.hush, c.deliveries, tx.Now, JobText, c.alarms, c.shown, JobPush)
	tx.Wake() // the relay takes the jobs, and whoever watches an inbox looks again
}

func (c *columns) add(m *Message) {
	if (m.Person == nil) == (m.Mark == nil) {
		panic(fmt.Sprintf("a message of kind %s needs either a person or a mark", m.Kind)) // a programming error
	}
	if m.Params == nil {
		m.Params = map[string]any{}
	}
	params, err := json.Marshal(m.Params)
	if err != nil {
		panic(fmt.Sprintf("params of message %s: %v", m.Kind, err)) // a programming error: params are plain values
	}
	quiet := m.Quiet
	if quiet == 0 {
		quiet = usualQuiet
	}
	m.ID = pg.NewID()
	c.ids, c.deliveries = append(c.ids, m.ID), append(c.deliveries, pg.NewID())
	c.people, c.marks = append(c.people, m.Person), append(c.marks, m.Mark)
	c.clues, c.cases, c.deadline = append(c.clues, m.ClueID), append(c.cases, m.CaseID), append(c.deadline, m.DeadlineID)
	c.alarms = append(c.alarms, m.AlarmID)
	c.kinds, c.params = append(c.kinds, string(m.Kind)), append(c.params, params)
	c.urgent, c.needsAck = append(c.urgent, m.Urgent), append(c.needsAck, m.NeedsAck)
	c.quiet, c.hush, c.shown = append(c.quiet, quiet), append(c.hush, m.Hush), append(c.shown, m.isShown())
}
