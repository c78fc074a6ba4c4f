package compliance

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/pg"
)

var (
	namesRank  = regexp.MustCompile(`(^|_)(rank|ranks|ranked|ranking|rankings|league|leaderboard|scoreboard|排名|排行)(_|$)`)
	namesScore = regexp.MustCompile(`(^|_)(score|scores|points|credits|merits|demerits|stars|积分|得分)(_|$)`)
	// Presence, as a count or a length of time. What signs in is a session; people.login is only a name.
	namesPresence = regexp.MustCompile(`(^|_)(online|sign_ins|logins|check_ins|clock_ins|punch|punches|attendance|attendances|streak|打卡|签到)(_|$)` +
		`|(sign_in|login|check_in|clock_in|active)_(count|days|hours|minutes|seconds)(_|$)`)
	namesCompulsion = regexp.MustCompile(`(^|_)(installed|installs|downloads|downloaded|app_version|last_login|last_online|last_active|quota|quotas|norm)(_|$)`)

	// In a measure, people are named by these.
	measuresPeople   = regexp.MustCompile(`(^|_)(rank|ranks|ranking|league|person|people|worker|workers|staff|handler|handlers|online|logins|sign_ins)(_|$)`)
	measuresPeopleZH = []string{"排名", "排行", "末位", "个人", "人均", "网格员", "处置员", "积分", "在线时长", "打卡", "签到", "登录"}
)

func ranking(ctx context.Context, tx *pg.Tx, s schema) ([]string, error) {
	all, err := measure.Current(ctx, tx)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, m := range all {
		if says := ofPeople(m); says != "" {
			found = append(found, fmt.Sprintf("measure %s (%s) %s", m.Key, m.NameZH, says))
		}
	}
	for _, c := range s {
		if strings.HasPrefix(c.Table, "measure") && (c.ofPerson() || strings.HasSuffix(c.Name, "_by") || namesReporter.MatchString(c.Name)) {
			found = append(found, fmt.Sprintf("%s makes figures of people", c))
		}
	}
	return append(found, s.ofPeople(column.ofPerson).named(namesRank, "ranks people")...), nil
}

// ofPeople says why a measure is of people, or nothing.
func ofPeople(m measure.Measure) string {
	for _, t := range slices.Concat(m.Numerator, m.Denominator) {
		base := measure.Base(strings.TrimPrefix(string(t), "-"))
		if !slices.Contains(measure.Bases(), base) {
			return fmt.Sprintf("counts %s, which is no count of areas and departments", base)
		}
	}
	if measuresPeople.MatchString(m.Key) {
		return "has a key that names people, a ranking or presence"
	}
	for _, word := range measuresPeopleZH {
		if strings.Contains(m.NameZH, word) {
			return "is called by people, a ranking or presence: " + word
		}
	}
	return ""
}

// forgottenBy leaves the hourly chore some time after a session may be forgotten.
const forgottenBy = 24 * time.Hour

func points(ctx context.Context, tx *pg.Tx, s schema) ([]string, error) {
	people := s.ofPeople(column.ofPerson)
	found := slices.Concat(people.named(namesScore, "gives people points"), people.named(namesPresence, "counts presence"))
	kept, err := pg.Val[int](ctx, tx, oldSessionsSQL, tx.Now.Add(-identity.SessionsKept-forgottenBy))
	if err == nil && kept > 0 {
		found = append(found, fmt.Sprintf("%d sessions ended more than %d days ago and still say who was online when: is `gridwork work` running?",
			kept, int(identity.SessionsKept/(24*time.Hour))))
	}
	return found, err
}

const oldSessionsSQL = `select count(*)::int from sessions where expires_at < $1 or revoked_at < $1`

// photos looks at the newest version of every checklist, and at those that campaigns still go by.
func photos(ctx context.Context, tx *pg.Tx, _ schema) ([]string, error) {
	lists, err := inspection.Checklists(ctx, tx)
	if err != nil {
		return nil, err
	}
	used, err := pg.Vals[uuid.UUID](ctx, tx, checklistsInUseSQL)
	if err != nil {
		return nil, err
	}
	older, err := inspection.ChecklistsByID(ctx, tx, slices.DeleteFunc(used, func(id uuid.UUID) bool {
		return slices.ContainsFunc(lists, func(l inspection.Checklist) bool { return l.ID == id })
	}))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, l := range slices.Concat(lists, older) {
		for _, i := range l.Items {
			if i.Kind == inspection.Photo && i.LegalBasis == "" && !i.Optional && i.Condition == nil {
				found = append(found, fmt.Sprintf("checklist %s, version %d, item %s (%s) asks for a photo at every visit, and names no rule that does",
					l.Code, l.Version, i.Code, i.QuestionZH))
			}
		}
	}
	return found, nil
}

const checklistsInUseSQL = `select distinct checklist_id from campaigns where state <> 'closed'`

// compulsion: a step that goes to the grid workers of an area presses people who owe nothing, other than the one whose
// check or verification is open. A colleague's call for help is no work, and asks nobody to have been online.
func compulsion(ctx context.Context, tx *pg.Tx, s schema) ([]string, error) {
	ladders, err := escalation.Newest(ctx, tx)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, l := range ladders {
		for i, step := range l.Steps {
			for _, a := range step.Audience {
				if a.Role == actor.GridWorker && a.Level != escalation.Named && step.Clock != escalation.Alarm {
					found = append(found, fmt.Sprintf("ladder %s, version %d, step %d (%s) presses every grid worker of the %s, whoever owes the work",
						l.Code, l.Version, i+1, step.Clock, a.Level))
				}
			}
		}
	}
	return append(found, s.ofPeople(column.ofPerson).named(namesCompulsion, "keeps account of how people use the program")...), nil
}
