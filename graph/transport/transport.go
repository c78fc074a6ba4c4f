// Package transport holds the doors of the GraphQL edge: how a request comes in, what it may look like
// before anything is spent on it, and what an error looks like on its way out. It knows no schema.
//
// The order in which a request meets the rules is the point of the package:
//
//	origin → media type → size → strict JSON → trusted document → tokens → shape → validation →
//	variables → introspection → complexity → resolvers
//
// Each step costs less than the one behind it, so that what is refused is refused cheaply.
package transport

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Codes of errors made by the doors themselves, in extensions.code.
const (
	CodeMalformed         = "MALFORMED_REQUEST"
	CodeTooLarge          = "REQUEST_TOO_LARGE"
	CodeMediaType         = "UNSUPPORTED_MEDIA_TYPE"
	CodeNotAcceptable     = "NOT_ACCEPTABLE"
	CodeMethod            = "METHOD_NOT_ALLOWED"
	CodeCrossOrigin       = "CROSS_ORIGIN"
	CodeNotTrusted        = "DOCUMENT_NOT_TRUSTED"
	CodeDocumentTooLarge  = "DOCUMENT_TOO_LARGE"
	CodeTooCostly         = "DOCUMENT_TOO_COSTLY"
	CodeOneMutation       = "ONE_MUTATION_ONLY"
	CodeNoIntrospection   = "INTROSPECTION_DENIED"
	CodeNeedsSocket       = "SUBSCRIPTION_NEEDS_SOCKET"
	CodeSubscriptionsOnly = "SUBSCRIPTIONS_ONLY"
	CodeTooManyStreams    = "TOO_MANY_SUBSCRIPTIONS"
	CodeInvalidValue      = "INVALID_VALUE"
	CodeCancelled         = "CANCELLED"
	CodeInternal          = "INTERNAL"
)

const (
	// maxBody bounds an HTTP request body, in bytes.
	maxBody = 256 << 10
	// maxMessage bounds one websocket message, in bytes: a subscription carries no bulk.
	maxMessage = 64 << 10
	// cachedDocuments times the largest document and its tree is the memory a hostile key holder can pin.
	cachedDocuments = 500
)

// Options are the decisions this package leaves to the server. A hook left nil denies.
type Options struct {
	// Documents are the own clients' operations by the lower-case hex SHA-256 of their text.
	Documents map[string]string
	// MayFreeText says whether this caller may send documents that are not in Documents.
	MayFreeText func(context.Context) bool
	// MayIntrospect says whether this caller may read the schema.
	MayIntrospect func(context.Context) bool
	// Session opens a websocket; see Websocket.Session.
	Session func(ctx context.Context, init map[string]any) (context.Context, error)
	// RequestID names the request in internal errors, so that a report finds its log line.
	RequestID func(context.Context) string
	// CrossOrigin decides which other origins browsers may call from; nil means none.
	CrossOrigin *http.CrossOriginProtection
	// Log receives internal errors; nil means slog.Default().
	Log *slog.Logger
	// Extensions follow the doors' own: loaders, telemetry.
	Extensions []graphql.HandlerExtension
}

// New builds the GraphQL endpoint for a schema: POST and graphql-transport-ws on one path.
// It panics when a trusted document does not have the hash it is listed under, because the list is
// generated and compiled in.
func New(es graphql.ExecutableSchema, o Options) http.Handler {
	if o.CrossOrigin == nil {
		o.CrossOrigin = http.NewCrossOriginProtection()
	}
	errs := Errors{Log: o.Log, RequestID: o.RequestID}
	checked := lru.New[*ast.QueryDocument](cachedDocuments)
	limits := DefaultLimits
	limits.Checked = checked

	s := handler.New(es)
	s.AddTransport(Websocket{
		Session: o.Session, CrossOrigin: o.CrossOrigin, Errors: errs,
		InitTimeout: 5 * time.Second, PingEvery: 20 * time.Second, WriteTimeout: 10 * time.Second,
		MaxActive: 20, MaxMessage: maxMessage,
	})
	s.AddTransport(POST{MaxBody: maxBody, CrossOrigin: o.CrossOrigin})
	s.SetQueryCache(checked)
	s.SetParserTokenLimit(limits.Tokens)
	s.SetDisableSuggestion(true)
	s.SetValidationRulesFn(rulesWithoutSuggestions)
	s.SetErrorPresenter(errs.Present)
	s.SetRecoverFunc(errs.Recover)

	s.Use(TrustedDocuments{Documents: o.Documents, MayFreeText: o.MayFreeText})
	s.Use(limits)
	s.Use(Introspection{May: o.MayIntrospect})
	s.Use(&Complexity{Limit: DefaultComplexity})
	for _, e := range o.Extensions {
		s.Use(e)
	}
	return s
}

// rulesWithoutSuggestions are the standard validation rules minus "did you mean", which would spell out
// the schema to those who may not introspect it. gqlgen's own switch covers only fields and leafs.
func rulesWithoutSuggestions() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return r
}

// refusal is an error about the request itself, safe to show as it is.
func refusal(code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, code)
	return err
}

// foreign reports whether a browser sent the request from an origin that is not trusted.
// A websocket opens with a GET, which the standard check takes for harmless, so it is asked as a POST.
func foreign(policy *http.CrossOriginProtection, r *http.Request) bool {
	probe := r.WithContext(r.Context())
	probe.Method = http.MethodPost
	return policy.Check(probe) != nil
}
