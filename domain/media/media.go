// Package media keeps photos: declared by what they belong to, uploaded before or after that, re-encoded so that
// nobody sees a camera's metadata, and never lost between the two.
//
// The original stays as it came, sealed from everybody whom the access matrix does not name. What people look at is
// a copy of at most 1600 pixels and a thumb of at most 320, both JPEG without metadata.
package media

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about a photo.
const (
	CodeTooMany     = "TOO_MANY_PHOTOS"      // more than MaxPerSubject
	CodeDuplicate   = "DUPLICATE_PHOTO"      // one id twice in one declaration
	CodeIDReused    = "PHOTO_ID_REUSED"      // the id stands for another photo already
	CodeHash        = "PHOTO_HASH_MALFORMED" // not the 32 bytes of a SHA-256
	CodeMismatch    = "PHOTO_HASH_MISMATCH"  // declared and uploaded bytes differ
	CodeNotFound    = "PHOTO_NOT_FOUND"      // no such photo for this viewer
	CodeNotReady    = "PHOTO_NOT_READY"      // declared, but not uploaded or not re-encoded yet
	CodeUnsupported = "PHOTO_UNSUPPORTED"    // neither JPEG nor PNG nor WebP, whatever its name says
	CodeTooLarge    = "PHOTO_TOO_LARGE"      // more pixels, or more memory to decode, than are allowed
	CodeArea        = "PHOTO_AREA"           // an area to redact that does not lie within the picture
	CodeSealed      = "PHOTO_SEALED"         // there is no copy of it, and never will be
	CodeUnreadable  = "PHOTO_UNREADABLE"     // broken, or not an image behind its first bytes
)

const (
	MaxPerSubject = 9        // photos of one clue, disposal, …
	MaxBytes      = 30 << 20 // of one upload
	hashBytes     = 32
)

// JobProcess is the outbox kind that asks for Process; its payload is a Job.
const JobProcess = "photo.process"

// Job is the payload of JobProcess.
type Job struct {
	Photo uuid.UUID `json:"photo"`
}

// Subject is the kind of thing that a photo belongs to.
type Subject string

const (
	OfClue         Subject = "clue"         // subject id: the clue
	OfVerification Subject = "verification" // the verify task 核实
	OfDisposal     Subject = "disposal"     // the handler's disposal, an after-photo
	OfCheck        Subject = "check"        // the check task 核查
	OfInspection   Subject = "inspection"   // the inspection
	OfReinspection Subject = "reinspection" // a closed case that was looked at again 抽查
	OfOperation    Subject = "operation"    // the handheld's operation that a person has yet to decide on
)

// State is how far a photo has come.
type State string

const (
	StateDeclared State = "declared" // announced, its bytes are not here
	StateReceived State = "received" // its bytes are stored and their hash is verified
	StateReady    State = "ready"    // copy and thumb can be seen
	StateRejected State = "rejected" // not an acceptable picture; Reason holds the code
)

func (s State) MarshalGQL(w io.Writer) { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error {
	return enum.Unmarshal(s, in, []State{StateDeclared, StateReceived, StateReady, StateRejected})
}

// Photo is one picture (照片). Its keys name files of a Files folder.
type Photo struct {
	ID             uuid.UUID  `db:"id"` // made by the client
	Subject        *Subject   `db:"subject"`
	SubjectID      *uuid.UUID `db:"subject_id"`
	Position       int        `db:"position"` // order within its subject, from 0
	SHA256         []byte     `db:"sha256"`   // as declared
	State          State      `db:"state"`
	ReceivedSHA256 []byte     `db:"received_sha256"` // as counted here
	Bytes          *int64     `db:"bytes"`
	OriginalKey    *string    `db:"original_key"`
	CopyKey        *string    `db:"copy_key"`
	ThumbKey       *string    `db:"thumb_key"`
	Width          *int       `db:"width"`     // of the copy, in pixels, upright
	Height         *int       `db:"height"`    // of the copy
	Faces          *int       `db:"faces"`     // that were found and blurred in the copy; nil until it was developed
	Rendering      int        `db:"rendering"` // how often the copy was made anew
	Reason         *string    `db:"reason"`    // the code of its rejection
	DeclaredAt     time.Time  `db:"declared_at"`
	ReceivedAt     *time.Time `db:"received_at"`
	ProcessedAt    *time.Time `db:"processed_at"`
	Sealed         bool       `db:"sealed"` // shown as an original only: it has no copy, and stands in no list
}

// Variant is a rendering of a photo.
type Variant string

const (
	Copy     Variant = "copy"     // at most 1600 pixels, JPEG
	Thumb    Variant = "thumb"    // at most 320 pixels, JPEG
	Original Variant = "original" // as uploaded, metadata and all: for those whom the access matrix names, on the record
)

// Key is the file of a rendering: CodeNotReady while there is none yet, the code of the rejection where there never
// will be, CodeNotFound for an unknown variant.
func (p Photo) Key(v Variant) (string, error) {
	key := map[Variant]*string{Copy: p.CopyKey, Thumb: p.ThumbKey, Original: p.OriginalKey}[v]
	switch {
	case key != nil:
		return *key, nil
	case v != Copy && v != Thumb && v != Original:
		return "", errNotFound
	case p.Sealed && v != Original:
		return "", fault.Conflict(CodeSealed, "this is shown as an original only, for a reason")
	case p.State == StateRejected && p.Reason != nil:
		return "", fault.Conflict(*p.Reason, "this upload was not an acceptable picture")
	}
	return "", fault.Conflict(CodeNotReady, "this photo is not ready yet")
}

var errNotFound = fault.NotFound(CodeNotFound, "no such photo")

// Get finds a photo by id: CodeNotFound where there is none. Whether the viewer may see it is decided by what it
// belongs to.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Photo, error) {
	photo, err := pg.One[Photo](ctx, tx, photoSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Photo{}, errNotFound
	}
	return photo, err
}

// Lock is Get for whoever changes the photo.
func Lock(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Photo, error) {
	photo, err := pg.One[Photo](ctx, tx, lockPhotoSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Photo{}, errNotFound
	}
	return photo, err
}

// OfSubjects returns the photos, but for sealed ones, of many subjects in one query, in their order, by subject id.
func OfSubjects(ctx context.Context, tx *pg.Tx, subjects []uuid.UUID) (map[uuid.UUID][]Photo, error) {
	photos, err := pg.All[Photo](ctx, tx, photosOfSubjectsSQL, subjects)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]Photo, len(subjects))
	for _, p := range photos {
		found[*p.SubjectID] = append(found[*p.SubjectID], p)
	}
	return found, nil
}
