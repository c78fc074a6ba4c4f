package tasks

import "time"

// lane is work that may hold up its like, but nothing else: each lane has workers of its own. A hook that takes ten
// seconds to answer, or a campaign of twenty thousand tasks, never stands in the way of a case going to a department.
type lane struct {
	name    string
	workers int           // at once, in one process
	look    time.Duration // about how long an idle worker waits before it asks Redis again
	kinds   []kind
}

// kind is how the jobs of one kind are done.
type kind struct {
	name    string
	do      handler
	weight  int           // share of its lane's attention while several kinds wait
	timeout time.Duration // of one try
	tries   int           // before a job is dead
	// patience is how long a worker may have a job before it counts as dead: far longer than the job ever takes.
	patience time.Duration
}
