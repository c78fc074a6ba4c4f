package measure_test

import (
	"errors"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// act lets somebody do one of the things that the platform offers them with a case. What it refuses all the same, such as a
// handler of another department, leaves no trace.
func (l *life) act(c casework.Case) {
	people := []*actor.Actor{l.Dispatcher, l.Lead, l.Supervisor, l.Second, l.Fire, l.Urban, l.Handler, l.Sweeper, l.Worker, l.Neighbour}
	l.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	for _, who := range people {
		offered := l.offered(who, c)
		if len(offered) == 0 {
			continue
		}
		do := offered[l.IntN(len(offered))]
		if seldom[do] && l.IntN(3) > 0 {
			continue
		}
		if l.apart(func() error { return l.does(who, do, l.Now(c)) }) == nil {
			l.did[string(do)]++
			return
		}
	}
}

var errNotTried = errors.New("not part of this story")

// seldom are what would otherwise end every story soon.
var seldom = map[casework.Action]bool{casework.DoAskVoid: true, casework.DoVoid: true, casework.DoAskForceClose: true,
	casework.DoForceClose: true, casework.DoRecall: true, casework.DoOrder: true, casework.DoAssignCheck: true, casework.DoNameHandler: true}

func (l *life) offered(who *actor.Actor, c casework.Case) []casework.Action {
	l.Must(l.Tx.Flush(l.Ctx))
	var offered []casework.Action
	fixture.Do(l.Tx, who, func() {
		found, err := casework.ActionsOf(l.Ctx, l.Tx, []uuid.UUID{c.ID})
		l.Must(err)
		offered = found[c.ID]
	})
	return offered
}

// apart takes back what a refused action has written.
func (l *life) apart(do func() error) error {
	l.Must(l.Tx.Flush(l.Ctx))
	_, err := l.Tx.Exec(l.Ctx, "savepoint life")
	l.Must(err)
	err = do()
	if flushed := l.Tx.Flush(l.Ctx); err == nil {
		err = flushed
	}
	if err != nil {
		_, back := l.Tx.Exec(l.Ctx, "rollback to savepoint life")
		l.Must(back)
	}
	return err
}

func (l *life) does(who *actor.Actor, do casework.Action, c casework.Case) (err error) {
	to, note := of(c), casework.NoteInput{Target: of(c), Note: "如此"}
	handler := l.Handler
	if c.Department != nil && *c.Department == fixture.Urban {
		handler = l.Sweeper
	}
	switch do {
	case casework.DoRoute:
		_, err = as(l.figures, who, casework.RouteByHand, casework.RouteInput{Target: to, Department: []string{fixture.Fire, fixture.Urban}[l.IntN(2)]})
	case casework.DoRecall:
		_, err = as(l.figures, who, casework.Recall, note)
	case casework.DoAccept:
		_, err = as(l.figures, who, casework.Accept, casework.AcceptInput{Target: to, Handler: handler.ID})
	case casework.DoNameHandler:
		_, err = as(l.figures, who, casework.NameHandler, casework.AcceptInput{Target: to, Handler: handler.ID})
	case casework.DoReturn:
		proposed := fixture.Fire
		if *c.Department == fixture.Fire {
			proposed = fixture.Urban
		}
		_, err = as(l.figures, who, casework.RequestReturn, casework.ReturnInput{Target: to, Basis: "条例", Proposed: proposed})
	case casework.DoUpholdReturn, casework.DoRejectReturn:
		_, err = as(l.figures, who, casework.DecideReturn, casework.DecideReturnInput{Target: to, Uphold: do == casework.DoUpholdReturn})
	case casework.DoReport:
		_, err = as(l.figures, who, casework.ReportDisposal, casework.DisposalInput{ID: pg.NewID(), Target: to, Text: "已处理", AwayReason: "远程", Photos: l.Disposal(c).Photos})
	case casework.DoSendBack:
		_, err = as(l.figures, who, casework.SendBack, note)
	case casework.DoSubmitForCheck:
		_, err = as(l.figures, who, casework.SubmitForCheck, note)
	case casework.DoAnswerCheck:
		_, err = as(l.figures, who, casework.AnswerCheck, casework.AnswerCheckInput{Task: l.Check(c).ID, Fixed: l.IntN(3) > 0, Note: "看过"})
	case casework.DoPass, casework.DoFail:
		_, err = as(l.figures, who, casework.DecideCheck, casework.DecideCheckInput{Target: to, Pass: do == casework.DoPass})
	case casework.DoReopen:
		_, err = as(l.figures, who, casework.Reopen, note)
	case casework.DoResume:
		_, err = as(l.figures, who, casework.Resume, note)
	default:
		return l.requests(who, do, c)
	}
	return err
}

// requests are what one person asks for and another one decides.
func (l *life) requests(who *actor.Actor, do casework.Action, c casework.Case) (err error) {
	until := l.Tx.Now.Add(time.Duration(10+l.IntN(60)) * time.Hour)
	asks := map[casework.Action]casework.RequestKind{casework.DoAskSuspension: casework.Suspension, casework.DoAskExtension: casework.Extension,
		casework.DoAskVoid: casework.Voiding, casework.DoAskForceClose: casework.ForcedClosing}
	grants := map[casework.Action]casework.RequestKind{casework.DoSuspend: casework.Suspension, casework.DoExtend: casework.Extension,
		casework.DoVoid: casework.Voiding, casework.DoForceClose: casework.ForcedClosing}
	if kind, ok := asks[do]; ok {
		in := casework.AskInput{Target: of(c), Kind: kind, Reason: "需要时间"}
		if kind == casework.Suspension {
			in.Until = &until
		}
		_, err = as(l.figures, who, casework.Ask, in)
		return err
	}
	if kind, ok := grants[do]; ok {
		_, err = as(l.figures, who, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: kind, Grant: true})
		return err
	}
	return errNotTried
}
