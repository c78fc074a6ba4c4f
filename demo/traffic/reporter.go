package traffic

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/geo"
)

// report is one person who saw something, or saw again what others have reported.
func (w *world) report(ctx context.Context, r *rand.Rand) {
	s := w.streets[r.IntN(len(w.streets))]
	report, what := s.write(r)
	who := w.reporter(r)
	early := len(report.Photos) > 0 && r.IntN(2) == 0 // bytes may come before or after the report
	if early {
		w.upload(ctx, who, report.Photos)
	}
	w.tally.count("submitted")
	began := time.Now()
	receipt, err := who.Submit(ctx, report)
	switch {
	case client.Code(err) == "OUTSIDE_CITY":
		w.tally.count("outside")
		return
	case err != nil:
		w.failed(ctx, "submit", err)
		return
	}
	w.tally.took("submit", time.Since(began))
	w.acknowledged(report.ID, receipt)
	s.remember(what)
	if !early {
		w.upload(ctx, who, report.Photos)
	}
	if r.Float64() < 0.05 {
		w.again(ctx, who, report, receipt)
	}
}

func (w *world) acknowledged(id uuid.UUID, receipt client.Receipt) {
	w.mu.Lock()
	w.ledger[id] = receipt
	w.mu.Unlock()
	w.tally.count("acknowledged")
}

// again sends the very same report once more, as a phone does that did not hear the answer.
func (w *world) again(ctx context.Context, who *client.Client, report client.Report, first client.Receipt) {
	second, err := who.Submit(ctx, report)
	if err != nil {
		w.failed(ctx, "submit again", err)
		return
	}
	if !second.Repeated || second.Number != first.Number || second.ClaimCode != first.ClaimCode {
		w.tally.fail("submit again", errUnlike)
		return
	}
	w.tally.count("repeated")
}

// reporter is nobody in particular, one of the volunteers, or another system.
func (w *world) reporter(r *rand.Rand) *client.Client {
	switch x := r.Float64(); {
	case x < 0.55:
		return w.anyone
	case x < 0.95:
		return w.volunteers[r.IntN(len(w.volunteers))]
	}
	return w.anyone.With(demo.IntegrationKey)
}

func (w *world) upload(ctx context.Context, who *client.Client, photos []client.Photo) {
	for _, p := range photos {
		began := time.Now()
		if err := who.Upload(ctx, p); err != nil {
			w.failed(ctx, "upload", err)
			continue
		}
		w.tally.took("upload", time.Since(began))
		w.tally.count("photos")
	}
}

// write makes a report of a new incident, or of one that was reported before, told differently.
func (s *street) write(r *rand.Rand) (client.Report, incident) {
	what, known := s.another(r)
	if !known || r.Float64() > 0.25 {
		tips := demo.Tips()
		what = incident{tip: tips[r.IntN(len(tips))], at: s.whereabouts(r), scene: r.Uint64()}
	} else {
		s.tally.count("told again")
	}
	report := client.Report{ID: uuid.Must(uuid.NewV7()), Text: what.tip.Tellings[r.IntN(len(what.tip.Tellings))], Position: read(r, what.at)}
	if !what.tip.Vague && r.Float64() < 0.7 {
		report.Category = what.tip.Category
	}
	if r.Float64() < 0.15 {
		report.Photos = []client.Photo{client.NewPhoto(shot(what.scene, r.Uint64(), false))}
	}
	return report, what
}

// whereabouts is mostly in the street, sometimes by its border, and once in a while far outside the city.
func (s *street) whereabouts(r *rand.Rand) geo.Point {
	switch x := r.Float64(); {
	case x < 0.02:
		return away(r, s.border(r), 20)
	case x < 0.03:
		return geo.Point{Lon: 115.5, Lat: 21.5} // at sea
	}
	return s.somewhere(r)
}

// read is what a phone says of a place: in one of the datums, as far off as its receiver is inaccurate, and now and then
// feigned.
func read(r *rand.Rand, at geo.Point) geo.Position {
	p := geo.Position{Datum: geo.WGS84, Source: geo.SourceGNSS, Accuracy: 3 + r.Float64()*12, Mocked: r.Float64() < 0.02}
	switch x := r.Float64(); {
	case x < 0.40:
		p.Datum = geo.GCJ02
	case x < 0.53:
		p.Datum = geo.BD09
	case x < 0.55:
		p.Datum = geo.CGCS2000
	}
	switch x := r.Float64(); {
	case x < 0.12:
		p.Source, p.Accuracy = geo.SourceNetwork, 30+r.Float64()*60
	case x < 0.25:
		p.Source, p.Accuracy = geo.SourceMapPin, 5
	}
	raw := p.Datum.FromWGS84(away(r, at, p.Accuracy/2))
	p.Lon, p.Lat, p.CapturedAt = raw.Lon, raw.Lat, time.Now().Add(-time.Duration(r.IntN(60))*time.Second)
	return p
}
