package handheld

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/cell"
	"gridwork/domain/inspection"
	"gridwork/domain/notify"
	"gridwork/domain/place"
	"gridwork/domain/safety"
	"gridwork/domain/standard"
	"gridwork/geo"
)

// The bodies of things, as they are written in the contract. They are kept apart from the domain's own types, so that those can
// change and a handheld of last year still understands them. Times are UTC, points and shapes GeoJSON in WGS 84.

type categoryBody struct {
	Kind      standard.Kind `json:"kind"`
	MajorZH   string        `json:"majorZh"`
	MajorEN   string        `json:"majorEn"`
	NameZH    string        `json:"nameZh"`
	NameEN    string        `json:"nameEn"`
	Hazard    bool          `json:"hazard"`
	Standards []filingBody  `json:"standards"`
}

type filingBody struct {
	ConditionZH string    `json:"conditionZh"`
	ConditionEN string    `json:"conditionEn"`
	Limit       limitBody `json:"limit"`
	Urgent      bool      `json:"urgent"`
}

type limitBody struct {
	Number int           `json:"number"`
	Unit   calendar.Unit `json:"unit"`
}

type dutyGridBody struct {
	Code   string    `json:"code"`
	Name   string    `json:"name"`
	Street string    `json:"street"`
	Part   cell.Part `json:"part"`
}

type cellBody struct {
	DutyGrid  *uuid.UUID  `json:"dutyGrid,omitempty"` // the owner's
	Held      bool        `json:"held"`               // the owner is who looks after it right now
	Community string      `json:"community"`
	Street    string      `json:"street"`
	Shape     geo.Polygon `json:"shape"`
}

type buildingsBody struct {
	Buildings []buildingBody `json:"buildings"`
}

type buildingBody struct {
	Code   string    `json:"code"`
	Text   string    `json:"text"`
	Floors *int      `json:"floors,omitempty"`
	Point  geo.Point `json:"point"`
}

type componentsBody struct {
	Components []componentBody `json:"components"`
}

type componentBody struct {
	Code     string    `json:"code"`
	Category string    `json:"category"`
	Name     *string   `json:"name,omitempty"`
	Point    geo.Point `json:"point"`
}

type premisesBody struct {
	Name        string       `json:"name"`
	Kind        string       `json:"kind"`
	LegalEntity *string      `json:"legalEntity,omitempty"`
	CreditCode  *string      `json:"creditCode,omitempty"`
	Risk        *place.Risk  `json:"risk,omitempty"`
	Address     *addressBody `json:"address,omitempty"`
	Point       geo.Point    `json:"point"`
	Cell        string       `json:"cell"`
	VisitCode   bool         `json:"visitCode,omitempty"` // one hangs there
}

type addressBody struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

type taskBody struct {
	Campaign  string                `json:"campaign"`
	Checklist uuid.UUID             `json:"checklist"`
	Cell      string                `json:"cell"`
	Premises  *string               `json:"premises,omitempty"`
	DueAt     time.Time             `json:"dueAt"`
	CameBy    inspection.CameBy     `json:"cameBy"`
	OfferedTo *uuid.UUID            `json:"offeredTo,omitempty"`
	GivenBack *inspection.Hindrance `json:"givenBack,omitempty"`
}

type claimableBody struct {
	Campaign  string                `json:"campaign"`
	Checklist uuid.UUID             `json:"checklist"`
	Cell      string                `json:"cell"`
	Premises  *string               `json:"premises,omitempty"`
	DueAt     time.Time             `json:"dueAt"`
	GivenBack *inspection.Hindrance `json:"givenBack,omitempty"`
}

type offerBody struct {
	Campaign  string    `json:"campaign"`
	Checklist uuid.UUID `json:"checklist"`
	Cell      string    `json:"cell"`
	Premises  *string   `json:"premises,omitempty"`
	DueAt     time.Time `json:"dueAt"`
	OfferedAt time.Time `json:"offeredAt"`
}

type verificationBody struct {
	Clue     uuid.UUID  `json:"clue"`
	Number   int64      `json:"number"`
	Category *string    `json:"category,omitempty"`
	Urgent   bool       `json:"urgent"`
	Text     string     `json:"text"`
	Point    geo.Point  `json:"point"`
	Cell     string     `json:"cell"`
	AskedAt  time.Time  `json:"askedAt"`
	DueAt    *time.Time `json:"dueAt,omitempty"`
}

type checkBody struct {
	Case     uuid.UUID  `json:"case"`
	Number   string     `json:"number"`
	Category string     `json:"category"`
	Urgent   bool       `json:"urgent"`
	Text     string     `json:"text"`
	Point    geo.Point  `json:"point"`
	Cell     string     `json:"cell"`
	AskedAt  time.Time  `json:"askedAt"`
	DueAt    *time.Time `json:"dueAt,omitempty"`
}

type hazardBody struct {
	Category string    `json:"category"`
	Urgent   bool      `json:"urgent"`
	Priority int       `json:"priority"`
	Point    geo.Point `json:"point"`
	Cell     string    `json:"cell"`
}

type messageBody struct {
	Kind     notify.Kind `json:"kind"`
	TitleZH  string      `json:"titleZh"`
	TitleEN  string      `json:"titleEn"`
	BodyZH   string      `json:"bodyZh"`
	BodyEN   string      `json:"bodyEn"`
	Urgent   bool        `json:"urgent"`
	NeedsAck bool        `json:"needsAck"`
	At       time.Time   `json:"at"`
}

type helpBody struct {
	Call string `json:"call,omitempty"`
	Text string `json:"text,omitempty"`
	// How long a timer may run, in minutes.
	TimerShortest int `json:"timerShortest"`
	TimerLongest  int `json:"timerLongest"`
}

type alarmBody struct {
	Kind       safety.Kind     `json:"kind"`
	State      safety.State    `json:"state"`
	Mine       bool            `json:"mine"`
	Person     string          `json:"person"`
	Cell       *string         `json:"cell,omitempty"`
	Point      *geo.Point      `json:"point,omitempty"`
	Accuracy   *float64        `json:"accuracy,omitempty"`
	CapturedAt time.Time       `json:"capturedAt"`
	BackBy     *time.Time      `json:"backBy,omitempty"`
	RaisedAt   *time.Time      `json:"raisedAt,omitempty"`
	Told       []string        `json:"told"`
	Answers    []answerBody    `json:"answers"`
	EndedAt    *time.Time      `json:"endedAt,omitempty"`
	Outcome    *safety.Outcome `json:"outcome,omitempty"`
}

type answerBody struct {
	Name   string    `json:"name"`
	Mine   bool      `json:"mine"`
	Coming bool      `json:"coming"`
	At     time.Time `json:"at"`
}

// write encodes a body: the same thing always to the same bytes, which is what makes it known again.
func write(body any) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		panic(fmt.Sprintf("body of a thing: %v", err)) // a programming error: bodies are plain values
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}

// utc is a time as it is written wherever the process runs.
func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	there := at.UTC()
	return &there
}
