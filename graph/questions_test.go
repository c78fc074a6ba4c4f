package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/domain/visit"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// question is a root field, asked in a way that has an answer for some people only.
type question struct {
	document string
	vars     vars
	answers  string // who gets something
}

func TestEveryQuestionIsAnsweredToWhomItIsForAndNobodyElse(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	looked := town.sampled(town.passed(town.seen(town.checking(town.reported(town.working(town.routed(town.submit("anonymous", fixture.BlockedExit, town.position(1, 0)), fixture.BlockedExit)))))))
	told := town.aTale()
	waiting := town.submit("reporter", fixture.BlockedExit, town.position(1, 0))
	do(town, "dispatcher", clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: waiting.ID}})
	checked := town.checking(town.reported(town.working(town.routed(town.submit("anonymous", fixture.BlockedExit, town.position(1, 0)), fixture.BlockedExit))))
	do(town, "supervisor", casework.OrderSupervision, casework.OrderInput{Target: of(checked), Text: "请说明"})
	do(town, "desk", casework.AppealLateness, casework.AppealInput{Clock: town.late(checked), Grounds: "道路封闭"})
	campaign, alarm := town.campaign(), town.alarm("worker")
	odd := town.readElsewhere()
	town.deadLetter()
	do(town, "worker", inspection.GiveBack, inspection.GiveBackInput{Task: town.taskOf("worker"), Reason: inspection.NoTime})
	anonymous := do(town, "anonymous", town.edge.Intake.Submit, clue.Submission{ID: pg.NewID(), Text: "垃圾", Category: fixture.Rubbish, Position: town.position(2, 0)})

	town.handheld("worker")
	shop := town.address()
	town.held()
	rules := town.toUrban(town.draft())
	town.measures()
	town.grantAsked()
	today := town.today(0)
	replay := vars{"version": rules.Version, "from": time.Now().AddDate(-1, 0, 0), "to": time.Now().AddDate(1, 0, 0)}
	moved := maps.Clone(replay)
	moved["was"], moved["would"] = fixture.Fire, fixture.Urban

	file, imported := town.imported()
	lookedAt := vars{"in": vars{"file": file, "kind": "ADDRESSES"}}

	questions := map[string]question{
		"importOffers":   {`{ it: importOffers { kind fields { name needed called } } }`, nil, "admin"},
		"importProfiles": {`{ it: importProfiles(kind: ADDRESSES) { name datum columns { field column } } }`, nil, "admin"},
		"importLook":     {`query ($in: ImportLookInput!) { it: importLook(input: $in) { layers columns fields { name column code } rows { number cells code } } }`, lookedAt, "admin"},
		"imports":        {`{ it: imports { nodes { id kind person { id } state mayStop } } }`, nil, "admin"},
		"import":         {`query ($id: UUID!) { it: import(id: $id) { id columns about mayGoOn } }`, vars{"id": imported}, "admin"},
		"importRejects":  {`query ($id: UUID!) { it: importRejects(import: $id) { nodes { row field code reason cells } } }`, vars{"id": imported}, "admin"},

		"me":          {`{ it: me { person { id } } }`, nil, somebody},
		"regions":     {`{ it: regions { code } }`, nil, everybody},
		"region":      {`{ it: region(code: "440304") { code shape } }`, nil, everybody},
		"cell":        {`query ($c: String!) { it: cell(code: $c) { code } }`, vars{"c": fixture.Cell(fixture.Nanyuan, 0)}, everybody},
		"findRegions": {`{ it: findRegions(text: "nanyuan") { code } }`, nil, everybody},
		"cells":       {`query ($r: String!) { it: cells(region: $r) { nodes { code dutyGrid { name } predecessors { code } successors { code } } } }`, vars{"r": fixture.Nanyuan}, everybody},
		"dutyGrids":   {`query ($s: String!) { it: dutyGrids(street: $s) { code } }`, vars{"s": fixture.Nanyuan}, everybody},
		"cellEdit":    {`query ($id: UUID!) { it: cellEdit(id: $id) { id ends { code } begins { code } } }`, vars{"id": town.cellEdit(3).ID}, "admin"},
		"cellEdits":   {`{ it: cellEdits { nodes { id } } }`, nil, "admin"},
		"categories":  {`{ it: categories { code standards { id } } }`, nil, everybody},
		"departments": {`{ it: departments { code } }`, nil, everybody},
		"landing": {`query ($at: PositionInput!) { it: landing(position: $at) { cell { code } commonCategories { code } } }`,
			vars{"at": aTip(func(vars, vars) {})["position"]}, everybody},
		"checklists":        {`{ it: checklists { code } }`, nil, everybody},
		"checklistVersions": {`{ it: checklistVersions(code: "rental") { version publishedAt use { campaigns tasks plans { id } } } }`, nil, everybody},
		"trackClue":         {`query ($c: String!) { it: trackClue(claimCode: $c) { number } }`, vars{"c": *anonymous.ClaimCode}, everybody},
		"handlers": {`query ($s: String!) { it: handlers(department: "fire", street: $s) { id } }`, vars{"s": fixture.Nanyuan},
			"desk"},

		"case":  {`query ($id: UUID!) { it: case(id: $id) { id } }`, vars{"id": told.closed.ID}, list(ofCase)},
		"cases": {`{ it: cases { nodes { id } } }`, nil, list(ofCase)},
		"clue":  {`query ($id: UUID!) { it: clue(id: $id) { id } }`, vars{"id": told.clue.ID}, list(ofClue)},
		"clues": {`{ it: clues { nodes { id } } }`, nil, list(street)},

		"myClues":           {`{ it: myClues { nodes { id } } }`, nil, "reporter"},
		"myVerifyTasks":     {`{ it: myVerifyTasks { nodes { id } } }`, nil, "worker"},
		"myCheckTasks":      {`{ it: myCheckTasks { nodes { id } } }`, nil, "worker"},
		"myDay":             {`{ it: myDay { stops { id kind why late cell { code } by { id } premises { code } } } }`, nil, everybody},
		"myInspectionTasks": {`{ it: myInspectionTasks { nodes { id } } }`, nil, "worker; other worker"},
		"myOrders":          {`{ it: myOrders { nodes { id } } }`, nil, "desk"},
		"myAppeals":         {`{ it: myAppeals { nodes { id } } }`, nil, "supervisor"},
		"inbox":             {`{ it: inbox { nodes { id } } }`, nil, "reporter; worker; dispatcher; lead; desk; handler; supervisor; other worker"},

		"deadline":      {`query ($id: UUID!) { it: deadline(id: $id) { stage } }`, vars{"id": town.clockOf(told.closed.ID)}, list(ofCase)},
		"calendar":      {`{ it: calendar { version } }`, nil, everybody},
		"rederivation":  {`query ($id: UUID!) { it: rederivation(id: $id) { id } }`, vars{"id": town.rederivation()}, "admin"},
		"rederivations": {`{ it: rederivations { nodes { id } } }`, nil, "admin"},

		"inspectionTaskTakers":     {`query ($id: UUID!) { it: inspectionTaskTakers(id: $id) { id } }`, vars{"id": town.taskOf("worker")}, "worker; dispatcher; lead"},
		"inspectionTask":           {`query ($id: UUID!) { it: inspectionTask(id: $id) { id cameBy history { kind } actions } }`, vars{"id": town.taskOf("worker")}, "worker; dispatcher; lead; supervisor; admin"},
		"nobodysInspectionTasks":   {`{ it: nobodysInspectionTasks { nodes { id } } }`, nil, "dispatcher; lead; supervisor; admin"},
		"claimableInspectionTasks": {`{ it: claimableInspectionTasks { nodes { id } } }`, nil, "worker"},
		"plan":                     {`query ($id: UUID!) { it: plan(id: $id) { id rhythms { every } region { code } checklist { id } } }`, vars{"id": town.plan(campaign.ChecklistID).ID}, "dispatcher; lead; supervisor; admin"},
		"plans":                    {`{ it: plans { nodes { id } } }`, nil, "dispatcher; lead; supervisor; admin"},
		"previewPlan":              {`query ($in: PlanInput!) { it: previewPlan(input: $in) { tasks from to streets { street { code } } } }`, vars{"in": planned(town, fixture.Nanyuan, campaign.ChecklistID)}, "admin"},
		"campaign":                 {`query ($id: UUID!) { it: campaign(id: $id) { id } }`, vars{"id": campaign.ID}, "dispatcher; lead; supervisor; admin"},
		"campaigns":                {`{ it: campaigns { nodes { id } } }`, nil, "dispatcher; lead; supervisor; admin"},
		"campaignTasks":            {`query ($id: UUID!) { it: campaignTasks(campaign: $id) { nodes { id } } }`, vars{"id": campaign.ID}, "dispatcher; lead; supervisor; admin"},
		"timerRules":               {`{ it: timerRules { version shortest longest publishedAt } }`, nil, readsPeople},
		"ladders":                  {`{ it: ladders { code } }`, nil, readsPeople},
		"ladder":                   {`{ it: ladder(code: "urgent") { version } }`, nil, readsPeople},
		"quietRule":                {`{ it: quietRule { version } }`, nil, everybody},
		"simulateLadder":           {`query ($id: UUID!) { it: simulateLadder(case: $id) { end } }`, vars{"id": told.closed.ID}, list(ofCase)},
		"ruleSets":                 {`{ it: ruleSets { nodes { version } } }`, nil, seesRules},
		"ruleSet":                  {`query ($v: Int!) { it: ruleSet(version: $v) { version rules { code precedents { basis } } findings { code } } }`, vars{"v": rules.Version}, seesRules},
		"replayRules":              {`query ($in: ReplayInput!) { it: replayRules(input: $in) { moved } }`, vars{"in": replay}, seesRules},
		"movedCases":               {`query ($in: MovedCasesInput!) { it: movedCases(input: $in) { nodes { id } } }`, vars{"in": moved}, "supervisor"},
		"returnLedger":             {`query ($in: ReturnLedgerInput!) { it: returnLedger(input: $in) { asked } }`, vars{"in": vars{"from": replay["from"], "to": replay["to"]}}, readsPeople},
		"address":                  {`query ($c: String!) { it: address(code: $c) { code premises { name } units { code } cell { code } } }`, vars{"c": shop}, seesPlaces},
		"addresses":                {`{ it: addresses(search: {text: "keyuan"}) { text } }`, nil, seesPlaces},
		"addressesNear":            {`query ($in: NearbySearch!) { it: addressesNear(near: $in) { text } }`, vars{"in": vars{"point": vars{"lon": fixture.West + 0.0005, "lat": fixture.South + 0.0005}}}, seesPlaces},
		"visitCodes":               {`{ it: visitCodes(region: "440304001") { nodes { premises { name } version } } }`, nil, "dispatcher; lead; admin"},
		"oddSightings":             {`query ($id: UUID!) { it: oddSightings(campaign: $id) { nodes { verdict person { id } visited { code } cell { code } } } }`, vars{"id": odd}, "dispatcher; lead; supervisor; admin"},
		"premises":                 {`{ it: premises(search: {text: "阿强"}) { name } }`, nil, seesPlaces},
		"myDevices":                {`{ it: myDevices { id person { id } } }`, nil, "worker"},
		"devices":                  {`query ($p: UUID!) { it: devices(person: $p) { id } }`, vars{"p": town.people["worker"].ID}, "worker; lead; admin"},
		"staff":                    {`{ it: staff { nodes { id grants { role grantedBy { id } } shifts { weekdays } absences { from } duties { grid { code } } } } }`, nil, "admin"},
		"staffMember":              {`query ($p: UUID!) { it: staffMember(id: $p) { id login } }`, vars{"p": town.people["worker"].ID}, "admin"},
		"grantRequests":            {`{ it: grantRequests { id person { id } region { code } askedBy { id } } }`, nil, "admin"},
		"auditLog":                 {`{ it: auditLog { nodes { id person { id } action } } }`, nil, "admin"},
		"measures":                 {`{ it: measures { key } }`, nil, everybody},
		"heat":                     {`query ($day: Date!) { it: heat(from: $day, to: $day) { community value } }`, vars{"day": today}, "dispatcher; lead; supervisor; admin"},
		"playback":                 {`{ it: playback(stretch: LAST_24_HOURS) { moments communities { open } } }`, nil, "dispatcher; lead; supervisor; admin; far dispatcher; far lead; far supervisor"},
		"indicators":               {`query ($in: IndicatorsInput!) { it: indicators(input: $in) { key indicators { value cases { nodes { id } } } } }`, vars{"in": vars{"from": today, "to": today}}, readsPeople},
		"alarms":                   {`{ it: alarms { id person { id } region { code } told { id } answers { coming } history { kind } actions } }`, nil, "worker; dispatcher; lead; supervisor"},
		"alarm":                    {`query ($id: UUID!) { it: alarm(id: $id) { id point { lon } cell { code } } }`, vars{"id": alarm}, "worker; dispatcher; lead; supervisor"},
		"deadDeliveries":           {`{ it: deadDeliveries { nodes { id } } }`, nil, "admin"},
		"conflicts":                {`{ it: conflicts { nodes { id street { code } photos { id } } } }`, nil, "dispatcher; lead"},
		"conflict":                 {`query ($id: UUID!) { it: conflict(id: $id) { id person { id } } }`, vars{"id": town.conflict()}, "dispatcher; lead"},
		"quarantine":               {`{ it: quarantine { nodes { operation person { id } photos { id } } } }`, nil, "lead"},
		"samplePlan": {`query ($d: SampleDesignInput!) { it: samplePlan(design: $d) { population size } }`,
			vars{"d": vars{"region": fixture.Nanyuan, "closedFrom": today, "closedTo": today}}, "supervisor"},
		"sample":          {`query ($id: UUID!) { it: sample(id: $id) { id unfixed { share } reinspections { nodes { id } } } }`, vars{"id": looked.SampleID}, "supervisor"},
		"samples":         {`{ it: samples { nodes { id } } }`, nil, "supervisor"},
		"myReinspections": {`{ it: myReinspections { nodes { id case { id } sample { id } } } }`, nil, "other worker"},
	}
	for _, f := range schema().Query.Fields {
		q, declared := questions[f.Name]
		switch {
		case strings.HasPrefix(f.Name, "__"):
			continue
		case !declared:
			t.Errorf("nobody has said who gets an answer from %s", f.Name)
			continue
		}
		for who := range town.people {
			a := town.ask(who, q.document, q.vars)
			gets, may := answered(a), slices.Contains(strings.Split(q.answers, "; "), who)
			if gets != may && (f.Name != "inbox" || gets) {
				t.Errorf("%s asks for %s: %s %+v", who, f.Name, a.Data, a.Errors)
			}
			for _, e := range a.Errors {
				if e.Extensions.Code == "INTERNAL" {
					t.Errorf("%s asks for %s: %+v\n%s", who, f.Name, e, town.log)
				}
			}
		}
	}
}

// measures publishes one, and makes the figures.
func (t *town) measures() {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		_, err := measure.Publish(ctx, tx, []measure.Measure{{Key: "closing_rate", NameZH: "结案率", NameEN: "Closing rate", Unit: measure.Ratio,
			Numerator: []measure.Term{"closed"}, Denominator: []measure.Term{"due", "-deferred"}, OfDepartments: true, Source: "测试依据"}})
		t.must(err)
		_, err = measure.RollUp(ctx, tx, 1000)
		t.must(err)
	})
}

// seesRules are those who may see how cases are routed.
const seesRules = "supervisor; admin; far supervisor"

// readsPeople are those who may read names and duties of staff, wherever.
const readsPeople = "dispatcher; lead; desk; supervisor; admin; far dispatcher; far lead; other desk; far desk; far supervisor"

func list(names string) string { return strings.Join(strings.Fields(names), "; ") }

// answered reports whether there is something in the answer.
func answered(a answer) bool {
	var data struct{ It any }
	if json.Unmarshal(a.Data, &data) != nil || data.It == nil {
		return false
	}
	if page, ok := data.It.(map[string]any); ok && page["nodes"] != nil {
		data.It = page["nodes"]
	}
	nodes, isList := data.It.([]any)
	return !isList || len(nodes) > 0
}

func (t *town) clockOf(c uuid.UUID) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		clocks, err := casework.ClocksOf(ctx, tx, []uuid.UUID{c})
		t.must(err)
		id = clocks[c][0].ID
	})
	return id
}

// rederivation is one of a calendar that was published.
func (t *town) rederivation() uuid.UUID {
	t.Helper()
	typhoon := calendar.Exception{Date: calendar.Date{Year: 2026, Month: time.March, Day: 3}, Name: "台风停工"}
	return do(t, "admin", casework.PublishCalendar, calendar.Edit{BasedOn: 1, Set: []calendar.Exception{typhoon}}).ID
}

func (t *town) campaign() (c inspection.Campaign) {
	t.Helper()
	var checklist uuid.UUID
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) { checklist = fixture.Checklist(t, ctx, tx) })
	c = do(t, "lead", inspection.StartCampaign, inspection.Start{Name: "出租屋排查", Region: fixture.Nanyuan, Checklist: checklist, DueAt: time.Now().Add(72 * time.Hour)})
	t.write(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(ctx, tx, c.ID, 100)
			t.must(err)
		}
	})
	return c
}

// readElsewhere lets the worker do a task of a campaign of its own, and read a code there that is nobody's.
func (t *town) readElsewhere() uuid.UUID {
	t.Helper()
	c, rooms, id := t.campaign(), 3.0, pg.NewID()
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	t.write(t.people["worker"], func(ctx context.Context, tx *pg.Tx) {
		tasks, _, err := inspection.MyTasks(ctx, tx, nil, 100)
		t.must(err)
		task := tasks[slices.IndexFunc(tasks, func(task inspection.Task) bool { return task.CampaignID == c.ID })]
		_, err = inspection.Submit(ctx, tx, inspection.Submission{ID: id, Task: task.ID, Answers: []inspection.Answer{
			{Item: fixture.ItemExit, Outcome: inspection.Pass}, {Item: fixture.ItemEdge, Outcome: inspection.Pass}, {Item: fixture.ItemRooms, Outcome: inspection.Pass, Number: &rooms}},
			Position: geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Source: geo.SourceGNSS, CapturedAt: tx.Now}})
		t.must(err)
		t.must(visit.See(ctx, tx, id, "0000-0000-0000-0000"))
	})
	return c.ID
}

// taskOf is the soonest due of somebody's tasks.
func (t *town) taskOf(who string) (id uuid.UUID) {
	t.Helper()
	t.write(t.people[who], func(ctx context.Context, tx *pg.Tx) {
		tasks, _, err := inspection.MyTasks(ctx, tx, nil, 1)
		t.must(err)
		id = tasks[0].ID
	})
	return id
}

// deadLetter is a text message that was given up.
func (t *town) deadLetter() (id uuid.UUID) {
	t.Helper()
	id = pg.NewID()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		_, err := tx.Exec(ctx, `insert into deliveries (id, channel, state, messages, attempts, created_at) values ($1, 'sms', 'dead', 1, 9, $2)`, id, tx.Now)
		t.must(err)
	})
	return id
}

func TestTheDigitsOfAMajorCategoryFindAllOfItsMinorOnes(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for i, category := range []string{fixture.Rubbish, fixture.TreeOvergrow, fixture.BlockedExit} { // 0201, 0202, 0801
		town.routed(town.submit("reporter", category, town.position(i, 0)), category)
		town.submit("reporter", category, town.position(i, 0))
	}
	type page struct {
		It struct {
			Nodes []struct{ Category struct{ Code string } }
		}
	}
	for _, list := range []string{"clues", "cases"} {
		got := reply[page](town, "dispatcher", `{ it: `+list+`(filter: {category: "02"}) { nodes { category { code } } } }`, nil)
		if len(got.It.Nodes) != 2 {
			t.Errorf("%s: %+v", list, got.It.Nodes)
		}
	}
}

// seesPlaces is the staff of the region: its addresses are no secret among them.
const seesPlaces = "worker; dispatcher; lead; desk; handler; supervisor; admin; other worker; other desk; other handler"

// address is the code of a building with a shop in it, in the middle of Nanyuan's first cell.
func (t *town) address() string {
	t.Helper()
	const code = "4403040010010010000000001"
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		_, err := tx.Exec(ctx, `insert into addresses (code, kind, text, terms, point, cell, street, updated_at)
			values ($1, 'building', '科苑路15号', '{科苑,^ke yuan}', st_setsrid(st_makepoint($2, $3), 4326), $4, $5, $6)`,
			code, fixture.West+0.0005, fixture.South+0.0005, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan, tx.Now)
		t.must(err)
		_, err = tx.Exec(ctx, `insert into premises (code, name, terms, kind, address, point, cell, street, updated_at)
			select 'P1', '阿强大排档', '{阿强}', '餐饮', code, point, cell, street, updated_at from addresses where code = $1`, code)
		t.must(err)
	})
	return code
}
