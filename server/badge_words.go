package server

var badgeWords = map[string]map[string]string{
	"zh": {
		"title": "网格员工牌核验", "other": "English", "who": "姓名", "role": "网格员", "places": "负责", "duty": "值班", "on": "现在在岗", "off": "现在不在岗", "until": "此码有效至",
		"on_duty": "是在岗的网格员", "off_duty": "现在不在岗", "expired": "此码已过期", "withdrawn": "此工牌已停用", "unknown": "不是平台的工牌", "busy": "暂时查不了",
		"advice_on_duty":   "请核对：二维码应由本人当场在手机上打开，姓氏与其证件一致。有疑问可以不开门，先打电话。",
		"advice_off_duty":  "工牌是真的，但此人现在不在岗。不必开门，有疑问请打电话。",
		"advice_expired":   "请对方联网后重新出示。出示不了的，不必开门。",
		"advice_withdrawn": "出示此码的人现在不能以网格员身份上门。请不要开门，并打电话说明情况。",
		"advice_unknown":   "平台没有发出过此码。请不要开门，并打电话说明情况。",
		"advice_busy":      "请过几秒刷新。查不到结果之前，不必开门。",
		"call":             "拨打", "footer": "平台不记录谁看过本页。",
	},
	"en": {
		"title": "Grid worker's badge", "other": "中文", "who": "Who", "role": "Grid worker", "places": "Looks after", "duty": "Duty", "on": "on duty now", "off": "not on duty now", "until": "Code good until",
		"on_duty": "A grid worker on duty", "off_duty": "Not on duty now", "expired": "This code has run out", "withdrawn": "This badge was withdrawn", "unknown": "Not a badge of the platform", "busy": "Cannot be looked up now",
		"advice_on_duty":   "Compare: the code is opened on their own phone in front of you, and the name is that on their card. If in doubt, keep the door closed and call.",
		"advice_off_duty":  "The badge is real, but this person is not on duty now. You need not open the door; call if in doubt.",
		"advice_expired":   "Ask them to go online and show it again. If they cannot, you need not open the door.",
		"advice_withdrawn": "Whoever shows this code may not call on you as a grid worker. Keep the door closed, and call.",
		"advice_unknown":   "The platform never gave this code out. Keep the door closed, and call.",
		"advice_busy":      "Reload in a few seconds. Until you see an answer, you need not open the door.",
		"call":             "Call", "footer": "Nobody records who looked at this page.",
	},
}
