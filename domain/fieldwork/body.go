package fieldwork

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/geo"
)

// The bodies of operations, as they are written in the contract. They are kept apart from the domain's own types, so that
// those can change and a handheld of last year is still understood.

type position struct {
	Lon        float64    `json:"lon"`
	Lat        float64    `json:"lat"`
	Datum      geo.Datum  `json:"datum"`
	Accuracy   float64    `json:"accuracy"`
	Source     geo.Source `json:"source"`
	Mocked     bool       `json:"mocked"`
	CapturedAt time.Time  `json:"capturedAt"`
}

func (p position) position() geo.Position {
	return geo.Position{Lon: p.Lon, Lat: p.Lat, Datum: p.Datum, Accuracy: p.Accuracy, Source: p.Source, Mocked: p.Mocked, CapturedAt: p.CapturedAt.UTC()}
}

func (p *position) maybe() *geo.Position {
	if p == nil {
		return nil
	}
	at := p.position()
	return &at
}

type photo struct {
	ID     uuid.UUID   `json:"id"`
	SHA256 hexadecimal `json:"sha256"`
}

type hexadecimal []byte

func (h *hexadecimal) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

type photos []photo

func (ps photos) declared() []media.Declared {
	declared := make([]media.Declared, len(ps))
	for i, p := range ps {
		declared[i] = media.Declared{ID: p.ID, SHA256: p.SHA256}
	}
	return declared
}

type clueBody struct {
	Text      string   `json:"text"`
	Category  string   `json:"category"`
	Position  position `json:"position"`
	Photos    photos   `json:"photos"`
	Anonymous bool     `json:"anonymous"`
}

func (b clueBody) submission(id uuid.UUID) clue.Submission {
	return clue.Submission{ID: id, Text: b.Text, Category: b.Category, Position: b.Position.position(), Photos: b.Photos.declared(), Anonymous: b.Anonymous}
}

type inspectionBody struct {
	Task     uuid.UUID           `json:"task"`
	Answers  []inspection.Answer `json:"answers"`
	Position position            `json:"position"`
	Photos   photos              `json:"photos"`
	Floors   []int               `json:"floors"`
	// VisitCode is what was read at the door, as it was read; whatever it is refuses nothing.
	VisitCode string `json:"visitCode"`
}

func (b inspectionBody) submission(id uuid.UUID) inspection.Submission {
	return inspection.Submission{ID: id, Task: b.Task, Answers: b.Answers, Position: b.Position.position(), Photos: b.Photos.declared(),
		Floors: b.Floors}
}

type verificationBody struct {
	Task      uuid.UUID `json:"task"`
	Confirmed *bool     `json:"confirmed"`
	Note      string    `json:"note"`
	Position  *position `json:"position"`
	Photos    photos    `json:"photos"`
}

type checkBody struct {
	Task     uuid.UUID `json:"task"`
	Fixed    *bool     `json:"fixed"`
	Note     string    `json:"note"`
	Position *position `json:"position"`
	Photos   photos    `json:"photos"`
}

type disposalBody struct {
	Case       uuid.UUID    `json:"case"`
	Version    *int         `json:"version"`
	Text       string       `json:"text"`
	Position   *position    `json:"position"`
	AwayReason string       `json:"awayReason"`
	Photos     photos       `json:"photos"`
	Outcome    *outcomeBody `json:"outcome"`
}

type outcomeBody struct {
	Outcome casework.DisputeOutcome `json:"outcome"`
	To      *casework.SentUpTo      `json:"to"`
	Reason  string                  `json:"reason"`
}

func (b disposalBody) input(id uuid.UUID) casework.DisposalInput {
	in := casework.DisposalInput{ID: id, Target: casework.Target{Case: b.Case, Version: b.Version}, Text: b.Text, Position: b.Position.maybe(),
		AwayReason: b.AwayReason, Photos: b.Photos.declared()}
	if b.Outcome != nil {
		in.Outcome = &casework.OutcomeInput{Outcome: b.Outcome.Outcome, To: b.Outcome.To, Reason: b.Outcome.Reason}
	}
	return in
}

type premisesBody struct {
	Code   string      `json:"code"`
	Fields []fieldBody `json:"fields"`
}

type fieldBody struct {
	Field place.Field `json:"field"`
	Was   *string     `json:"was"`
	Now   *string     `json:"now"`
}

type claimBody struct {
	Task uuid.UUID `json:"task"`
}

type giveBackBody struct {
	Task   uuid.UUID            `json:"task"`
	Reason inspection.Hindrance `json:"reason"`
	Note   string               `json:"note"`
}

type answerOfferBody struct {
	Task   uuid.UUID `json:"task"`
	Accept *bool     `json:"accept"`
	Note   string    `json:"note"`
}

// read decodes a body. A field that is not known is refused: what is left out silently is lost.
func read[T any](c captured) (body T, err error) {
	decoder := json.NewDecoder(strings.NewReader(c.Body))
	decoder.DisallowUnknownFields()
	if err = decoder.Decode(&body); err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return body, nil
		}
		err = errors.New("something follows")
	}
	f := fault.Invalid(CodeBody, "this is not what the kind asks for: %v", strings.TrimPrefix(fmt.Sprint(err), "json: "))
	if typed := new(json.UnmarshalTypeError); errors.As(err, &typed) && typed.Field != "" {
		f = f.At(typed.Field)
	}
	return body, f
}

func needed(flag *bool, path string) (bool, error) {
	if flag == nil {
		return false, fault.Invalid("VALUE_MISSING", "yes or no is needed").At(path)
	}
	return *flag, nil
}
