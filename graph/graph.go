// Package graph is the GraphQL edge. A resolver authorises by way of the domain, makes one domain call and shapes the
// answer; the doors in front of it are in graph/transport, the schema that it serves is in graph/schema.
package graph

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gridwork/domain/clue"
	"gridwork/domain/consignment"
	"gridwork/domain/media"
	"gridwork/domain/visit"
	"gridwork/graph/generated"
	"gridwork/graph/transport"
	"gridwork/pg"
)

// Deps are what the edge needs of the process. The actor of a request is in its context already; every hook reads or
// writes what belongs to the request in ctx.
type Deps struct {
	DB         *pg.DB
	Log        *slog.Logger
	Intake     *clue.Intake
	Brought    consignment.Files // files of other offices that administrators have brought
	Visits     visit.Key         // makes the codes that hang at premises
	SessionTTL time.Duration
	Rates      Rates

	// Pages are the trusted documents of the web pages, by hex SHA-256.
	Pages map[string]string
	// Remote is the address of whoever calls, for slowing down floods. It is hashed at once, and never kept.
	Remote func(context.Context) string
	// SetSession gives the client its session, or takes it away with a time in the past.
	SetSession func(ctx context.Context, token string, expires time.Time)
	// SessionOf is the token that the request came with, "" without one; expires is zero for a key.
	SessionOf func(ctx context.Context) (token string, expires time.Time)
	// Enter returns ctx with the actor and the session behind a token, or a fault.
	Enter func(ctx context.Context, token string) (context.Context, error)
	// RequestID names the request in the log and in internal errors.
	RequestID func(context.Context) string
	// MayFreeText says whether the caller may send documents of their own, MayIntrospect whether they may read the schema.
	MayFreeText   func(context.Context) bool
	MayIntrospect func(context.Context) bool
	// PhotoURL is where a rendering of a photo is read.
	PhotoURL func(p media.Photo, v media.Variant) string
}

// New builds the endpoint and the feed of its subscriptions, which wants to be woken after commits. It panics where the
// schema breaks a rule of its own, because the schema is compiled in.
func New(d Deps) (http.Handler, *Feed) {
	r := newResolver(d)
	return r.endpoint(), r.feed
}

func newResolver(d Deps) *Resolver {
	r := &Resolver{Deps: d, limits: newLimits(d.Rates), feed: newFeed(d.DB, d.Log), gather: gather}
	r.reports = pg.NewCrowd(d.DB, d.Intake.Take)
	r.cases, r.inbox = r.feed.topic(caseChanges), r.feed.topic(inboxChanges)
	return r
}

func (r *Resolver) endpoint() http.Handler {
	es := generated.NewExecutableSchema(generated.Config{Resolvers: r, Directives: generated.DirectiveRoot{See: r.see}})
	if err := checkSchema(es.Schema()); err != nil {
		panic(err)
	}
	return transport.New(es, transport.Options{
		Documents: trusted(r.Pages), MayFreeText: r.MayFreeText, MayIntrospect: r.MayIntrospect, RequestID: r.RequestID,
		Session: r.openSocket, Log: r.Log, Extensions: []graphql.HandlerExtension{batching{r}},
	})
}
