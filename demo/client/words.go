package client

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// What the demo reads of the API's objects. Fields that a document does not ask for stay empty.

// Named is a division, cell, category or department, by its code.
type Named struct {
	Code   string
	NameZh string
	NameEn string
}

// Person is somebody with an account.
type Person struct {
	ID   uuid.UUID
	Name string
}

// Region is a division.
type Region struct {
	Named
	Level    string
	Seat     Point
	Shape    json.RawMessage // GeoJSON MultiPolygon, WGS 84
	Children []Region
}

// Point is WGS 84.
type Point struct{ Lon, Lat float64 }

// Category is one with its filing standards.
type Category struct {
	Named
	Standards []Standard
}

// Standard is one condition under which a case is filed.
type Standard struct {
	ID          uuid.UUID
	Position    int
	ConditionZh string
	ConditionEn string
	Department  Named
	Urgent      bool
	Limit       Limit
}

// Limit is a number of a unit.
type Limit struct {
	Number int
	Unit   string
}

// Receipt acknowledges a clue.
type Receipt struct {
	Number    int
	Cell      string
	ClaimCode string
	Repeated  bool
}

// Clue is a report as the street sees it.
type Clue struct {
	ID           uuid.UUID
	Number       int
	State        string
	Version      int
	Urgent       bool
	Source       string
	Text         string
	Category     *Named
	Point        *Point
	Cell         Cell
	SubmittedAt  time.Time
	Actions      []string
	Photos       []struct{ State string }
	Case         *Case
	Duplicates   []Duplicate
	Verification *Task
	Clocks       []Clock
}

// Cell is where something is.
type Cell struct {
	Code      string
	Community Named
	Street    Named
}

// Duplicate may be about the same thing.
type Duplicate struct {
	Case         *Case
	Clue         *Clue
	Distance     float64
	SecondsApart int
	Score        float64
}

// Task is a verification or a check that somebody was asked for.
type Task struct {
	ID         uuid.UUID
	State      string
	Assignee   *Person
	AnsweredAt *time.Time
	DueAt      *time.Time
	Fixed      *bool
	Note       string
	Clue       *Clue
	Case       *Case
}

// Case is what has to be done.
type Case struct {
	ID           uuid.UUID
	Number       int
	State        string
	Round        int
	Version      int
	Level        int
	Urgent       bool
	Priority     int
	Text         string
	Category     Category
	Point        *Point
	Cell         Cell
	Standard     *Standard
	Department   *Named
	Handler      *Person
	ClueCount    int
	Clues        []Clue
	Assignments  []Assignment
	WhyHere      *Routing
	Returns      []Return
	Disposals    []Disposal
	Checks       []Task
	Clocks       []Clock
	Timeline     []Event
	Actions      []string
	FiledAt      time.Time
	DispatchedAt *time.Time
	AcceptedAt   *time.Time
	ReportedAt   *time.Time
	ClosedAt     *time.Time
	DueAt        *time.Time
}

// Assignment is a department's part.
type Assignment struct {
	Department Named
	Lead       bool
	Deemed     bool
	AcceptedAt *time.Time
	EndReason  string
}

// Routing says why a case is where it is.
type Routing struct {
	RuleSet *int
	Rule    string
	Tried   []struct {
		Rule, NameZh, NameEn, Failed string
		Matched                      bool
	}
}

// Return says that a case is another department's.
type Return struct {
	Department Named
	Proposed   Named
	Basis      string
	Upheld     *bool
}

// Disposal is what was done.
type Disposal struct {
	Text     string
	Distance *float64
	Photos   []struct{ State string }
}

// Clock is a stage's.
type Clock struct {
	Stage      string
	Limit      Limit
	StartedAt  time.Time
	DueAt      *time.Time
	StoppedAt  *time.Time
	NextStepAt *time.Time
	Used       *float64
}

// Event is a line of a timeline.
type Event struct {
	At     time.Time
	Kind   string
	Round  int
	Role   string
	By     *Person
	Detail json.RawMessage
}

// Pressed is the detail of an event of the kind "pressed".
type Pressed struct {
	Stage  string    `json:"stage"`
	Step   int       `json:"step"`
	Action string    `json:"action"`
	Level  int       `json:"level"`
	DueAt  time.Time `json:"due_at"`
	Told   int       `json:"told"`
}

// Tracked is what a reporter sees.
type Tracked struct {
	Number      int
	Stage       string
	Category    *Named
	SubmittedAt time.Time
	Outcome     string
	Reason      string
	ReopenUntil *time.Time
	Steps       []struct {
		Stage string
		At    time.Time
	}
}

// Message is one in somebody's inbox.
type Message struct {
	ID       uuid.UUID
	Kind     string
	TitleZh  string
	TitleEn  string
	BodyZh   string
	BodyEn   string
	Urgent   bool
	NeedsAck bool
	At       time.Time
	Case     *struct{ ID uuid.UUID }
}

// Page is a part of a list.
type Page[T any] struct {
	Nodes    []T
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
}
