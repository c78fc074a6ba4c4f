package clue

import (
	"fmt"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/media"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
)

// Draft is a report with all that can be done to it alone, without the store: checked, landed in its cell, with its mark
// or claim code. It is made in the caller's own time, so that a transaction which takes many of them does little but write.
type Draft struct {
	clue   Clue
	claim  []byte         // hash of the claim code; nil for a signed-in reporter
	known  vault.Identity // of the reporter; it leaves this process sealed
	photos []media.Declared
}

// Draft prepares a submission of whoever reports it. Its faults are those of Submit but UNKNOWN_CATEGORY,
// CAPTURED_IN_FUTURE, CLUE_ID_REUSED and those of media.Declare, which Take finds.
func (in *Intake) Draft(who *actor.Actor, s Submission) (Draft, error) {
	a, err := s.accept()
	if err != nil {
		return Draft{}, err
	}
	landing, err := in.land(a.point)
	if err != nil {
		return Draft{}, err
	}
	p := a.Position
	d := Draft{photos: a.Photos, clue: Clue{
		ID: a.ID, PayloadHash: a.hash(), Source: Anonymous, Text: a.Text, State: Submitted, Version: 1,
		Lon: p.Lon, Lat: p.Lat, Datum: p.Datum, AccuracyM: p.Accuracy, PositionSource: p.Source, Mocked: p.Mocked,
		CapturedAt: p.CapturedAt, Point: a.point, Cell: landing.Cell, Street: landing.Street, BorderM: landing.BorderM,
	}}
	if a.Category != "" {
		d.clue.Category = &a.Category
	}
	return d, d.identify(in.Keys, who, a)
}

// Land tells where a report from a position would land. Its faults are those of Submit about the position.
func (in *Intake) Land(p geo.Position) (cell.Landing, error) {
	point, err := p.Canonical()
	if err != nil {
		return cell.Landing{}, fault.Under("position", err)
	}
	return in.land(point)
}

func (in *Intake) land(p geo.Point) (cell.Landing, error) {
	landing, err := in.Atlas().Land(p)
	return landing, fault.Under("position", err)
}

// identify notes what is known of the reporter, and leaves on the clue what it is followed by: the mark of somebody signed
// in, or the hash of a claim code. Nothing of it is an address of the request.
func (d *Draft) identify(keys *vault.Keys, who *actor.Actor, a accepted) (err error) {
	d.known = vault.Identity{Name: a.Contact.Name, Phone: a.Contact.Phone}
	if who.IsPerson() && !a.Anonymous {
		d.clue.Source, d.clue.Mark, d.known.Person = sourceOf(who), keys.MarkOf(who.ID), &who.ID
	} else if d.claim, err = keys.ClaimHash(keys.ClaimCode(d.clue.ID, d.clue.PayloadHash)); err != nil {
		return fmt.Errorf("claim code of a new clue: %w", err)
	}
	return nil
}

// sourceOf is the most official thing that a signed-in reporter is.
func sourceOf(a *actor.Actor) Source {
	switch {
	case a.Has(actor.Integration):
		return Machine
	case a.Has(actor.GridWorker):
		return GridWorker
	case a.Has(actor.Dispatcher), a.Has(actor.DutyLead):
		return Hotline
	}
	return Volunteer
}

// args are the parameters of insertClueSQL without the last, the id of the history's first line.
func (d Draft) args() []any {
	c := d.clue
	return []any{c.ID, c.PayloadHash, string(c.Source), c.Mark, d.claim, c.Text, c.Category, c.Urgent, c.Lon, c.Lat,
		string(c.Datum), c.AccuracyM, string(c.PositionSource), c.Mocked, c.CapturedAt, c.Point, c.Cell, c.Street, c.BorderM,
		c.SubmittedAt, c.Restricted}
}
