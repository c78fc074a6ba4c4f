package scenario

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type ratedView struct {
	RatableUntil *time.Time
	Rating       *struct {
		Score   int
		Comment string
	}
}

const ratedFields = `ratableUntil rating { score comment ratedAt }`

var rateOutcome = mutation{"rateOutcome", "RateOutcomeInput", `clue { ` + ratedFields + ` }`}

func (s *stage) rated(c *harness.Client, in harness.Vars) ratedView {
	s.t.Helper()
	p, refused := attempt[struct{ Clue ratedView }](c, rateOutcome, in)
	if refused != nil {
		s.t.Fatalf("rated: %v", refused)
	}
	return p.Clue
}

func TestEveryReporterSaysHowGoodTheOutcomeIsAndNobodyLearnsWho(t *testing.T) {
	t.Parallel()
	s := open(t)
	stranger := s.Anyone()

	// Given a case that a stranger and a volunteer have reported, now closed,
	first := s.submit(stranger, tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	second := s.submit(s.As(s.Volunteer), tip{Text: "垃圾堆积", Category: fixture.Rubbish, Cell: 0})
	c := s.file(first, fixture.Rubbish)
	s.clueDone(s.As(s.Dispatcher), mergeClue, harness.Vars{"clue": second.ID, "case": c.ID})
	s.refused(stranger, rateOutcome, harness.Vars{"claimCode": *first.ClaimCode, "score": 5}, "ACTION_NOT_POSSIBLE")
	s.close(c)

	// when both rate it, the volunteer twice,
	if s.told(s.Volunteer, "RATING_ASKED") != 1 {
		t.Error("the volunteer was not asked")
	}
	type tracked struct{ TrackClue ratedView }
	seen := harness.Ask[tracked](stranger, `query ($code: String!) { trackClue(claimCode: $code) { `+ratedFields+` } }`, harness.Vars{"code": *first.ClaimCode}).TrackClue
	if seen.RatableUntil == nil || !seen.RatableUntil.After(s.Now()) || seen.Rating != nil {
		t.Errorf("the stranger sees %+v", seen)
	}
	type own struct{ Clue struct{ Tracked *ratedView } }
	ofClue := func(p *harness.Person) *ratedView {
		return harness.Ask[own](s.As(p), `query ($id: UUID!) { clue(id: $id) { tracked { `+ratedFields+` } } }`, harness.Vars{"id": second.ID}).Clue.Tracked
	}
	if mine := ofClue(s.Volunteer); mine == nil || mine.RatableUntil == nil || ofClue(s.Dispatcher) != nil {
		t.Errorf("the volunteer sees %+v", mine)
	}
	if got := s.rated(stranger, harness.Vars{"claimCode": *first.ClaimCode, "score": 2, "comment": "太慢"}); got.Rating == nil || got.Rating.Score != 2 {
		t.Errorf("%+v", got)
	}
	s.refused(stranger, rateOutcome, harness.Vars{"claimCode": *first.ClaimCode, "score": 0}, "SCORE_OUT_OF_RANGE")
	s.refused(s.As(s.Neighbour), rateOutcome, harness.Vars{"clue": second.ID, "score": 5}, "CLUE_NOT_FOUND")
	s.rated(s.As(s.Volunteer), harness.Vars{"clue": second.ID, "score": 1})
	s.rated(s.As(s.Volunteer), harness.Vars{"clue": second.ID, "score": 5, "comment": "很干净"})

	// then staff read the mean and the words, and nothing that tells who wrote them.
	answer := harness.Ask[map[string]json.RawMessage](s.As(s.Supervisor),
		`query ($id: UUID!) { case(id: $id) { ratings { count average comments { reporter round score comment } } timeline { kind role by { id } detail } } }`,
		harness.Vars{"id": c.ID})
	var got struct {
		Ratings struct {
			Count    int
			Average  float64
			Comments []struct {
				Reporter, Score int
				Comment         string
			}
		}
	}
	if err := json.Unmarshal(answer["case"], &got); err != nil {
		t.Fatal(err)
	}
	if got.Ratings.Count != 2 || got.Ratings.Average != 3.5 || len(got.Ratings.Comments) != 2 || got.Ratings.Comments[1].Comment != "很干净" {
		t.Errorf("%+v", got.Ratings)
	}
	if strings.Contains(string(answer["case"]), s.Volunteer.ID.String()) {
		t.Error("the case names its reporter")
	}

	// Once the window is over, nothing changes any more.
	s.Advance(72*time.Hour + time.Minute)
	s.refused(s.As(s.Volunteer), rateOutcome, harness.Vars{"clue": second.ID, "score": 1}, "RATING_OVER")
}
