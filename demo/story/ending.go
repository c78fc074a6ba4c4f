package story

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/demo/picture"
	"gridwork/geo"
)

// disposal: a handler is named, goes there, and shows the result.
func (s *tale) disposal(ctx context.Context) error {
	s.scene(words{"办理：有人去了现场", "In work: somebody goes there"})
	if err := s.pass(ctx, 5*time.Minute); err != nil {
		return err
	}
	c, err := s.theCase(ctx)
	if err != nil {
		return err
	}
	handlers, err := s.desk.Handlers(ctx, department, street)
	if err != nil || len(handlers) == 0 {
		return errors.Join(err, errors.New("the desk has no handler to name"))
	}
	if _, err := s.desk.NameHandler(ctx, c, handlers[0].ID); err != nil {
		return err
	}
	if err := s.at(ctx, words{"收件台终于指定处置人员：%s。", "The desk names a handler at last: %s."}, handlers[0].Name); err != nil {
		return err
	}
	if err := s.pass(ctx, 25*time.Minute); err != nil {
		return err
	}
	return s.fix(ctx)
}

func (s *tale) fix(ctx context.Context) error {
	c, err := s.handler.Case(ctx, s.filed)
	if err != nil || c == nil || c.Point == nil {
		return errors.Join(err, errors.New("the handler does not see where the case is"))
	}
	photo := client.NewPhoto(picture.JPEG(picture.Scene{Place: 3, Shot: 2, Fixed: true, Caption: "GRIDWORK DEMO"}))
	_, err = s.handler.ReportDisposal(ctx, *c, client.Disposed{ID: uuid.Must(uuid.NewV7()), Text: "已责令开锁，安全出口恢复畅通，现场批评教育并复查消防设施。",
		Position: reading(geo.Point(*c.Point), 9, geo.BD09), Photos: []client.Photo{photo}})
	if err != nil {
		return err
	}
	if err := s.handler.Upload(ctx, photo); err != nil {
		return err
	}
	after, err := s.awaitCase(ctx, "the photo of the result can be seen", func(c client.Case) bool {
		return len(c.Disposals) == 1 && len(c.Disposals[0].Photos) == 1 && c.Disposals[0].Photos[0].State == "READY"
	})
	if err != nil {
		return err
	}
	done := after.Disposals[0]
	return s.at(ctx, words{"处置反馈：“%s”附整改照片，距案发点 %.0f 米（手机给的是 BD-09）。", "Reported: “%s” With a photo of the result, %.0f m from the place (the phone speaks BD-09)."},
		words{done.Text, "The exit was unlocked, whoever is responsible was told, the fire equipment was looked at."}, *done.Distance)
}

// check: a grid worker who did not fix it looks whether it is really fixed, and the dispatcher closes.
func (s *tale) check(ctx context.Context) error {
	s.scene(words{"核查：没有动手的人去看一眼", "Checked: somebody who did not fix it has a look"})
	if err := s.pass(ctx, 5*time.Minute); err != nil {
		return err
	}
	c, err := s.theCase(ctx)
	if err != nil {
		return err
	}
	if _, err := s.desk.SubmitForCheck(ctx, c); err != nil {
		return err
	}
	if c, err = s.theCase(ctx); err != nil {
		return err
	}
	if len(c.Checks) == 0 || c.Checks[0].Assignee == nil {
		return errors.New("nobody was asked to check")
	}
	asked := *c.Checks[0].Assignee
	if err := s.at(ctx, words{"收件台自检后送核查，系统指派就近在岗的网格员：%s。", "The desk looks at it and hands it on; the nearest grid worker on duty is asked: %s."}, asked.Name); err != nil {
		return err
	}
	login, err := workerNamed(asked.ID)
	if err != nil {
		return err
	}
	worker, err := s.anyone.SignIn(ctx, login, demo.Password)
	if err != nil {
		return err
	}
	if err := s.pass(ctx, 20*time.Minute); err != nil {
		return err
	}
	return s.seen(ctx, worker)
}

func (s *tale) seen(ctx context.Context, worker *client.Client) error {
	tasks, err := worker.CheckTasks(ctx)
	if err != nil || len(tasks) != 1 {
		return errors.Join(err, fmt.Errorf("the grid worker sees %d checks", len(tasks)))
	}
	c, err := s.theCase(ctx)
	if err != nil {
		return err
	}
	if err := worker.AnswerCheck(ctx, tasks[0].ID, true, "现场查看，安全出口已打开，通道畅通。", reading(geo.Point(*c.Point), 3, geo.WGS84), nil); err != nil {
		return err
	}
	if err := s.at(ctx, words{"网格员在现场：“安全出口已打开，通道畅通。”", "On the spot: “The exit is open, the way is free.”"}); err != nil {
		return err
	}
	if c, err = s.theCase(ctx); err != nil {
		return err
	}
	if _, err := s.dispatcher.DecideCheck(ctx, c, true, "核查通过，予以结案"); err != nil {
		return err
	}
	if c, err = s.theCase(ctx); err != nil {
		return err
	}
	running := 0
	for _, k := range c.Clocks {
		if k.StoppedAt == nil {
			running++
		}
	}
	return s.at(ctx, words{"派遣员结案。%d 个时钟同时停下，还在走的：%d。", "The dispatcher closes the case. Its %d clocks stop with it; still running: %d."}, len(c.Clocks), running)
}

// outcome: both reporters look their clue up by its claim code.
func (s *tale) outcome(ctx context.Context) error {
	s.scene(words{"评价：上报人凭查询码看结果", "Done: the reporters look it up by their claim codes"})
	for _, r := range s.told {
		seen, err := s.anyone.Track(ctx, r.ClaimCode)
		if err != nil {
			return err
		}
		if seen == nil || seen.Outcome != "CLOSED" {
			return fmt.Errorf("the reporter of clue %d does not see the outcome", r.Number)
		}
		var steps []string
		for _, step := range seen.Steps {
			steps = append(steps, s.in(known(parcel, step.Stage))+" "+step.At.In(s.began.Location()).Format("15:04"))
		}
		if err := s.at(ctx, words{"%s  线索 %d 号：%s。已结案。", "%s  clue %d: %s. Closed."}, r.ClaimCode, seen.Number, strings.Join(steps, " → ")); err != nil {
			return err
		}
		if seen.ReopenUntil != nil {
			s.note(words{"如果没有真正解决，可在 %s 前要求重新办理。", "If it is not really fixed, it can be contested until %s."}, seen.ReopenUntil.In(s.began.Location()).Format("01-02 15:04"))
		}
	}
	return nil
}

// end sums up.
func (s *tale) end(ctx context.Context) error {
	c, err := s.theCase(ctx)
	if err != nil {
		return err
	}
	now, err := s.platform.Now(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out)
	s.write("", words{"从上报到结案，城市里过了 %s，案件留下 %d 条记录，催办 %d 次；讲完用了 %.0f 秒。这座小城现在拆掉。",
		"From report to closing %s went by in the city; the case left %d entries and was pressed %d times; telling it took %.0f s. The small city is taken down now."},
		[]any{span(now.Sub(s.began)), len(c.Timeline), s.rung, time.Since(s.begun).Seconds()})
	return nil
}
