package graph

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vikstrous/dataloadgen"

	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/place"
	"gridwork/domain/routing"
	"gridwork/domain/safety"
	"gridwork/domain/sampling"
	"gridwork/domain/staff"
	"gridwork/domain/standard"
	"gridwork/domain/visit"
	"gridwork/geo"
	"gridwork/graph/api"
	"gridwork/pg"
)

// Siblings are loaded together. gqlgen's own batch resolvers would do it without waiting, but they know the siblings
// of one list only: the photos of the clues of 50 cases are 50 lists, and the department of the case of a clue is in
// none. Tried on that page, they took 204 reads where loaders take 8, and three times as long.

// gather is how long a loader waits for siblings. They come from goroutines that were started together, so a moment
// longer than it takes to start them is enough; it is paid once for each level of the document.
const gather = time.Millisecond

type (
	// one loads an object by its key; nil where there is none, or none that the viewer may see.
	one[K comparable, T any] = dataloadgen.Loader[K, *T]
	// many loads what belongs to a key.
	many[K comparable, T any] = dataloadgen.Loader[K, []T]
)

// loaders live as long as one answer: what they have read is not read again, and is never older than the answer.
type loaders struct {
	regions     *one[string, cell.Region]
	children    *many[string, cell.Region]
	outlines    *one[string, geo.MultiPolygon]
	cells       *one[string, cell.Cell]
	before      *many[string, string] // a cell's predecessors
	after       *many[string, string] // and its successors
	dutyGrids   *one[uuid.UUID, cell.DutyGrid]
	held        *many[uuid.UUID, string]
	departments *one[string, standard.Department]
	categories  *one[string, standard.Category]
	standards   *one[uuid.UUID, standard.Filing]
	conditions  *many[string, standard.Filing]
	people      *one[uuid.UUID, identity.Person]
	photos      *many[uuid.UUID, media.Photo]
	photo       *one[uuid.UUID, media.Photo]
	evidence    *one[uuid.UUID, media.Evidence]    // by photo
	pictured    *one[uuid.UUID, casework.Pictured] // by what the photos belong to

	grants   *many[uuid.UUID, staff.Grant]
	shifts   *many[uuid.UUID, staff.Shift]
	absences *many[uuid.UUID, staff.Absence]
	duties   *many[uuid.UUID, staff.Duty]

	clues         *one[uuid.UUID, clue.Clue]
	verifications *many[uuid.UUID, clue.VerifyTask]
	clueEvents    *many[uuid.UUID, clue.Event]
	clueClocks    *many[uuid.UUID, escalation.Face]

	cases       *one[uuid.UUID, casework.Case]
	behind      *many[uuid.UUID, clue.Clue]
	rounds      *many[uuid.UUID, casework.Round]
	assignments *many[uuid.UUID, casework.Assignment]
	returns     *many[uuid.UUID, casework.Return]
	disposals   *many[uuid.UUID, casework.Disposal]
	filedFrom   *many[uuid.UUID, inspection.Finding]
	checks      *many[uuid.UUID, casework.CheckTask]
	requests    *many[uuid.UUID, casework.Request]
	appeals     *many[uuid.UUID, casework.Appeal]
	orders      *many[uuid.UUID, casework.SupervisionOrder]
	replies     *many[uuid.UUID, casework.Reply]
	ratings     *one[uuid.UUID, casework.Ratings]
	actions     *many[uuid.UUID, casework.Action]
	caseClocks  *many[uuid.UUID, escalation.Face]
	ruleNames   *many[int, routing.Name]
	childCases  *many[uuid.UUID, casework.Case]
	units       *many[string, place.Address]
	premises    *many[string, place.Premises]
	readers     *many[uuid.UUID, uuid.UUID]
	disputes    *many[uuid.UUID, casework.DisputeStep]
	duplicates  *many[uuid.UUID, casework.Duplicate]
	tracked     *one[uuid.UUID, api.TrackedClue]

	visited *one[string, place.Premises]
	plans   *one[uuid.UUID, inspection.Plan]
	samples *one[uuid.UUID, sampling.Sample]
	strata  *many[uuid.UUID, sampling.Stratum]

	inspectors *many[uuid.UUID, uuid.UUID] // by case

	checklists *one[uuid.UUID, inspection.Checklist]
	uses       *one[uuid.UUID, inspection.Use] // by checklist
	campaigns  *one[uuid.UUID, inspection.Campaign]
	progress   *many[uuid.UUID, inspection.Progress]
	findings   *many[uuid.UUID, inspection.Finding]
	inspected  *one[uuid.UUID, inspection.Inspection] // by task
	sightings  *one[uuid.UUID, visit.Sighting]        // by inspection
	taskEvents *many[uuid.UUID, inspection.TaskEvent]

	alarms      *one[uuid.UUID, safety.Alarm]
	alarmed     *many[uuid.UUID, uuid.UUID] // who was told of an alarm
	answers     *many[uuid.UUID, safety.Given]
	alarmEvents *many[uuid.UUID, safety.Event]
}

func (r *Resolver) loaders() *loaders {
	return &loaders{
		regions:     single(r, cell.Regions, func(o cell.Region) string { return o.Code }),
		children:    several(r, cell.ChildrenOf),
		outlines:    mapped(r, cell.Outlines),
		cells:       single(r, cell.Cells, func(o cell.Cell) string { return o.Code }),
		before:      several(r, cell.Predecessors),
		after:       several(r, cell.Successors),
		dutyGrids:   single(r, cell.DutyGrids, func(o cell.DutyGrid) uuid.UUID { return o.ID }),
		held:        several(r, heldBy),
		departments: single(r, all[string](standard.Departments), func(o standard.Department) string { return o.Code }),
		categories:  single(r, all[string](standard.Categories), func(o standard.Category) string { return o.Code }),
		standards:   single(r, standard.FilingsByIDs, func(o standard.Filing) uuid.UUID { return o.ID }),
		conditions:  several(r, grouped(all[string](standard.Current), func(o standard.Filing) string { return o.Category })),
		people:      single(r, identity.ByIDs, func(o identity.Person) uuid.UUID { return o.ID }),
		photos:      several(r, media.OfSubjects),
		photo:       single(r, media.ByIDs, func(o media.Photo) uuid.UUID { return o.ID }),
		evidence:    single(r, media.EvidenceOf, func(o media.Evidence) uuid.UUID { return o.PhotoID }),
		pictured:    single(r, casework.PicturedBy, func(o casework.Pictured) uuid.UUID { return o.Subject }),

		grants:   several(r, grouped(staff.Grants, func(o staff.Grant) uuid.UUID { return o.PersonID })),
		shifts:   several(r, grouped(staff.Shifts, func(o staff.Shift) uuid.UUID { return o.PersonID })),
		absences: several(r, grouped(staff.Absences, func(o staff.Absence) uuid.UUID { return o.PersonID })),
		duties:   several(r, grouped(staff.Duties, func(o staff.Duty) uuid.UUID { return o.PersonID })),

		clues:         single(r, clue.ByIDs, func(o clue.Clue) uuid.UUID { return o.ID }),
		verifications: several(r, clue.TasksOf),
		clueEvents:    several(r, clue.Events),
		clueClocks:    several(r, escalation.FacesOfClues),

		cases:       single(r, casework.ByIDs, func(o casework.Case) uuid.UUID { return o.ID }),
		behind:      several(r, clue.OfCases),
		rounds:      several(r, casework.RoundsOf),
		assignments: several(r, casework.AssignmentsOf),
		returns:     several(r, casework.ReturnsOf),
		disposals:   several(r, casework.DisposalsOf),
		filedFrom:   several(r, inspection.FindingsOfCases),
		checks:      several(r, casework.ChecksOf),
		requests:    several(r, casework.RequestsOf),
		appeals:     several(r, casework.AppealsOf),
		orders:      several(r, casework.OrdersOf),
		replies:     several(r, casework.RepliesOf),
		ratings:     single(r, casework.RatingsOf, func(o casework.Ratings) uuid.UUID { return o.CaseID }),
		actions:     several(r, casework.ActionsOf),
		caseClocks:  several(r, casework.ClocksOf),
		ruleNames:   several(r, routing.NamesOf),
		childCases:  several(r, casework.ChildrenOf),
		units:       several(r, place.UnitsOf),
		premises:    several(r, place.PremisesAt),
		readers:     several(r, casework.ReadersOf),
		disputes:    several(r, casework.DisputeStepsOf),
		duplicates:  several(r, casework.Duplicates),
		tracked:     mapped(r, tracked),

		visited: single(r, place.PremisesByCode, func(o place.Premises) string { return o.Code }),
		plans:   single(r, inspection.PlansOf, func(o inspection.Plan) uuid.UUID { return o.ID }),
		samples: single(r, sampling.ByIDs, func(o sampling.Sample) uuid.UUID { return o.ID }),
		strata:  several(r, sampling.StrataOf),

		inspectors: several(r, sampling.InspectorsOf),

		checklists: single(r, inspection.ChecklistsByID, func(o inspection.Checklist) uuid.UUID { return o.ID }),
		uses:       single(r, inspection.UsesOf, func(o inspection.Use) uuid.UUID { return o.Checklist }),
		campaigns:  single(r, inspection.CampaignsOf, func(o inspection.Campaign) uuid.UUID { return o.ID }),
		progress:   several(r, grouped(inspection.ProgressOf, func(o inspection.Progress) uuid.UUID { return o.Campaign })),
		findings:   several(r, inspection.FindingsOf),
		sightings:  single(r, visit.SightingsOf, func(o visit.Sighting) uuid.UUID { return o.Inspection }),
		inspected:  single(r, inspection.InspectionsOf, func(o inspection.Inspection) uuid.UUID { return o.TaskID }),
		taskEvents: several(r, grouped(inspection.TaskEvents, func(o inspection.TaskEvent) uuid.UUID { return o.TaskID })),

		alarms:      single(r, safety.ByIDs, func(o safety.Alarm) uuid.UUID { return o.ID }),
		alarmed:     several(r, safety.ToldOf),
		answers:     several(r, safety.AnswersOf),
		alarmEvents: several(r, safety.EventsOf),
	}
}

// fetch reads many keys in one transaction.
type fetch[K comparable, V any] func(context.Context, *pg.Tx, []K) (V, error)

func loader[K comparable, V any](r *Resolver, read fetch[K, map[K]V]) *dataloadgen.Loader[K, V] {
	return dataloadgen.NewMappedLoader(func(ctx context.Context, keys []K) (map[K]V, error) {
		return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) (map[K]V, error) { return read(ctx, tx, keys) })
	}, dataloadgen.WithWait(r.gather))
}

func single[K comparable, T any](r *Resolver, read fetch[K, []T], key func(T) K) *one[K, T] {
	return loader(r, func(ctx context.Context, tx *pg.Tx, keys []K) (map[K]*T, error) {
		found, err := read(ctx, tx, keys)
		byKey := make(map[K]*T, len(found))
		for i := range found {
			byKey[key(found[i])] = &found[i]
		}
		return byKey, err
	})
}

func mapped[K comparable, T any](r *Resolver, read fetch[K, map[K]T]) *one[K, T] {
	return loader(r, func(ctx context.Context, tx *pg.Tx, keys []K) (map[K]*T, error) {
		found, err := read(ctx, tx, keys)
		byKey := make(map[K]*T, len(found))
		for key, o := range found {
			byKey[key] = &o
		}
		return byKey, err
	})
}

// several gives an empty list, never null, to a key that nothing belongs to: null says "not for you".
func several[K comparable, T any](r *Resolver, read fetch[K, map[K][]T]) *many[K, T] {
	return loader(r, func(ctx context.Context, tx *pg.Tx, keys []K) (map[K][]T, error) {
		found, err := read(ctx, tx, keys)
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			if found[key] == nil {
				found[key] = []T{}
			}
		}
		return found, nil
	})
}

// all reads a table that is small enough to be read whole, whatever the keys.
func all[K comparable, T any](read func(context.Context, *pg.Tx) ([]T, error)) fetch[K, []T] {
	return func(ctx context.Context, tx *pg.Tx, _ []K) ([]T, error) { return read(ctx, tx) }
}

func grouped[K comparable, T any](read fetch[K, []T], key func(T) K) fetch[K, map[K][]T] {
	return func(ctx context.Context, tx *pg.Tx, keys []K) (map[K][]T, error) {
		found, err := read(ctx, tx, keys)
		groups := make(map[K][]T, len(keys))
		for _, o := range found {
			groups[key(o)] = append(groups[key(o)], o)
		}
		return groups, err
	}
}

// heldBy is asked for the viewer alone.
func heldBy(ctx context.Context, tx *pg.Tx, people []uuid.UUID) (map[uuid.UUID][]string, error) {
	held := make(map[uuid.UUID][]string, len(people))
	for _, person := range people {
		var err error
		if held[person], err = cell.Held(ctx, tx, person); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// load loads a key; what is not found is the zero value.
func load[K comparable, V any](ctx context.Context, l *dataloadgen.Loader[K, V], key K) (V, error) {
	v, err := l.Load(ctx, key)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		err = nil
	}
	return v, err
}

// maybe loads a key that may be null.
func maybe[K comparable, T any](ctx context.Context, l *one[K, T], key *K) (*T, error) {
	if key == nil {
		return nil, nil
	}
	return load(ctx, l, *key)
}

// allOf loads keys that are all there, in their order.
func allOf[K comparable, T any](ctx context.Context, l *one[K, T], keys []K) ([]T, error) {
	found, err := l.LoadAll(ctx, keys)
	if err != nil {
		return nil, err
	}
	values := make([]T, len(found))
	for i, v := range found {
		values[i] = *v
	}
	return values, nil
}

type loadersKey struct{}

// batching gives every answer, and every event of a subscription, loaders of its own.
type batching struct{ *Resolver }

var _ graphql.ResponseInterceptor = batching{}

// ExtensionName names the extension in gqlgen's statistics.
func (batching) ExtensionName() string { return "Batching" }

// Validate accepts every schema.
func (batching) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse puts the loaders where resolvers find them. Most answers need none, so they are made when asked for.
func (b batching) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(context.WithValue(ctx, loadersKey{}, sync.OnceValue(b.loaders)))
}

func loadersOf(ctx context.Context) *loaders {
	return ctx.Value(loadersKey{}).(func() *loaders)()
}
