package media

import (
	"bytes"
	"context"
	"math/bits"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/geo"
	"gridwork/pg"
)

const (
	// sameBits is how many of 128 bits may differ in one picture that was scaled, compressed again or brightened.
	sameBits = 11
	// sameThereBits is how many may in two photos of one place: whoever shows the result stands where the reporter stood.
	sameThereBits = 3
	thereMetres   = 100
	// A report that was sent again from nothing is the same report.
	retryWithin = time.Hour

	exactMost = 20 // pictures of the same fingerprint that are looked at, the first ones first
	likeMost  = 50 // and of one that is like it
)

// like is a photo whose picture may be the same.
type like struct {
	ID         uuid.UUID  `db:"id"`
	Subject    Subject    `db:"subject"`
	SubjectID  uuid.UUID  `db:"subject_id"`
	DeclaredAt time.Time  `db:"declared_at"`
	SHA256     []byte     `db:"sha256"`
	Across     int64      `db:"fingerprint"`
	Down       *int64     `db:"fingerprint_down"`
	Place      *geo.Point `db:"place"`
	EarlierID  *uuid.UUID `db:"earlier_id"`
}

const likeColumns = `photos.id, photos.subject, photos.subject_id, photos.declared_at, photos.sha256, photos.fingerprint, photos.fingerprint_down,
	photo_scenes.place, photo_evidence.earlier_id`

const likeBeside = ` left join photo_scenes on photo_scenes.subject_id = photos.subject_id left join photo_evidence on photo_evidence.photo_id = photos.id `

const selfSQL = `select ` + likeColumns + ` from photos ` + likeBeside + ` where photos.id = $1 and photos.fingerprint is not null`

const samePrintSQL = `select ` + likeColumns + ` from photos ` + likeBeside + `
	where photos.fingerprint = $1 and photos.subject <> 'operation' and photos.subject_id <> $2
	order by photos.declared_at, photos.id limit $3`

// The indexes answer for each quarter; then all 128 bits are counted.
const nearPrintSQL = `select ` + likeColumns + ` from photos ` + likeBeside + `
	where (photos.fingerprint is not null and ((photos.fingerprint >> 32) & 4294967295) = any($1::bigint[])
			or photos.fingerprint is not null and (photos.fingerprint & 4294967295) = any($2::bigint[])
			or photos.fingerprint_down is not null and ((photos.fingerprint_down >> 32) & 4294967295) = any($3::bigint[])
			or photos.fingerprint_down is not null and (photos.fingerprint_down & 4294967295) = any($4::bigint[]))
		and photos.subject <> 'operation' and photos.subject_id <> $5
		and bit_count((photos.fingerprint # $6)::bit(64)) + coalesce(bit_count((photos.fingerprint_down # $7)::bit(64)), 0) <= $8
	order by photos.declared_at, photos.id limit $9`

const halfBits = 32

// upper and lower are the two quarters of 128 bits that one direction makes.
func upper(print int64) int64 { return lower(print >> halfBits) }
func lower(print int64) int64 { return print & (1<<halfBits - 1) }

// around are the quarters that differ from one in two bits at most: of four that differ in 11 bits together, one does.
func around(quarter int64) []int64 {
	found := []int64{quarter}
	for i := range halfBits {
		found = append(found, quarter^1<<i)
		for j := range i {
			found = append(found, quarter^1<<i^1<<j)
		}
	}
	return found
}

// alike finds the photos of other subjects that show the same picture, the first declared first; those of the very same fingerprint
// alone where there are any.
func alike(ctx context.Context, tx *pg.Tx, p like) ([]like, error) {
	another := func(o like) bool { return !p.same(o) }
	found, err := pg.All[like](ctx, tx, samePrintSQL, p.Across, p.SubjectID, exactMost)
	if err != nil {
		return nil, err
	}
	if found = slices.DeleteFunc(found, another); len(found) > 0 {
		return found, nil
	}
	var down [2][]int64
	if p.Down != nil {
		down = [2][]int64{around(upper(*p.Down)), around(lower(*p.Down))}
	}
	found, err = pg.All[like](ctx, tx, nearPrintSQL, around(upper(p.Across)), around(lower(p.Across)), down[0], down[1],
		p.SubjectID, p.Across, p.Down, sameBits, likeMost)
	return slices.DeleteFunc(found, another), err
}

// same reports whether two photos show one picture that was used twice.
func (p like) same(o like) bool {
	across, down := bits.OnesCount64(uint64(p.Across^o.Across)), 0
	if p.Down != nil && o.Down != nil { // nil: from before it was taken
		down = bits.OnesCount64(uint64(*p.Down ^ *o.Down))
	}
	switch {
	case p.retries(o):
		return false
	case p.near(o) || p.Down == nil || o.Down == nil:
		return across+down <= sameThereBits
	}
	return across+down <= sameBits
}

func (p like) near(o like) bool {
	return p.Place != nil && o.Place != nil && geo.Distance(*p.Place, *o.Place) <= thereMetres
}

// retries reports whether these are one report that was sent twice: the same bytes about the same place within an hour. Who sent them does not
// matter, and is not known.
func (p like) retries(o like) bool {
	return p.Subject == OfClue && o.Subject == OfClue && bytes.Equal(p.SHA256, o.SHA256) && p.near(o) &&
		p.DeclaredAt.Sub(o.DeclaredAt).Abs() <= retryWithin
}

// before reports whether p was declared before o.
func (p like) before(o like) bool {
	if p.DeclaredAt.Equal(o.DeclaredAt) {
		return bytes.Compare(p.ID[:], o.ID[:]) < 0
	}
	return p.DeclaredAt.Before(o.DeclaredAt)
}
