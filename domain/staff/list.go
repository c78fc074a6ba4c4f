package staff

import (
	"strings"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/intake"
	"gridwork/fault"
)

// People is what a personnel list 花名册 holds: a row for each thing that somebody is to be. Somebody who is several has several rows.
var People = intake.Kind{Name: "people", Fields: []intake.Field{
	{Name: "login", Needed: true, Called: []string{"登录名", "账号", "工号"}}, {Name: "name", Needed: true, Called: []string{"姓名"}},
	{Name: "role", Needed: true, Called: []string{"岗位", "角色"}}, {Name: "region", Called: []string{"区划代码", "辖区代码"}},
	{Name: "department", Called: []string{"部门", "部门编码"}}, {Name: "phone", Called: []string{"手机", "手机号", "手机号码", "联系电话"}},
	{Name: "locale", Called: []string{"语言"}}, {Name: "duty_grid", Called: []string{"责任网格", "责任网格编码"}}, {Name: "part", Called: []string{"网格职责"}},
	{Name: "from", Called: []string{"到岗日期", "起始日期", "开始日期"}}, {Name: "until", Called: []string{"离岗日期", "截止日期", "结束日期"}},
}}

// GrantsName is what an import is called which grants what a list of People says and somebody else has asked for.
const GrantsName = "grants"

// listed is what one row says, checked as far as that needs no store.
type listed struct {
	Registration
	grid        string // code of the duty grid that they are to have a part in; "": none
	part        Part
	from, until *calendar.Date // the first day and the last one; nil: not said
}

// roleNames are what lists call roles, besides their codes.
var roleNames = map[string]actor.Role{
	"网格员": actor.GridWorker, "街道派遣员": actor.Dispatcher, "派遣员": actor.Dispatcher, "值班长": actor.DutyLead, "部门收件台": actor.DepartmentDesk,
	"处置人员": actor.Handler, "督查": actor.Supervisor, "管理员": actor.Admin,
}

var partNames = map[string]Part{"": Holder, "holder": Holder, "负责": Holder, "stand_in": StandIn, "替班": StandIn}

// readLine checks a row. Its faults' fields are the list's.
func readLine(get func(field string) string) (l listed, err error) {
	l.Name, l.Login, l.Locale, l.grid = get("name"), strings.ToLower(get("login")), strings.ToLower(get("locale")), get("duty_grid")
	if l.Locale == "" {
		l.Locale = "zh"
	}
	if number := dialled(get("phone")); number != "" {
		l.Phone = &number
	}
	if _, err := l.accept(); err != nil {
		return l, err
	}
	role, known := roleNames[get("role")]
	if !known {
		role = actor.Role(strings.ToLower(get("role")))
	}
	l.Grant = GrantOf{Role: role, Region: get("region"), Department: get("department")}
	if l.part, known = partNames[strings.ToLower(get("part"))]; !known {
		return l, fault.Invalid(CodePart, "a part is holder or stand_in, not %q", get("part")).At("part")
	}
	if l.grid != "" && role != actor.GridWorker {
		return l, fault.Invalid(CodeNoWorker, "a duty grid is for grid workers").At("duty_grid")
	}
	if l.Grant.Region == "" && l.grid == "" {
		return l, fault.Invalid(CodeRegion, "a row says where: by a division code, or by a duty grid").At("region")
	}
	if l.from, err = day("from", get("from")); err != nil {
		return l, err
	}
	if l.until, err = day("until", get("until")); err != nil {
		return l, err
	}
	if l.from != nil && l.until != nil && l.until.Before(*l.from) {
		return l, fault.Invalid(CodePeriod, "the last day comes before the first").At("until")
	}
	return l, nil
}

// dialled is a number as E.164 has it: what a list writes as 138 0013 8000 is one of the mainland's mobile telephones.
func dialled(text string) string {
	text = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(text)
	const mobileDigits = 11
	if len(text) == mobileDigits && text[0] == '1' {
		return "+86" + text
	}
	return text
}
