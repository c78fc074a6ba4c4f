package notify

// text is what a kind says, in one language. {param} is replaced by the message's param; a part in [brackets] is left
// out when one of its params is missing, so that a message never shows a gap.
type text struct{ title, body string }

type texts struct{ zh, en text }

// catalogue holds the texts of every kind. The params of a kind are the names in its braces:
//
//   - number (of the case, or of the clue where the message is about a clue), round, count, total, unassigned, undone, percent, year:
//     numbers
//   - department, proposed, category, street: Both
//   - cell: its code; campaign, sample: their names; worker, colleague: people's
//   - due, reply, at: times
//   - stage, action, outcome, decision, request, hindrance, over: codes, see terms
var catalogue = map[Kind]texts{
	CaseAssigned: {
		zh: text{"新案件 {number}", "案件 {number}[（{category}）]已派给[{department}]，请接件[，办结期限 {due}]。"},
		en: text{"New case {number}", "Case {number}[ ({category})] has been assigned[ to {department}]. Please accept it[; to be disposed of by {due}]."}},
	CaseRecalled: {
		zh: text{"案件 {number} 已收回", "案件 {number}[（{category}）]已由派遣员收回，无需再办理。"},
		en: text{"Case {number} recalled", "Case {number}[ ({category})] was taken back by the dispatcher; nothing more is asked of you."}},
	NoRule: {
		zh: text{"案件 {number} 需人工派遣", "案件 {number}[（{category}）]没有适用的派遣规则，请人工派遣。"},
		en: text{"Case {number} needs dispatching", "No rule decides where case {number}[ ({category})] goes. Please dispatch it by hand."}},
	CaseReturned: {
		zh: text{"案件 {number} 申请退回", "[{department}]申请退回案件 {number}[，建议改派{proposed}]，请裁决。"},
		en: text{"Return of case {number} requested", "A return of case {number} was requested[ by {department}][, who propose {proposed}]. Please decide."}},
	ReturnDecided: {
		zh: text{"案件 {number} 退回裁决", "案件 {number} 的退回申请：{decision}。"},
		en: text{"Return of case {number} decided", "The requested return of case {number} was {decision}."}},
	HandlerNamed: {
		zh: text{"案件 {number} 由您处置", "您被指定处置案件 {number}[（{category}）][，办结期限 {due}]。"},
		en: text{"Case {number} is yours", "You were named to handle case {number}[ ({category})][, to be disposed of by {due}]."}},
	DisposalReported: {
		zh: text{"案件 {number} 已处置", "案件 {number} 已报处置完成，请自查后提交核查[，最迟 {due}]。"},
		en: text{"Case {number} disposed of", "The disposal of case {number} was reported. Please look at it and submit it for the check[ by {due}]."}},
	DisposalSentBack: {
		zh: text{"案件 {number} 被退回重办", "案件 {number} 的处置未通过自查，请重新处置。"},
		en: text{"Disposal of case {number} sent back", "The disposal of case {number} was not accepted. Please continue."}},
	CheckAsked: {
		zh: text{"请核查案件 {number}", "请到现场核查案件 {number}[（{category}）][，网格 {cell}][，最迟 {due}]。"},
		en: text{"Please check case {number}", "Please check on the spot whether case {number}[ ({category})] is fixed[, cell {cell}][, by {due}]."}},
	CheckAnswered: {
		zh: text{"案件 {number} 已核查", "案件 {number} 的现场核查已反馈，请决定是否结案。"},
		en: text{"Case {number} was checked", "The check of case {number} was answered. Please decide whether it closes."}},
	CheckFailed: {
		zh: text{"案件 {number} 返工", "案件 {number} 核查未通过，请重新处置[，办结期限 {due}]。"},
		en: text{"Case {number} failed its check", "Case {number} is not fixed. Please dispose of it again[ by {due}]."}},
	CaseClosed: {
		zh: text{"案件 {number} 已结案", "案件 {number} 已结案。"},
		en: text{"Case {number} closed", "Case {number} is closed."}},
	CaseReopened: {
		zh: text{"案件 {number} 重新立案", "案件 {number} 已重新立案[，第 {round} 轮]。"},
		en: text{"Case {number} reopened", "Case {number} was reopened[, round {round}]."}},
	CasePressed: {
		zh: text{"{action}：案件 {number}", "案件 {number}[（{category}）][{stage}阶段][，已用时限 {percent}%][，期限 {due}]，请尽快处理[，并于 {reply} 前书面回复]。"},
		en: text{"{action}: case {number}", "Case {number}[ ({category})][, {stage}][, {percent}% of the limit used][, due {due}]: please act now[ and reply in writing by {reply}]."}},
	OrderMade: {
		zh: text{"督办：案件 {number}", "案件 {number}[（{category}）]已被督办，请[于 {due} 前]书面回复。"},
		en: text{"Supervision order: case {number}", "A written reply is ordered in case {number}[ ({category})][, by {due}]."}},
	OrderReplied: {
		zh: text{"案件 {number} 督办已回复", "案件 {number} 的督办已有书面回复，请审阅。"},
		en: text{"Reply in case {number}", "The order in case {number} was replied to. Please accept the reply or ask again."}},
	OrderAccepted: {
		zh: text{"案件 {number} 督办已办结", "案件 {number} 的督办回复已被采纳。"},
		en: text{"Reply accepted: case {number}", "Your reply to the order in case {number} was accepted."}},
	OrderAskedAgain: {
		zh: text{"案件 {number} 督办需再次回复", "案件 {number} 的督办回复未被采纳，请[于 {due} 前]再次书面回复。"},
		en: text{"Another reply: case {number}", "Your reply to the order in case {number} was not accepted. Please reply again[ by {due}]."}},
	RequestAsked: {
		zh: text{"案件 {number} 有待审批", "案件 {number}[（{category}）]有一项申请待审批：{request}。"},
		en: text{"Case {number}: a request", "In case {number}[ ({category})] {request} was asked for. Please decide."}},
	RequestDecided: {
		zh: text{"案件 {number} 的申请已审批", "案件 {number} 的{request}申请：{decision}[，办结期限 {due}]。"},
		en: text{"Case {number}: the request was decided", "{request} in case {number}: {decision}[; to be disposed of by {due}]."}},
	CaseResumed: {
		zh: text{"案件 {number} 已解挂", "案件 {number}[（{category}）]挂账结束，请继续处置[，办结期限 {due}]。"},
		en: text{"Case {number} goes on", "The suspension of case {number}[ ({category})] is over[; to be disposed of by {due}]."}},
	CaseEnded: {
		zh: text{"案件 {number} 已终止", "案件 {number}[（{category}）]：{outcome}。"},
		en: text{"Case {number} was ended", "Case {number}[ ({category})]: {outcome}."}},
	AppealAsked: {
		zh: text{"案件 {number} 超期申诉", "[{department}]对案件 {number} [{stage}阶段]的超期提出申诉，请审核。"},
		en: text{"Appeal in case {number}", "An appeal against the lateness[ of {stage}] in case {number} was made[ by {department}]. Please review it."}},
	AppealDecided: {
		zh: text{"案件 {number} 申诉结果", "案件 {number} 的超期申诉：{decision}。"},
		en: text{"Appeal in case {number} decided", "The appeal against the lateness in case {number} was {decision}."}},
	ClueSubmitted: {
		zh: text{"新紧急线索 {number}", "收到紧急线索 {number}[（{category}）][，网格 {cell}]，请尽快处理。"},
		en: text{"Urgent clue {number}", "An urgent clue came in: {number}[ ({category})][, cell {cell}]. Please decide on it."}},
	VerifyAsked: {
		zh: text{"请核实线索 {number}", "请到现场核实线索 {number}[（{category}）][，网格 {cell}][，最迟 {due}]。"},
		en: text{"Please verify clue {number}", "Please verify clue {number}[ ({category})] on the spot[, cell {cell}][, by {due}]."}},
	VerifyAnswered: {
		zh: text{"线索 {number} 已核实", "线索 {number} 的现场核实已反馈，请决定是否立案。"},
		en: text{"Clue {number} was verified", "The verification of clue {number} was answered. Please decide whether it is filed."}},
	CluePressed: {
		zh: text{"{action}：线索 {number}", "线索 {number}[（{category}）][{stage}阶段][，已用时限 {percent}%][，期限 {due}]，请尽快处理。"},
		en: text{"{action}: clue {number}", "Clue {number}[ ({category})][, {stage}][, {percent}% of the limit used][, due {due}]: please act now."}},
	MaliceAsked: {
		zh: text{"线索 {number} 提请认定恶意上报", "线索 {number}[（{category}）]被提请认定为恶意上报，请决定。"},
		en: text{"Clue {number}: is it malicious?", "Clue {number}[ ({category})] is said to be a malicious report. Please decide."}},
	MaliceDecided: {
		zh: text{"线索 {number} 的提请已决定", "线索 {number} 恶意上报的提请：{decision}。"},
		en: text{"Clue {number}: it was decided", "What you asked for about clue {number}: {decision}."}},
	TaskAssigned: {
		zh: text{"新排查任务：{campaign}", "您有 {count} 个排查任务[，请于 {due} 前完成]。"},
		en: text{"New inspections: {campaign}", "Inspections for you: {count}[, to be done by {due}]."}},
	TaskOffered: {
		zh: text{"同事请您接办任务：{campaign}", "同事请您接办一个排查任务[，网格 {cell}][，期限 {due}]，请答复。"},
		en: text{"A colleague offers you a task: {campaign}", "A colleague asks you to take an inspection over[, cell {cell}][, due {due}]. Please answer."}},
	OfferAnswered: {
		zh: text{"转交答复：{campaign}", "您转交的排查任务[（网格 {cell}）]：{decision}。"},
		en: text{"Your offer was answered: {campaign}", "The inspection that you offered[, cell {cell}], was {decision}."}},
	TaskGivenBack: {
		zh: text{"任务退回：{campaign}", "一个排查任务[（网格 {cell}）]被退回：{hindrance}[，期限 {due}]，请改派。"},
		en: text{"A task was given back: {campaign}", "An inspection[, cell {cell}], was given back: {hindrance}[; due {due}]. Please give it to somebody."}},
	TaskGiven: {
		zh: text{"新任务：{campaign}", "派遣员给您派了一个排查任务[，网格 {cell}][，期限 {due}]。"},
		en: text{"A task for you: {campaign}", "The dispatcher gave you an inspection[, cell {cell}][, due {due}]."}},
	TaskTaken: {
		zh: text{"任务已由他人接办：{campaign}", "一个排查任务[（网格 {cell}）]已由他人接办，您无需再办。"},
		en: text{"A task is somebody else's now: {campaign}", "An inspection[, cell {cell}], is somebody else's now; nothing more is asked of you."}},
	CampaignReady: {
		zh: text{"专项排查已下发：{campaign}", "共 {total} 个任务[，其中 {unassigned} 个暂无责任人]。"},
		en: text{"Campaign under way: {campaign}", "{total} tasks were made[, {unassigned} of them where nobody holds the cell]."}},
	CampaignClosed: {
		zh: text{"专项排查已结束：{campaign}", "共 {total} 个任务[，其中 {undone} 个未完成]。"},
		en: text{"Campaign over: {campaign}", "{total} tasks[, {undone} of them not done]."}},
	ReinspectionAsked: {
		zh: text{"抽查任务：{sample}", "请到现场复看 {count} 个已结案件[，最迟 {due}]。"},
		en: text{"Cases to look at again: {sample}", "Closed cases to look at again on the spot: {count}[, by {due}]."}},
	ReinspectionFound: {
		zh: text{"抽查发现案件 {number} 未整改", "抽查“{sample}”中，网格员反馈案件 {number} 未整改，请确认是否重新立案。"},
		en: text{"Case {number} found not fixed", "In the sample “{sample}”, case {number} was found not fixed. Please confirm whether it is reopened."}},
	SampleDone: {
		zh: text{"抽查已完成：{sample}", "抽中的 {total} 个案件已全部复看，结果可以查看。"},
		en: text{"Sample done: {sample}", "All {total} cases were looked at; the result is there."}},
	AlarmRaised: {
		zh: text{"求助：{worker}", "{worker}发出求助[，时间 {at}][，网格 {cell}]。请立即联系；能去的，请答复“正赶去”。"},
		en: text{"Call for help: {worker}", "{worker} has called for help[, {at}][, cell {cell}]. Get in touch at once; if you can go, answer “on my way”."}},
	AlarmOverdue: {
		zh: text{"未报平安：{worker}", "{worker}[应于 {due} 前报平安，]至今没有消息[，最后位置网格 {cell}]。请立即联系；能去的，请答复“正赶去”。"},
		en: text{"No word from {worker}", "{worker} has not been heard of[ and meant to be back by {due}][; last in cell {cell}]. Get in touch at once; if you can go, answer “on my way”."}},
	AlarmAnswered: {
		zh: text{"{colleague}正赶来", "{colleague}已答复您的求助，正在赶来。"},
		en: text{"{colleague} is on the way", "{colleague} has answered your call for help and is on the way."}},
	AlarmEnded: {
		zh: text{"{worker}的求助已解除", "{worker}的求助已解除：{over}。"},
		en: text{"{worker}: it is over", "The call for help of {worker} is over: {over}."}},
	CalendarEnds: {
		zh: text{"工作日历即将到期", "工作日历还剩 {count} 天，{year} 年的放假调休安排尚未发布[；已有 {total} 个时限暂按更严的单位计时]。请尽快导入并发布。"},
		en: text{"The working calendar is about to end", "Days left: {count}. The holidays of {year} are not published[; {total} clocks run provisionally in a stricter unit]. Please import and publish the notice."}},
	ClueOutcome: {
		zh: text{"线索 {number} 有新进展", "您上报的线索 {number}：{outcome}。"},
		en: text{"News of clue {number}", "Your report {number}: {outcome}."}},
	RatingAsked: {
		zh: text{"请评价线索 {number} 的办理", "您上报的线索 {number} 已办结，请[于 {due} 前]评价办理结果。"},
		en: text{"How was it? Clue {number}", "The case of your report {number} is closed. Please rate the outcome[ by {due}]."}},
}

// unknown is shown for a message whose kind this release does not know: a newer one wrote it.
var unknown = texts{zh: text{"新消息", "请打开平台查看。"}, en: text{"New message", "Please open the platform to read it."}}

// bundle is the text message that stands for {count} messages that waited together.
var bundle = texts{zh: text{"", "您有 {count} 条待处理消息，请登录查看。"}, en: text{"", "{count} messages are waiting for you. Please sign in."}}

// terms are the words for params that are codes.
var terms = map[string]map[string]Both{
	"stage": {
		"verify": {"核实", "verification"}, "file": {"立案", "filing"}, "dispatch": {"派遣", "dispatch"},
		"accept": {"接件", "acceptance"}, "dispose": {"处置", "disposal"}, "quality": {"自查", "own quality check"},
		"check": {"核查", "check"}, "total": {"全程", "whole case"}, "reply": {"督办回复", "reply to an order"}, "alarm": {"求助", "call for help"}},
	"action": {
		"remind": {"催办", "Reminder"}, "require_acknowledgement": {"催办，请签收", "Please acknowledge"},
		"reassign": {"请改派", "Please reassign"}, "supervision_order": {"督办", "Supervision order"},
		"raise_priority": {"提级", "Priority raised"}, "yellow_card": {"黄牌警告", "Yellow card"},
		"red_card": {"红牌警告", "Red card"}, "deem_accepted": {"逾期视为接件", "Deemed accepted"},
		"submit_for_check": {"逾期自动提交核查", "Submitted for the check"}},
	"decision": {
		"upheld": {"同意退回", "upheld"}, "rejected": {"不同意退回", "rejected"},
		"request_granted": {"同意", "granted"}, "request_refused": {"不同意", "refused"},
		"accepted": {"对方已接受", "accepted"}, "declined": {"对方未接受", "declined"},
		"granted": {"予以采纳", "granted"}, "refused": {"不予采纳", "refused"}},
	"over": {
		"safe": {"本人平安", "they are safe"}, "false_alarm": {"误报", "a false alarm"}, "back": {"已按时返回", "they came back"},
		"handed_110": {"已交 110 处置", "handed to the police (110)"}, "handed_119": {"已交 119 处置", "handed to the fire service (119)"},
		"handed_120": {"已交 120 救治", "handed to the ambulance (120)"}},
	"hindrance": {
		"nobody_there": {"现场无人", "nobody was there"}, "refused_entry": {"拒绝入内", "entry was refused"},
		"closed_down": {"已停业或不存在", "it has closed down"}, "unsafe": {"现场不安全", "it is not safe"},
		"not_mine": {"不属本网格", "it is not of their grid"}, "no_time": {"来不及", "there is no time"}, "other": {"其他", "another reason"}},
	"request": {
		"suspension": {"挂账", "a suspension"}, "extension": {"延期", "an extension"},
		"void": {"作废", "voiding"}, "force_close": {"强制结案", "forced closing"}},
	"outcome": {
		"verifying": {"正在核实", "it is being verified"}, "filed": {"已立案", "a case was filed"},
		"merged": {"已并入正在办理的案件", "it joined a case that is in work"}, "handled_on_spot": {"已当场处理", "it was put right on the spot"},
		"not_filed": {"不予立案", "no case was filed"}, "referred": {"已转交有关单位", "it was referred to the service in charge"},
		"unmerged": {"已单独受理", "it is looked at on its own again"},
		"closed":   {"已结案", "it is fixed and closed"},
		"reopened": {"已重新办理", "the case was reopened"}, "voided": {"已作废", "the case was voided"},
		"force_closed": {"已强制结案", "the case was closed by order"}},
}
