package actor

// Permission is one thing that roles may do to the objects of a region or department.
type Permission string

const (
	ReadClue      Permission = "read_clue"     // a clue's text, point, state and blurred photos
	ReadCase      Permission = "read_case"     // a case with its timeline and clocks
	Triage        Permission = "triage"        // verify, file, merge, refuse, refer clues
	Dispatch      Permission = "dispatch"      // route by hand, recall, decide first returns and checks
	DecideReturn  Permission = "decide_return" // decide a second return
	Work          Permission = "work"          // accept, return, quality-check for a department
	Dispose       Permission = "dispose"       // report disposal of a case one is named in
	Supervise     Permission = "supervise"     // reopen, sample, read indicators
	Campaign      Permission = "campaign"      // start an inspection over a region
	ReadTask      Permission = "read_task"     // verification, check and inspection tasks
	ReadMeasure   Permission = "read_measure"  // counts and rates
	ReadPlace     Permission = "read_place"    // addresses, premises and components
	ReadPeople    Permission = "read_people"   // names and duties of staff
	AdministerAll Permission = "administer"    // cells, people, standards, rules, ladders, calendars
	ReadDelivery  Permission = "read_delivery" // dead letters of messages, and requeueing them
	Revoke        Permission = "revoke"        // handhelds of those who work in a region
	Reconcile     Permission = "reconcile"     // decide between two versions of what handhelds sent
	Readmit       Permission = "readmit"       // decide on what came late from a revoked handheld
	ReadAlarm     Permission = "read_alarm"    // calls for help, once they are raised
	EndAlarm      Permission = "end_alarm"     // say that a call for help is over
	PrintCode     Permission = "print_code"    // the codes that hang at premises
)

// holders is the whole answer to "who may": roles by permission. Where more than a role is needed
// (the named handler, the holder of a cell), the owning package's policy.go adds the condition.
var holders = map[Permission][]Role{
	ReadClue:      {Dispatcher, DutyLead, Supervisor},
	ReadCase:      {Dispatcher, DutyLead, DepartmentDesk, Supervisor},
	Triage:        {Dispatcher, DutyLead},
	Dispatch:      {Dispatcher, DutyLead},
	DecideReturn:  {DutyLead},
	Work:          {DepartmentDesk},
	Dispose:       {Handler, DepartmentDesk},
	Supervise:     {Supervisor},
	Campaign:      {DutyLead, Supervisor, Admin},
	ReadTask:      {Dispatcher, DutyLead, Supervisor, Admin},
	ReadMeasure:   {Dispatcher, DutyLead, DepartmentDesk, Supervisor, Admin},
	ReadPlace:     {GridWorker, Dispatcher, DutyLead, DepartmentDesk, Handler, Supervisor, Admin},
	ReadPeople:    {Dispatcher, DutyLead, DepartmentDesk, Supervisor, Admin},
	AdministerAll: {Admin},
	ReadDelivery:  {Admin},
	Revoke:        {DutyLead, Admin},
	Reconcile:     {Dispatcher, DutyLead},
	Readmit:       {DutyLead},
	ReadAlarm:     {Dispatcher, DutyLead, Supervisor},
	EndAlarm:      {Dispatcher, DutyLead},
	PrintCode:     {Dispatcher, DutyLead, Admin},
}
