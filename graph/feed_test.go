package graph

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// listening is a topic with one listener, without a database.
func listening(viewer *actor.Actor, only *uuid.UUID) (*topic, *listener) {
	l := &listener{viewer: viewer, only: only, ready: make(chan struct{}, 1)}
	return &topic{seen: map[uuid.UUID]seen{}, listeners: map[*listener]struct{}{l: {}}}, l
}

func anybody(*actor.Actor) bool { return true }

func TestAChangeIsToldOnce(t *testing.T) {
	t.Parallel()
	topic, l := listening(actor.Anonymous, nil)
	id, now := pg.NewID(), time.Now()
	topic.tell([]change{{id, 1, anybody}}, now)
	topic.tell([]change{{id, 1, anybody}}, now.Add(time.Second)) // the same row, seen by the next look
	if got := l.take(); len(got) != 1 {
		t.Fatalf("told %d times", len(got))
	}
	topic.tell([]change{{id, 2, anybody}}, now.Add(2*time.Second))
	if got := l.take(); len(got) != 1 || got[0] != id {
		t.Errorf("the second change is told as %v", got)
	}
	topic.tell(nil, now.Add(3*stare))
	if len(topic.seen) != 0 {
		t.Errorf("%d objects are remembered for ever", len(topic.seen))
	}
}

func TestNobodyIsToldOfWhatDoesNotConcernThem(t *testing.T) {
	t.Parallel()
	wanted := pg.NewID()
	topic, l := listening(actor.Anonymous, &wanted)
	topic.tell([]change{{pg.NewID(), 1, anybody}, {wanted, 1, func(*actor.Actor) bool { return false }}}, time.Now())
	if got := l.take(); len(got) != 0 {
		t.Errorf("told of %v", got)
	}
}

func TestASlowListenerIsToldOfTheNewest(t *testing.T) {
	t.Parallel()
	_, l := listening(actor.Anonymous, nil)
	first, last := pg.NewID(), pg.NewID()
	l.add(first)
	for range backlog {
		l.add(pg.NewID())
	}
	l.add(last)
	got := l.take()
	if len(got) != backlog || got[0] == first || got[backlog-1] != last {
		t.Errorf("%d wait, the oldest is still there: %v", len(got), got[0] == first)
	}
}
