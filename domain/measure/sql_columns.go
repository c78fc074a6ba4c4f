package measure

// What replaces a fact that is there.
const (
	replaceRound = `street = excluded.street, community = excluded.community, category = excluded.category, owner = excluded.owner,
	opened_day = excluded.opened_day, due_day = excluded.due_day, looked_day = excluded.looked_day, ` + replaceRoundCounts + `,
	stages = excluded.stages, stage_days = excluded.stage_days, stage_seconds = excluded.stage_seconds`

	replaceReport = `case_id = excluded.case_id, department = excluded.department, street = excluded.street,
	community = excluded.community, category = excluded.category, day = excluded.day, ` + replaceReportCounts + `,
	stages = excluded.stages, stage_days = excluded.stage_days, stage_seconds = excluded.stage_seconds`
)
