package traffic

import (
	"context"
	"errors"
	"slices"
	"sync"

	"gridwork/demo/client"
)

// errands are the grid workers who were asked for something and have not gone yet, each once.
type errands struct {
	mu      sync.Mutex
	waiting []string // logins
	busy    map[string]bool
	signed  map[string]*client.Client
	bell    chan struct{}
}

func newErrands() *errands {
	return &errands{busy: map[string]bool{}, signed: map[string]*client.Client{}, bell: make(chan struct{}, 1)}
}

func (e *errands) add(login string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !slices.Contains(e.waiting, login) {
		e.waiting = append(e.waiting, login)
		e.ring()
	}
}

func (e *errands) ring() {
	select {
	case e.bell <- struct{}{}:
	default:
	}
}

// take is the next grid worker who waits and is not on the way already.
func (e *errands) take() (login string, signed *client.Client, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	i := slices.IndexFunc(e.waiting, func(l string) bool { return !e.busy[l] })
	if i < 0 {
		return "", nil, false
	}
	login = e.waiting[i]
	e.waiting = slices.Delete(e.waiting, i, i+1)
	e.busy[login] = true
	return login, e.signed[login], true
}

func (e *errands) done(login string, signed *client.Client) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.signed[login] = signed
	delete(e.busy, login)
	if len(e.waiting) > 0 {
		e.ring()
	}
}

// patrol lets grid workers go: whoever was asked signs in, and answers everything that waits.
func (w *world) patrol(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.errands.bell:
		}
		for login, worker, ok := w.errands.take(); ok; login, worker, ok = w.errands.take() {
			worker, err := w.round(ctx, login, worker)
			w.failed(ctx, "patrol", err)
			w.errands.done(login, worker)
		}
	}
}

func (w *world) round(ctx context.Context, login string, worker *client.Client) (*client.Client, error) {
	if worker == nil {
		var err error
		if worker, err = w.signIn(ctx, login); err != nil {
			return nil, err
		}
	}
	for busy := true; busy && ctx.Err() == nil; {
		verified, err := w.verify(ctx, worker)
		checked, alsoErr := w.check(ctx, worker)
		if err := errors.Join(err, alsoErr); err != nil {
			return worker, err
		}
		busy = verified || checked
	}
	return worker, nil
}

// verify looks whether clues are true. What was told vaguely often is not.
func (w *world) verify(ctx context.Context, worker *client.Client) (bool, error) {
	tasks, err := worker.VerifyTasks(ctx)
	return each(ctx, w, "verify", tasks, func(task client.Task) (bool, error) {
		if task.Clue == nil || task.Clue.Point == nil {
			return false, nil
		}
		r := dice(task.ID, "verify")
		confirmed, note := r.Float64() < 0.75, "现场核实，情况属实。"
		if !confirmed {
			note = "现场查看，未发现所述情况。"
		}
		err := worker.AnswerVerification(ctx, task.ID, confirmed, note, nearby(r, client.Case{Point: task.Clue.Point}))
		return err == nil, w.counted("verified", err)
	}), err
}

// check looks whether cases are fixed, and sees through those who only pretended.
func (w *world) check(ctx context.Context, worker *client.Client) (bool, error) {
	tasks, err := worker.CheckTasks(ctx)
	return each(ctx, w, "check", tasks, func(task client.Task) (bool, error) {
		if task.Case == nil {
			return false, nil
		}
		w.mu.Lock()
		isFixed := !w.bungled[task.Case.ID]
		w.mu.Unlock()
		note := "现场核查，已整改到位。"
		if !isFixed {
			note = "现场核查，问题仍然存在。"
		}
		err := worker.AnswerCheck(ctx, task.ID, isFixed, note, nearby(dice(task.ID, "check"), *task.Case), nil)
		return err == nil, w.counted("checked", err)
	}), err
}
