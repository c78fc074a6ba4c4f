package graph

import (
	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// tale is a case that went the whole way, and the clue behind it.
type tale struct {
	closed casework.Case
	clue   clue.Clue
}

// aTale is told in the western cell, of a clue that landed a little outside the city.
func (t *town) aTale() tale {
	t.Helper()
	c := t.submit("reporter", fixture.BlockedExit, t.position(0, -80))
	do(t, "dispatcher", clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: c.ID}})
	t.verified(c)
	return tale{closed: t.passed(t.seen(t.checking(t.reported(t.working(t.routed(c, fixture.BlockedExit)))))), clue: c}
}

func (t *town) verified(c clue.Clue) {
	t.Helper()
	task := t.tasksOf(c)[0]
	do(t, "worker", clue.AnswerVerification, clue.AnswerVerificationInput{Task: task.ID, Confirmed: true, Note: "属实"})
}

func (t *town) tasksOf(c clue.Clue) []clue.VerifyTask {
	t.Helper()
	return do(t, "worker", clue.TasksOf, []uuid.UUID{c.ID})[c.ID]
}

func of(c casework.Case) casework.Target { return casework.Target{Case: c.ID} }

func (t *town) working(c casework.Case) casework.Case {
	t.Helper()
	return do(t, "desk", casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.people["handler"].ID})
}

func (t *town) reported(c casework.Case) casework.Case {
	t.Helper()
	return do(t, "handler", casework.ReportDisposal, casework.DisposalInput{ID: pg.NewID(), Target: of(c), Text: "已清理", AwayReason: "室内无信号",
		Photos: aPhoto()})
}

func (t *town) checking(c casework.Case) casework.Case {
	t.Helper()
	return do(t, "desk", casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
}

func (t *town) check(c casework.Case) casework.CheckTask {
	t.Helper()
	return do(t, "dispatcher", casework.ChecksOf, []uuid.UUID{c.ID})[c.ID][0]
}

func (t *town) seen(c casework.Case) casework.Case {
	t.Helper()
	return do(t, "worker", casework.AnswerCheck, casework.AnswerCheckInput{Task: t.check(c).ID, Fixed: true, Note: "已整改"})
}

func (t *town) passed(c casework.Case) casework.Case {
	t.Helper()
	return do(t, "dispatcher", casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
}
