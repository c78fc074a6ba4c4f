package transport_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/vektah/gqlparser/v2/ast"

	"gridwork/fault"
	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

// logged runs a field that fails with err and returns the answer and the log.
func logged(t *testing.T, err error) (response, string) {
	t.Helper()
	var log bytes.Buffer
	o := developer
	o.Log = slog.New(slog.NewJSONHandler(&log, nil))
	o.RequestID = func(context.Context) string { return "req-7" }
	d := open(t, tiny.Schema{Fail: func(context.Context, string) error { return err }}, o)
	res := d.send(body(map[string]any{
		"query":     `query Look($how: String!) { name renamed: broken(how: $how) }`,
		"variables": map[string]any{"how": secret},
	}))
	return res, log.String()
}

func TestAFaultShowsItsMessageCodeAndInputPath(t *testing.T) {
	t.Parallel()
	res, log := logged(t, fmt.Errorf("wrapped: %w", fault.Invalid("BAD_POSITION", "longitude must be a number").At("input.position.lon")))
	res.answered(t, 200, `{"name":"tiny","renamed":null}`)
	e := res.body.Errors[0]
	if e.Message != "longitude must be a number" || !reflect.DeepEqual(e.Path, []any{"renamed"}) || len(e.Locations) != 1 ||
		!reflect.DeepEqual(e.Extensions, map[string]any{"code": "BAD_POSITION", "field": "input.position.lon"}) {
		t.Errorf("got %s", res.raw)
	}
	if log != "" {
		t.Errorf("a refusal is no incident, but was logged: %s", log)
	}
}

func TestThePrivateCauseOfAFaultIsLoggedNotShown(t *testing.T) {
	t.Parallel()
	res, log := logged(t, fault.Busy("POOL_BUSY", "try again").Because(fmt.Errorf("acquire for %q: pool closed", secret)))
	if strings.Contains(res.raw, "pool closed") || !strings.Contains(log, "pool closed") || strings.Contains(log, secret) {
		t.Errorf("shown %s, logged %s", res.raw, log)
	}
	if !strings.Contains(log, `"level":"WARN"`) {
		t.Errorf("logged %s", log)
	}
}

func TestAnythingElseIsAnInternalErrorWithTheRequestsID(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		errors.New("dial 10.0.0.7: refused"),
		&pgconn.PgError{Severity: "ERROR", Code: "22P02", Message: `invalid input syntax for type uuid: "` + secret + `"`, Detail: secret},
		fmt.Errorf("store clue: %w", &strconv.NumError{Func: "ParseInt", Num: secret, Err: strconv.ErrSyntax}),
		fmt.Errorf("call 13800138000 or 138-0013-8000 at '%s'", secret),
	} {
		res, log := logged(t, err)
		e := res.body.Errors[0]
		if e.Message != "internal error" || !reflect.DeepEqual(e.Extensions, map[string]any{"code": "INTERNAL", "requestId": "req-7"}) {
			t.Errorf("%v is shown as %s", err, res.raw)
		}
		for _, private := range []string{secret, "13800138000", "138-0013-8000"} {
			if strings.Contains(log, private) {
				t.Errorf("%q in the log: %s", private, log)
			}
		}
		for _, want := range []string{`"request":"req-7"`, `"operation":"Look"`, `"path":"renamed"`, `"level":"ERROR"`, `"type":"`} {
			if strings.Count(log, want) != 1 {
				t.Errorf("the log lacks %s: %s", want, log)
			}
		}
	}
}

func TestTheLogKeepsWhatHelps(t *testing.T) {
	t.Parallel()
	_, log := logged(t, fmt.Errorf("list cases: %w", &pgconn.PgError{Severity: "ERROR", Code: "42P01", Message: `relation "cases" does not exist`}))
	for _, want := range []string{`list cases`, `relation \"cases\" does not exist`, `"sqlstate":"42P01"`, `"type":"*pgconn.PgError"`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s: %s", want, log)
		}
	}
}

func TestAPanicIsLoggedOnceWithItsStack(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	o := developer
	o.Log = slog.New(slog.NewJSONHandler(&log, nil))
	d := open(t, tiny.Schema{Fail: fail}, o)
	res := d.ask(`{ name broken(how: "panic") }`)
	res.answered(t, 200, `{"name":"tiny","broken":null}`)
	if res.code() != transport.CodeInternal {
		t.Errorf("shown: %s", res.raw)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "post_test.go") {
		t.Errorf("logged: %s", log.String())
	}
}

func TestAPanicOutsideOfFieldsIsStillAnAnswer(t *testing.T) {
	t.Parallel()
	o := developer
	o.MayFreeText = func(context.Context) bool { panic("hook") }
	res := open(t, tiny.Schema{}, o).ask("{ name }")
	if res.StatusCode != 500 || res.code() != transport.CodeInternal || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/") {
		t.Errorf("got status %d, %s, %s", res.StatusCode, res.Header.Get("Content-Type"), res.raw)
	}
}

func TestAClientThatLeftIsNoIncident(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	e := transport.Errors{Log: slog.New(slog.NewTextHandler(&log, nil))}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := e.Present(ctx, fmt.Errorf("query: %w", context.Canceled)); got.Extensions["code"] != transport.CodeCancelled || log.Len() > 0 {
		t.Errorf("shown %v, logged %s", got, log.String())
	}
	if got := e.Present(context.Background(), context.Canceled); got.Extensions["code"] != transport.CodeInternal {
		t.Errorf("a cancellation nobody asked for is shown as %v", got)
	}
}

func TestAWrongVariableIsAnInputErrorAtItsPath(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	res := d.send(`{"query":"query($input: CaseFilter!) { matching(filter: $input) }","variables":{"input":{"near":[{"lon":1},{"lon":"x"}]}}}`)
	res.refused(t, 400, "GRAPHQL_VALIDATION_FAILED")
	if e := res.body.Errors[0]; e.Path != nil || e.Extensions["field"] != "input.near[1].lon" {
		t.Errorf("got %s", res.raw)
	}
}

// Generated code reads arguments under a path of their own and presents the error at the field.
func TestAnArgumentThatCannotBeReadIsAnInputErrorAtItsPath(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	e := transport.Errors{Log: slog.New(slog.NewTextHandler(&log, nil))}
	field := graphql.WithFieldContext(context.Background(), &graphql.FieldContext{
		Object: "Mutation", Field: graphql.CollectedField{Field: &ast.Field{Alias: "submit"}},
	})
	read := func(err error) error {
		_, got := graphql.ProcessArgField(field, map[string]any{"input": 1}, "input", func(ctx context.Context, _ any) (int, error) {
			ctx = graphql.WithPathContext(ctx, graphql.NewPathWithField("steps"))
			ctx = graphql.WithPathContext(ctx, graphql.NewPathWithIndex(2))
			return 0, graphql.ErrorOnPath(ctx, err)
		})
		return got
	}
	for _, c := range []struct {
		err         error
		code, field string
	}{
		{&strconv.NumError{Func: "ParseInt", Num: secret, Err: strconv.ErrRange}, "INVALID_VALUE", "input.steps[2]"},
		{fault.Invalid("BAD_LIMIT", "too long"), "BAD_LIMIT", "input.steps[2]"},
		{fault.Invalid("BAD_LIMIT", "too long").At("limit"), "BAD_LIMIT", "input.steps[2].limit"},
	} {
		got := e.Present(field, read(c.err))
		if got.Path.String() != "submit" || got.Extensions["code"] != c.code || got.Extensions["field"] != c.field || strings.Contains(got.Message, secret) {
			t.Errorf("%v is shown as %v %v", c.err, got, got.Extensions)
		}
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", log.String())
	}
}
