package casework

import "github.com/google/uuid"

// Standing is what the table looks at: where a case stands, and who stands where.
type Standing struct {
	State       State
	Street      string
	Department  string                    // the lead; empty until routed
	Handler     uuid.UUID                 // zero: none named
	Returns     int                       // asked for in this round, the open one included
	Checker     uuid.UUID                 // whose check is open; zero: nobody's
	Answered    bool                      // the open check was answered
	Fixed       bool                      // … and the answer is: fixed
	Contestable bool                      // the window in which its reporters may contest the closing is open
	Reporter    bool                      // whoever acts proved to be behind one of the case's clues
	Sampled     bool                      // whoever acts records a random re-inspection that found it not fixed
	Late        bool                      // the disposal is
	Suspensions int                       // granted in this round
	Extensions  int                       // granted in this round
	Asked       map[RequestKind]uuid.UUID // who asked for what is open

	Child        bool // it is the child of a joint case
	ChildrenOpen bool // work is owed in some child of its own
	Waiting      bool // its own check has passed, and it waits for its children

	Restricted bool // for named readers alone
	Dispute    bool // its kind is
}

// Guard is a condition of a row. One without Holds is about the input, and the verb checks it with a fault that names
// the input's path.
type Guard struct {
	Says  string // as the documents print it, and whoever is refused reads it
	Holds func(Standing) bool
}

var (
	reasonGiven   = Guard{Says: "a reason is given"}
	handlerNamed  = Guard{Says: "a handler of the department is named"}
	disposalShown = Guard{Says: "an after-photo; a position within 100 m of the case, or a reason"}
	mayReturn     = Guard{"a basis is cited and an owner proposed; two returns in a round at most", func(s Standing) bool { return s.Returns < returnsMost }}
	firstReturn   = Guard{"it is the round's first return", func(s Standing) bool { return s.Returns <= 1 }}
	secondReturn  = Guard{"it is the round's second return", func(s Standing) bool { return s.Returns > 1 }}
	unanswered    = Guard{"the check has no answer yet", func(s Standing) bool { return !s.Answered && !s.Waiting }}
	answered      = Guard{"the check was answered", func(s Standing) bool { return s.Answered }}
	seenFixed     = Guard{"the grid worker saw it fixed; no child is open", func(s Standing) bool { return s.Answered && s.Fixed && !s.ChildrenOpen }}
	fixedFirst    = Guard{"the grid worker saw it fixed; children are open", func(s Standing) bool { return s.Answered && s.Fixed && s.ChildrenOpen }}
	lastChildOver = Guard{"its own check has passed; no child is open any more", func(s Standing) bool { return s.Waiting && !s.ChildrenOpen }}
	isChild       = Guard{"it is a child whose parent ends, or is recalled", func(s Standing) bool { return s.Child }}
	isRestricted  = Guard{"the case is restricted", func(s Standing) bool { return s.Restricted }}
	isDispute     = Guard{"the case is a dispute", func(s Standing) bool { return s.Dispute }}
	isParent      = Guard{"it is no child itself; the department has no part in it yet", func(s Standing) bool { return !s.Child }}
	withinWindow  = Guard{"within the published window after closing; not a child alone", func(s Standing) bool { return s.Contestable && !s.Child }}
	reopenable    = Guard{"a reason is given; not a child alone", func(s Standing) bool { return !s.Child }}

	maySuspend = Guard{"an end within a year; once in a round; not already late; not asked for yet", func(s Standing) bool {
		return s.Suspensions < suspensionsMost && !s.Late && !s.has(Suspension)
	}}
	mayExtend = Guard{"one original limit each, two in a round at most; not already late; not asked for yet", func(s Standing) bool {
		return s.Extensions < extensionsMost && !s.Late && !s.has(Extension)
	}}
	orderSaid       = Guard{Says: "what is ordered is said, and those who owe the reply owe no other one"}
	foundBySampling = Guard{"found not fixed by a random re-inspection; not a child alone", func(s Standing) bool { return s.Sampled && !s.Child }}
)

// Most in a round.
const (
	suspensionsMost = 1
	extensionsMost  = 2
)

func (s Standing) has(kind RequestKind) bool { _, open := s.Asked[kind]; return open }

// asked holds while somebody has asked and nobody has decided.
func asked(kind RequestKind) Guard {
	return Guard{"it was asked for, by somebody else", func(s Standing) bool { return s.has(kind) }}
}

// unasked holds while nothing of the kind is open.
func unasked(kind RequestKind) Guard {
	return Guard{"a reason is given; not asked for yet", func(s Standing) bool { return !s.has(kind) }}
}

func (g Guard) holds(s Standing) bool { return g.Holds == nil || g.Holds(s) }
