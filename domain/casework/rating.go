package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/clue"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// commentsMost is how many comments on a case are shown: a burst hydrant has hundreds of reporters.
const commentsMost = 50

// Rating is how content a reporter is with the outcome of a round 满意度.
type Rating struct {
	ClueID  uuid.UUID `db:"clue_id"`
	Score   int       `db:"score"` // 1 to 5, 5 is best
	Comment string    `db:"comment"`
	RatedAt time.Time `db:"rated_at"`
}

// Ratings are all of a case's, without a hint who gave them.
type Ratings struct {
	CaseID   uuid.UUID `db:"case_id"`
	Count    int       `db:"count"`
	Average  *float64  `db:"average"` // nil without any
	Comments []Comment `db:"-"`
}

// Comment is what somebody wrote with a rating. The reporter is a number, the n-th clue behind the case.
type Comment struct {
	CaseID   uuid.UUID `db:"case_id"`
	Reporter int       `db:"reporter"`
	Round    int       `db:"round"`
	Score    int       `db:"score"`
	Comment  string    `db:"comment"`
}

// RateInput is a reporter's rating.
type RateInput struct {
	ClaimCode string    // an anonymous reporter's; or:
	Clue      uuid.UUID // one of the signed-in reporter's own
	Score     int       // 1 to 5
	Comment   string    // up to 500 characters
}

// Rate keeps what a reporter thinks of the outcome of the case behind their clue: of each round once, to be changed until
// the window closes in which the closing may be contested. Every reporter of a merged case has a say. Timeline and audit
// log say that a reporter did it, whoever is signed in. It returns the clue.
//
// Faults: SCORE_OUT_OF_RANGE at "score"; TEXT_… at "comment"; those of clue.ByClaim; CLUE_NOT_FOUND at "clue" for what is
// not the viewer's own; ACTION_NOT_POSSIBLE where no case is closed, RATING_OVER where it was closed too long ago.
func Rate(ctx context.Context, tx *pg.Tx, keys *vault.Keys, in RateInput) (clue.Clue, error) {
	if in.Score < 1 || in.Score > 5 {
		return clue.Clue{}, fault.Invalid("SCORE_OUT_OF_RANGE", "a score is 1 to 5").At("score")
	}
	comment, err := prose.Clean("comment", in.Comment, noteMost)
	if err != nil {
		return clue.Clue{}, err
	}
	own, err := ContestInput{ClaimCode: in.ClaimCode, Clue: in.Clue}.own(ctx, tx, keys)
	if err != nil {
		return clue.Clue{}, err
	}
	if own.CaseID == nil {
		return clue.Clue{}, fault.Conflict("ACTION_NOT_POSSIBLE", "there is no case behind this report")
	}
	// Nothing that is written from here on may tell who of the signed-in people reported.
	person := tx.Actor
	tx.Actor = actor.Anonymous
	defer func() { tx.Actor = person }()
	t, err := lockBehind(ctx, tx, *own.CaseID)
	if err != nil {
		return clue.Clue{}, err
	}
	switch {
	case t.State != Closed:
		return clue.Clue{}, fault.Conflict("ACTION_NOT_POSSIBLE", "a case that is %s has no outcome to rate", t.State)
	case !contestable(t.ContestableUntil, tx.Now):
		return clue.Clue{}, fault.Conflict("RATING_OVER", "the time to rate this outcome is over")
	}
	if _, err := tx.Exec(ctx, rateSQL, own.ID, t.Round, in.Score, comment, tx.Now); err != nil {
		return clue.Clue{}, fmt.Errorf("rate: %w", err)
	}
	note(tx, t.Case, "rated", map[string]any{"score": in.Score})
	audit.Record(tx, "clue.rate", "clue", own.ID.String(), map[string]any{"round": t.Round, "score": in.Score})
	return own, nil
}

const rateSQL = `insert into ratings (clue_id, round, score, comment, rated_at) values ($1, $2, $3, $4, $5)
	on conflict (clue_id, round) do update set score = excluded.score, comment = excluded.comment, rated_at = excluded.rated_at`

const ownRatingsSQL = `select ratings.clue_id, ratings.score, ratings.comment, ratings.rated_at
	from ratings join clues on clues.id = ratings.clue_id join cases on cases.id = clues.case_id and cases.round = ratings.round
	where ratings.clue_id = any($1::uuid[]) order by ratings.clue_id`

const ratingsSQL = `select scoped.id as case_id, count(*) as count, avg(ratings.score)::double precision as average
	from ratings join clues on clues.id = ratings.clue_id join cases scoped on scoped.id = clues.case_id ` + ofCases + `
	group by scoped.id order by scoped.id`

const commentsSQL = `select comments.case_id, comments.reporter, comments.round, comments.score, comments.comment from (
		select behind.case_id, behind.reporter, ratings.round, ratings.score, ratings.comment,
			row_number() over (partition by behind.case_id order by ratings.round, behind.reporter) as position
		from (select scoped.id as case_id, clues.id, row_number() over (partition by scoped.id order by clues.submitted_at, clues.id) as reporter
			from clues join cases scoped on scoped.id = clues.case_id ` + ofCases + `) as behind
		join ratings on ratings.clue_id = behind.id where ratings.comment <> '') as comments
	where comments.position <= $6 order by comments.case_id, comments.position`

// RatingsByClue are the ratings of clues for the last round of the case behind each. The caller has made sure that the
// viewer is their reporter.
func RatingsByClue(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID]Rating, error) {
	rows, err := pg.All[Rating](ctx, tx, ownRatingsSQL, clues)
	found := make(map[uuid.UUID]Rating, len(rows))
	for _, r := range rows {
		found[r.ClueID] = r
	}
	return found, err
}

// RatingsOf are those of cases that the viewer may see, of all rounds. A case without any has none.
func RatingsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) ([]Ratings, error) {
	found, err := pg.All[Ratings](ctx, tx, ratingsSQL, scoped(tx, cases)...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	comments, err := pg.All[Comment](ctx, tx, commentsSQL, scoped(tx, cases, commentsMost)...)
	for i := range found {
		for _, c := range comments {
			if c.CaseID == found[i].CaseID {
				found[i].Comments = append(found[i].Comments, c)
			}
		}
	}
	return found, err
}
