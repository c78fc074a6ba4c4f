package clue

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/prose"
)

const (
	maxText    = 2000 // characters of a report
	maxReason  = 500  // characters of a reason, a note
	maxContact = 100  // characters of a name or a number
	// clockAhead is how far a device's clock may run ahead before a position from "the future" is refused.
	clockAhead = 5 * time.Minute
)

// Submission is a report as it comes in.
type Submission struct {
	ID       uuid.UUID // UUIDv7, made by the client: the key under which a repetition is recognised
	Text     string    // up to 2 000 characters; may be empty beside a photo
	Category string    // "" = the reporter did not say
	Position geo.Position
	Photos   []media.Declared // up to 9
	// Anonymous keeps a signed-in reporter's name out: the clue gets a claim code instead of a mark.
	Anonymous bool
	// Contact is sealed before it is stored. It is no part of what makes two submissions the same, because its hash
	// beside the clue would let a telephone number be guessed.
	Contact Contact
}

// Contact is what a reporter chose to tell of themselves, to the holder of the offline key alone.
type Contact struct {
	Name  string
	Phone string // E.164
}

// accepted is a submission that was checked and cleaned.
type accepted struct {
	Submission
	point geo.Point // WGS 84
}

// accept checks everything that needs no store. Faults carry the path of the input, such as "position.lon".
func (s Submission) accept() (accepted, error) {
	if s.ID.Version() != 7 || s.ID.Variant() != uuid.RFC4122 {
		return accepted{}, fault.Invalid(CodeID, "a submission's id is a UUIDv7 made by the client").At("id")
	}
	var err error
	if s.Text, err = prose.Clean("text", s.Text, maxText); err != nil {
		return accepted{}, err
	}
	if s.Text == "" && len(s.Photos) == 0 {
		return accepted{}, fault.Invalid(CodeTextMissing, "say what you saw, or add a photo").At("text")
	}
	point, err := s.Position.Canonical()
	if err != nil {
		return accepted{}, fault.Under("position", err)
	}
	if err := media.Check(s.Photos); err != nil {
		return accepted{}, fault.Under("photos", err)
	}
	if s.Contact, err = s.Contact.accept(); err != nil {
		return accepted{}, fault.Under("contact", err)
	}
	return accepted{s, point}, nil
}

func (c Contact) accept() (Contact, error) {
	var err error
	if c.Name, err = prose.Clean("name", c.Name, maxContact); err != nil {
		return c, err
	}
	c.Phone, err = prose.Clean("phone", c.Phone, maxContact)
	return c, err
}

// hash is SHA-256 over the canonical form of what was submitted: every field in a fixed order, each with its length
// before it, numbers as their bits. Two submissions are the same when their hashes are.
func (a accepted) hash() []byte {
	h := canonical{sha256.New()}
	h.text("gridwork clue 1")
	h.text(a.Text)
	h.text(a.Category)
	h.number(math.Float64bits(a.Position.Lon), math.Float64bits(a.Position.Lat), math.Float64bits(a.Position.Accuracy))
	h.text(string(a.Position.Datum))
	h.text(string(a.Position.Source))
	h.flag(a.Position.Mocked)
	// Microseconds: what the database keeps of a time.
	h.number(uint64(a.Position.CapturedAt.UnixMicro()))
	h.flag(a.Anonymous)
	h.number(uint64(len(a.Photos)))
	for _, p := range a.Photos {
		h.bytes(p.ID[:])
		h.bytes(p.SHA256)
	}
	return h.Sum(nil)
}

type canonical struct{ hash.Hash }

func (h canonical) number(values ...uint64) {
	for _, v := range values {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, v)) // a hash never fails
	}
}

func (h canonical) bytes(b []byte) {
	h.number(uint64(len(b)))
	_, _ = h.Write(b)
}

func (h canonical) text(s string) { h.bytes([]byte(s)) }

func (h canonical) flag(b bool) {
	var n uint64
	if b {
		n = 1
	}
	h.number(n)
}
