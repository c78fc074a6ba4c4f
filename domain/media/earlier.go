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
	// sameBits is how many of the 64 bits of either direction may differ in one picture that was scaled, compressed again or brightened.
	sameBits = 8
	// sameThereBits is how many of both may, in two photos of one place: whoever shows the result stands where the reporter stood.
	sameThereBits = 3
	thereMetres   = 100
	// A report that was sent again from nothing is the same report.
	retryWithin = time.Hour

	exactMost  = 20    // pictures of the same fingerprint that are looked at, the first ones first
	likeMost   = 50    // and of one that is like it
	lookedMost = 5_000 // of those whose fingerprint agrees in part
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

// The indexes answer for each third; then all 64 bits are counted.
const nearPrintSQL = `select ` + likeColumns + ` from (
		select * from photos near where near.fingerprint is not null and (((near.fingerprint >> 42) & 4194303) = any($1::bigint[])
			or ((near.fingerprint >> 21) & 2097151) = any($2::bigint[]) or (near.fingerprint & 2097151) = any($3::bigint[])) limit $8
	) photos ` + likeBeside + `
	where photos.subject <> 'operation' and photos.subject_id <> $4 and bit_count((photos.fingerprint # $5)::bit(64)) <= $6
	order by photos.declared_at, photos.id limit $7`

// thirds are where 22, 21 and 21 bits of a fingerprint begin, and how many they are.
var thirds = [3][2]int{{42, 22}, {21, 21}, {0, 21}}

// around are the values of one third that differ from a fingerprint's in two bits at most: of three thirds that differ in 8 bits
// together, one does.
func around(print int64, third [2]int) []int64 {
	own := int64(uint64(print) >> third[0] & (1<<third[1] - 1))
	found := []int64{own}
	for i := range third[1] {
		found = append(found, own^1<<i)
		for j := range i {
			found = append(found, own^1<<i^1<<j)
		}
	}
	return found
}

// alike finds the photos of other subjects that show the same picture, the first declared first; those of the very same fingerprint
// alone where there are any.
func alike(ctx context.Context, tx *pg.Tx, p like) ([]like, error) {
	same := func(o like) bool { return !p.same(o) }
	found, err := pg.All[like](ctx, tx, samePrintSQL, p.Across, p.SubjectID, exactMost)
	if err != nil {
		return nil, err
	}
	if found = slices.DeleteFunc(found, same); len(found) > 0 {
		return found, nil
	}
	found, err = pg.All[like](ctx, tx, nearPrintSQL, around(p.Across, thirds[0]), around(p.Across, thirds[1]), around(p.Across, thirds[2]),
		p.SubjectID, p.Across, sameBits, likeMost, lookedMost)
	return slices.DeleteFunc(found, same), err
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
	return across <= sameBits && down <= sameBits
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
