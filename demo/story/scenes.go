package story

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/demo/picture"
	"gridwork/geo"
)

// report: two people see the same thing, and a phone whose map speaks GCJ-02 is understood.
func (s *tale) report(ctx context.Context) error {
	region, err := s.dispatcher.Division(ctx, street)
	if err != nil {
		return err
	}
	place, tip := geo.Point(region.Seat), tipAbout(category)
	s.scene(words{"收集：两个人看见同一件事", "Received: two people see the same thing"})

	passer, err := s.send(ctx, s.anyone, reading(place, 12, geo.WGS84), tip.Tellings[0], nil)
	if err != nil {
		return err
	}
	s.told[0] = passer
	if err := s.at(ctx, words{"一位路人匿名上报：“%s”", "A passer-by reports, anonymously: “%s”"}, passer.Text); err != nil {
		return err
	}
	s.note(words{"线索 %d 号，落在网格 %s（%s）。查询码 %s，只此一份。", "Clue %d, in cell %s (%s). Claim code %s: there is no other copy."},
		passer.Number, passer.Cell, nameOf(region.Named), passer.ClaimCode)

	if err := s.pass(ctx, 4*time.Minute); err != nil {
		return err
	}
	return s.volunteer(ctx, place, tip)
}

func (s *tale) volunteer(ctx context.Context, place geo.Point, tip demo.Tip) error {
	volunteer, err := s.anyone.SignIn(ctx, "volunteer.001", demo.Password)
	if err != nil {
		return err
	}
	photo := client.NewPhoto(picture.JPEG(picture.Scene{Place: 3, Shot: 1, Caption: "GRIDWORK DEMO"}))
	at := reading(place, 5, geo.GCJ02)
	mine, err := s.send(ctx, volunteer, at, tip.Tellings[1], []client.Photo{photo})
	if err != nil {
		return err
	}
	s.told[1] = mine
	if err := s.at(ctx, words{"一位志愿者拍照上报，不留名：“%s”", "A volunteer reports with a photo, without a name: “%s”"}, mine.Text); err != nil {
		return err
	}
	astray := geo.Distance(geo.Point{Lon: at.Lon, Lat: at.Lat}, place)
	s.note(words{"手机地图给的是 GCJ-02 坐标 %.6f, %.6f：当作 WGS-84 会偏 %.0f 米；换算之后，落在同一个网格 %s。",
		"The phone's map speaks GCJ-02, %.6f, %.6f: taken for WGS 84 it would lie %.0f m astray; converted, it lands in the same cell %s."},
		at.Lon, at.Lat, astray, mine.Cell)
	if err := volunteer.Upload(ctx, photo); err != nil {
		return err
	}
	s.note(words{"照片 %d KB 断点续传完毕，服务器核对了 SHA-256。线索 %d 号，查询码 %s。",
		"The photo, %d KB, is uploaded, and the server has verified its SHA-256. Clue %d, claim code %s."},
		len(photo.JPEG)/1024, mine.Number, mine.ClaimCode)
	again, err := volunteer.Submit(ctx, mine.Report)
	if err != nil {
		return err
	}
	if !again.Repeated || again.Number != mine.Number {
		return errors.New("the same report was taken for another one")
	}
	s.note(words{"信号不好，手机又发了一遍：服务器认得，还是 %d 号。", "The line is poor and the phone sends it again: the server knows it, still %d."}, again.Number)
	return nil
}

func (s *tale) send(ctx context.Context, who *client.Client, at geo.Position, text string, photos []client.Photo) (told, error) {
	r := client.Report{ID: uuid.Must(uuid.NewV7()), Text: text, Category: category, Position: at, Photos: photos, Anonymous: true}
	receipt, err := who.Submit(ctx, r)
	return told{r, receipt}, err
}

// tipAbout is what people say of a category, in two tellings at least.
func tipAbout(category string) demo.Tip {
	for _, tip := range demo.Tips() {
		if tip.Category == category && len(tip.Tellings) > 1 {
			return tip
		}
	}
	panic("no tip tells of " + category) // the demo's own data
}

// reading is what a phone says that stands some metres to the east.
func reading(p geo.Point, metres float64, datum geo.Datum) geo.Position {
	p.Lon += metres / (111_195 * math.Cos(p.Lat*math.Pi/180))
	raw := datum.FromWGS84(p)
	return geo.Position{Lon: raw.Lon, Lat: raw.Lat, Datum: datum, Accuracy: 8, Source: geo.SourceGNSS, CapturedAt: time.Now()}
}

// triage: the dispatcher sees the duplicate, files one and merges the other.
func (s *tale) triage(ctx context.Context) error {
	s.scene(words{"分拨：派遣员的队列", "Sorted: the dispatcher's queue"})
	if err := s.pass(ctx, 2*time.Minute); err != nil {
		return err
	}
	queue, err := s.dispatcher.Queue(ctx, street, 20)
	if err != nil {
		return err
	}
	first, mine := clueOf(queue, s.told[0].Number), clueOf(queue, s.told[1].Number)
	if first == nil || mine == nil || len(mine.Duplicates) == 0 {
		return errors.New("the dispatcher does not see the two clues as likely duplicates")
	}
	near := mine.Duplicates[0]
	if err := s.at(ctx, words{"街道派遣员看到 %d 条线索，紧急的在前；系统提示两条可能是同一件事：相距 %.0f 米，相隔 %d 分钟，相似度 %.2f。",
		"The street's dispatcher sees %d clues, urgent ones first, and a hint that two of them may be one: %.0f m and %d minutes apart, score %.2f."},
		len(queue), near.Distance, near.SecondsApart/60, near.Score); err != nil {
		return err
	}
	standard, err := s.urgentStandard(ctx)
	if err != nil {
		return err
	}
	filed, err := s.dispatcher.File(ctx, *mine, standard.ID)
	if err != nil {
		return err
	}
	s.filed = filed.ID
	if err := s.dispatcher.Merge(ctx, *first, filed.ID); err != nil {
		return err
	}
	s.note(words{"带照片的立案为案件 %d 号，适用“%s”，时限 %d 紧急工作时；另一条并入，两位上报人各有各的进度。",
		"The one with the photo is filed as case %d, because: %s; limit %d urgent hours. The other is merged; each reporter keeps an own status."},
		filed.Number, words{standard.ConditionZh, standard.ConditionEn}, standard.Limit.Number)
	return nil
}

func clueOf(queue []client.Clue, number int) *client.Clue {
	i := slices.IndexFunc(queue, func(c client.Clue) bool { return c.Number == number })
	if i < 0 {
		return nil
	}
	return &queue[i]
}

func (s *tale) urgentStandard(ctx context.Context) (client.Standard, error) {
	categories, err := s.dispatcher.Categories(ctx)
	if err != nil {
		return client.Standard{}, err
	}
	for _, c := range categories {
		for _, row := range c.Standards {
			if c.Code == category && row.Urgent {
				return row, nil
			}
		}
	}
	return client.Standard{}, errors.New("no urgent standard for " + category)
}

// routed: the job queue sends the case to its department, and says why.
func (s *tale) routed(ctx context.Context) error {
	s.scene(words{"派遣：规则在后台决定", "Routed: the rules decide in the background"})
	c, err := s.awaitCase(ctx, "the case is routed", func(c client.Case) bool { return c.State == "ROUTED" })
	if err != nil {
		return err
	}
	s.say(*c.DispatchedAt, words{"立案 %d 毫秒后，案件到了%s的收件台。", "%d ms after it was filed, the case is on the desk of %s."},
		c.DispatchedAt.Sub(c.FiledAt).Milliseconds(), nameOf(*c.Department))
	if c.WhyHere == nil {
		return errors.New("the case does not say why it is there")
	}
	s.note(words{"为什么是这里：逐条试过 %d 条规则——", "Why here: %d rules were tried, one after the other:"}, len(c.WhyHere.Tried))
	for _, tried := range c.WhyHere.Tried {
		if name := (words{tried.NameZh, tried.NameEn}); tried.Matched {
			s.list(words{"  ✓ %s", "  ✓ %s"}, name)
		} else {
			s.list(words{"  ✗ %s：%s", "  ✗ %s: %s"}, name, known(conditions, tried.Failed))
		}
	}
	s.heard = len(c.Timeline)
	return nil
}

// silence: nobody at the desk reacts, and the ladder presses, step by step, until silence counts as acceptance.
func (s *tale) silence(ctx context.Context) error {
	s.scene(words{"催：收件台没有回应", "Pressed: the desk does not react"})
	for {
		c, err := s.theCase(ctx)
		if err != nil {
			return err
		}
		if c.State == "WORKING" {
			break
		}
		if err := s.nextStep(ctx, c); err != nil {
			return err
		}
	}
	inbox, err := s.desk.Inbox(ctx)
	if err != nil {
		return err
	}
	pressed := slices.DeleteFunc(inbox, func(m client.Message) bool { return m.Kind != "CASE_PRESSED" })
	if len(pressed) == 0 {
		return errors.New("the desk was not told that it was pressed")
	}
	s.note(words{"收件台的收件箱里有 %d 条催办，最近一条：%s", "There are %d such messages in the desk's inbox, the last one: %s"},
		len(pressed), words{pressed[0].TitleZh + "。" + pressed[0].BodyZh, pressed[0].TitleEn + ". " + pressed[0].BodyEn})
	return nil
}

// nextStep moves the clock to the ladder's next step, and tells what fires.
func (s *tale) nextStep(ctx context.Context, c client.Case) error {
	var next *time.Time
	for _, k := range c.Clocks {
		if k.StoppedAt == nil && k.NextStepAt != nil && (next == nil || k.NextStepAt.Before(*next)) {
			next = k.NextStepAt
		}
	}
	if next == nil {
		return errors.New("no clock of the case has a next step")
	}
	now, err := s.platform.Now(ctx)
	if err != nil {
		return err
	}
	if err := s.pass(ctx, next.Sub(now)+time.Second); err != nil {
		return err
	}
	after, err := s.awaitCase(ctx, "the ladder presses", func(c client.Case) bool { return len(c.Timeline) > s.heard })
	if err != nil {
		return err
	}
	s.listen(after, c.Clocks)
	return nil
}

// listen tells the ladder's events that were not told yet.
func (s *tale) listen(c client.Case, clocks []client.Clock) {
	for _, e := range c.Timeline[s.heard:] {
		var p client.Pressed
		switch {
		case e.Kind == "pressed" && json.Unmarshal(e.Detail, &p) == nil:
			s.rung++
			s.say(e.At, words{"%s时限走到 %d%%（第 %d 级）：%s，通知在岗 %d 人。", "%s is at %d %% of its limit (step %d): %s; %d on duty are told."},
				known(stages, p.Stage), percent(p, clocks), p.Level, known(actions, p.Action), p.Told)
		case e.Kind == "deemed_accepted":
			s.say(e.At, words{"没有人接，也没有人退：视为接件。处置时限从派遣时就在走，没有因为沉默而停。",
				"Nobody accepted and nobody returned it: it counts as accepted. The disposal clock has run since the dispatch, silence or not."})
		}
	}
	s.heard = len(c.Timeline)
}

// percent is how much of its clock's limit had passed when a step was due.
func percent(p client.Pressed, clocks []client.Clock) int {
	for _, k := range clocks {
		if k.DueAt != nil && strings.EqualFold(k.Stage, p.Stage) {
			return int(math.Round(100 * p.DueAt.Sub(k.StartedAt).Seconds() / k.DueAt.Sub(k.StartedAt).Seconds()))
		}
	}
	return 100
}
