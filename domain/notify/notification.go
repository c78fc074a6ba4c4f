package notify

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"github.com/google/uuid"
)

// A push service keeps what it cannot deliver, because a handheld is switched off: a shift for what is still to be done then, an hour
// for a call for help, to which nobody runs the next day.
const (
	alarmLife = time.Hour
	shiftLife = 12 * time.Hour
)

// shownKinds are shown on a handheld although they neither press nor have to be acknowledged: they put work into somebody's day, take
// it out of it, or answer what they wait for. Everything else is read when the page is opened.
var shownKinds = []Kind{VerifyAsked, CheckAsked, TaskAssigned, TaskOffered, OfferAnswered, TaskGiven, TaskTaken, ReinspectionAsked,
	HandlerNamed, DisposalSentBack, CaseResumed, OrderAskedAgain, AlarmRaised, AlarmOverdue, AlarmAnswered, AlarmEnded}

// isShown reports whether a message is shown as a notification. What reporters are told never is.
func (m Message) isShown() bool {
	return m.Person != nil && (m.Urgent || m.NeedsAck || slices.Contains(shownKinds, m.Kind))
}

// notice is what a notification takes beyond what a text message does.
type notice struct {
	To       *uuid.UUID `db:"recipient"`
	Device   *uuid.UUID `db:"device_id"`
	LeftAt   *time.Time `db:"left_at"` // since when it is on its way; nil: whether it may be is not judged yet
	Endpoint *string    `db:"endpoint"`
	P256dh   []byte     `db:"p256dh"`
	Auth     []byte     `db:"auth"`

	Message      *uuid.UUID `db:"message"`
	Alarm        *uuid.UUID `db:"alarm_id"`
	Case         *uuid.UUID `db:"case_id"`
	Clue         *uuid.UUID `db:"clue_id"`
	ReadAt       *time.Time `db:"read_at"`
	WrittenAt    *time.Time `db:"written_at"`
	Urgent       bool       `db:"urgent"`
	NeedsAck     bool       `db:"needs_ack"`
	Restricted   bool       `db:"restricted"`   // it is about something that only named people may know of
	Verification *uuid.UUID `db:"verification"` // that the recipient is asked for
	Check        *uuid.UUID `db:"check_task"`
	AtDesk       bool       `db:"at_desk"` // the recipient works on cases
}

// Notification 推送提醒 is what a handheld is sent, and all of it: it stands on a screen that anybody may look at.
type Notification struct {
	Message  uuid.UUID `json:"message"`
	Kind     Kind      `json:"kind"`
	Title    string    `json:"title"`
	Text     string    `json:"text"`
	Language string    `json:"language"` // of both, zh or en
	Tag      string    `json:"tag"`      // a newer one takes the place of an older one of the same tag
	Open     string    `json:"open"`     // the path of the page that it leads to
	Urgent   bool      `json:"urgent"`   // or it has to be acknowledged
	At       time.Time `json:"at"`       // when it was written
}

// notification is what a letter says on a handheld. Of what only named people may know of it says that there is something.
func (l letter) notification() Notification {
	n := Notification{Message: *l.Message, Kind: *l.Kind, Language: *l.Locale, Tag: l.tag(), Open: l.opens(), Urgent: l.Urgent || l.NeedsAck, At: l.WrittenAt.UTC()}
	if n.Language != "en" {
		n.Language = "zh"
	}
	switch said := unknown.in(n.Language); {
	case l.Messages > 1:
		n.Title = fill(bundle.in(n.Language).body, map[string]any{"count": float64(l.Messages)}, n.Language)
	case l.Restricted:
		n.Title, n.Text = said.title, said.body
	default:
		n.Title, n.Text = Render(Message{Kind: *l.Kind, Params: l.Params}, n.Language)
	}
	return n
}

// tag is what a notification is about where a newer one says all that an older one did: a call for help, a clock that presses, how many
// wait. Otherwise it is the message itself, of which a second sending replaces the first.
func (l letter) tag() string {
	switch {
	case l.Messages > 1:
		return "waiting"
	case l.Alarm != nil:
		return "alarm " + l.Alarm.String()
	case *l.Kind == CasePressed && l.Case != nil:
		return "pressed " + l.Case.String()
	case *l.Kind == CluePressed && l.Clue != nil:
		return "pressed " + l.Clue.String()
	}
	return l.Message.String()
}

// topic is the tag for the push service, which is not to see that two handhelds are told of the same: RFC 8030 allows 32 characters.
func (l letter) topic(tag string) string {
	sum := sha256.Sum256([]byte(l.Device.String() + " " + tag))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}

// life is for how long a push service is to try.
func (l letter) life() time.Duration {
	if l.Alarm != nil {
		return alarmLife
	}
	return shiftLife
}

// opens is the page that shows what a letter is about.
func (l letter) opens() string {
	switch {
	case l.Messages > 1:
		return "/field#duties"
	case l.Alarm != nil:
		return "/field#help"
	case l.Verification != nil:
		return "/field#duty/" + l.Verification.String()
	case l.Check != nil:
		return "/field#duty/" + l.Check.String()
	case l.Case != nil && l.AtDesk:
		return "/dept"
	}
	return "/field#duties"
}
