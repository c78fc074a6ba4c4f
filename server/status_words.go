package server

import "gridwork/actor"

var statusWords = map[string]map[string]string{
	"zh": {
		"title": "运行状态", "tagline": "城市网格现场工作平台", "other": "English",
		"screens": "界面", "tip": "随手报", "tipFor": "志愿者和任何人，手机即用", "field": "网格通", "fieldFor": "网格员，离线可用",
		"desk": "调度台", "deskFor": "街道派遣员、值班长", "dept": "处置端", "deptFor": "部门收件台、处置人员", "wall": "一屏", "wallFor": "督查、派遣员、值班长",
		"codes": "场所码", "codesFor": "派遣员、管理员：制码、打印",
		"admin": "管理", "adminFor": "管理员：规则、日历、网格、人员",
		"state": "运行状态", "ok": "正常", "away": "无法连接", "redisAway": "无法连接（上报与时限不受影响）",
		"cells": "个单元网格", "schematic": "示意图", "up": "已运行",
		"doors": "入口", "graphql": "GraphQL 接口：查询、操作、订阅（graphql-transport-ws）。", "uploads": "照片断点续传（tus 1.0）。",
		"probes":   "存活、就绪与指标。",
		"accounts": "演示账号", "accountsNote": "仅在演示模式提供。每种角色一个，更多请运行 bin/gridwork demo accounts。",
		"role": "角色", "where": "范围", "login": "账号", "password": "密码", "try": "试一试",
		"footer": "地图为示意图，不是法定界线。",
	},
	"en": {
		"title": "Status", "tagline": "Field operations of a city on its grid", "other": "中文",
		"screens": "Screens", "tip": "Report it", "tipFor": "volunteers and anyone, on a phone", "field": "Handheld", "fieldFor": "grid workers, also without a network",
		"desk": "Dispatch desk", "deskFor": "dispatchers, duty leads", "dept": "Department inbox", "deptFor": "department desks, handlers", "wall": "City wall", "wallFor": "supervisors, dispatchers, duty leads",
		"codes": "Codes of premises", "codesFor": "dispatchers, administrators: made and printed",
		"admin": "Administration", "adminFor": "administrators: rules, calendar, cells, people",
		"state": "Status", "ok": "running", "away": "cannot be reached", "redisAway": "cannot be reached (reports and timers go on)",
		"cells": "unit cells", "schematic": "schematic map", "up": "since start",
		"doors": "Doors", "graphql": "GraphQL: queries, mutations, subscriptions (graphql-transport-ws).", "uploads": "Resumable photo uploads (tus 1.0).",
		"probes":   "Liveness, readiness, metrics.",
		"accounts": "Demo accounts", "accountsNote": "Only in demo mode. One for each role; more with bin/gridwork demo accounts.",
		"role": "Role", "where": "Where", "login": "Login", "password": "Password", "try": "Try it",
		"footer": "The map is a schematic, not a boundary of record.",
	},
}

var roleWords = map[actor.Role]map[string]string{
	actor.Volunteer:      {"zh": "志愿者", "en": "Volunteer"},
	actor.GridWorker:     {"zh": "网格员", "en": "Grid worker"},
	actor.Dispatcher:     {"zh": "街道派遣员", "en": "Dispatcher"},
	actor.DutyLead:       {"zh": "值班长", "en": "Duty lead"},
	actor.DepartmentDesk: {"zh": "部门收件台", "en": "Department desk"},
	actor.Handler:        {"zh": "处置人员", "en": "Handler"},
	actor.Supervisor:     {"zh": "督查", "en": "Supervisor"},
	actor.Admin:          {"zh": "管理员", "en": "Administrator"},
	actor.Integration:    {"zh": "对接系统", "en": "Integration"},
}
