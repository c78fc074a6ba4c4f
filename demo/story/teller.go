package story

import (
	"fmt"
	"io"
	"time"

	"gridwork/demo/client"
	"gridwork/domain/identity"
)

// Languages that the story is told in.
const (
	Chinese = "zh"
	English = "en"
)

// teller writes the story down, in one of the languages.
type teller struct {
	out  io.Writer
	lang string
	pace time.Duration // between two lines, so that they can be read
}

// words are said in one language or the other.
type words struct{ zh, en string }

func (t teller) in(w words) string {
	if t.lang == English {
		return w.en
	}
	return w.zh
}

func nameOf(n client.Named) words { return words{n.NameZh, n.NameEn} }

// scene is a headline.
func (t teller) scene(title words) {
	fmt.Fprintf(t.out, "\n── %s\n", t.in(title))
	time.Sleep(t.pace)
}

// say tells what happened at a time of the city's.
func (t teller) say(at time.Time, line words, args ...any) {
	local := at.In(identity.City)
	t.write(fmt.Sprintf("%s %s  ", t.in(weekdays[local.Weekday()]), local.Format("15:04:05")), line, args)
}

// list adds to what was said, too much to be read line by line.
func (t teller) list(line words, args ...any) {
	t.pace = 0
	t.note(line, args...)
}

// note adds to what was said.
func (t teller) note(line words, args ...any) { t.write("              · ", line, args) }

func (t teller) write(begin string, line words, args []any) {
	for i, a := range args {
		if w, ok := a.(words); ok {
			args[i] = t.in(w)
		}
	}
	fmt.Fprintf(t.out, begin+t.in(line)+"\n", args...)
	time.Sleep(t.pace)
}

var weekdays = map[time.Weekday]words{
	time.Monday: {"周一", "Mon"}, time.Tuesday: {"周二", "Tue"}, time.Wednesday: {"周三", "Wed"}, time.Thursday: {"周四", "Thu"},
	time.Friday: {"周五", "Fri"}, time.Saturday: {"周六", "Sat"}, time.Sunday: {"周日", "Sun"},
}

var stages = map[string]words{
	"verify": {"核实", "verification"}, "file": {"立案", "filing"}, "dispatch": {"派遣", "dispatch"}, "accept": {"接件", "acceptance"},
	"dispose": {"处置", "disposal"}, "quality": {"自检", "the desk's own look"}, "check": {"核查", "the check"}, "total": {"全程", "the whole"},
}

var actions = map[string]words{
	"remind": {"提醒", "a reminder"}, "require_acknowledgement": {"要求签收", "an acknowledgement is asked for"},
	"deem_accepted": {"视为接件", "silence counts as acceptance"}, "submit_for_check": {"自动送核查", "handed on for a check"},
	"supervision_order": {"督办", "a supervision order"}, "raise_priority": {"提级", "the priority is raised"},
	"reassign": {"改派", "it is reassigned"}, "yellow_card": {"黄牌", "a yellow card"}, "red_card": {"红牌", "a red card"},
}

// conditions are those of a routing rule that can fail.
var conditions = map[string]words{
	"category": {"类别不符", "another category"}, "region": {"不在该区域", "another region"}, "urgent": {"紧急程度不符", "another urgency"},
	"source": {"来源不符", "another source"}, "hours": {"不在该时段", "another time of day"}, "place_kind": {"场所类型不符", "another kind of place"},
}

var parcel = map[string]words{
	"RECEIVED": {"收集", "received"}, "TRIAGE": {"分拨", "sorted"}, "IN_WORK": {"办理", "in work"}, "CHECKING": {"核实", "being checked"}, "CLOSED": {"评价", "done"},
}

// span is a length of time to the minute.
func span(d time.Duration) words {
	minutes := int(d.Round(time.Minute).Minutes())
	return words{fmt.Sprintf("%d 小时 %d 分", minutes/60, minutes%60), fmt.Sprintf("%d h %d min", minutes/60, minutes%60)}
}

// known is a word of the platform, or itself where the story has no other.
func known(table map[string]words, word string) words {
	if w, ok := table[word]; ok {
		return w
	}
	return words{word, word}
}
