package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gridwork/fault"
)

// Errors decides what of an error a client sees. A fault shows its message, code and input path; what gqlgen
// itself says about a request passes; everything else is "internal error" with the request's id, and is logged.
type Errors struct {
	Log       *slog.Logger                 // nil means slog.Default()
	RequestID func(context.Context) string // nil means no id
}

// errPanicked stands for a panic that Recover has logged already.
var errPanicked = errors.New("panicked")

// Present is gqlgen's error presenter.
func (e Errors) Present(ctx context.Context, err error) *gqlerror.Error {
	shown := gqlerror.Error{Path: graphql.GetPath(ctx)}
	made, isGraphQL := errors.AsType[*gqlerror.Error](err)
	var input string
	if isGraphQL {
		shown.Locations = made.Locations
		shown.Path, input = split(made.Path, shown.Path)
	}
	f, isFault := fault.As(err)
	switch {
	case isFault:
		e.logCause(ctx, f)
		return e.public(shown, f, input)
	case isGraphQL && made.Err == nil:
		return aboutRequest(made) // by gqlgen: resolvers return other types
	case input != "":
		return e.public(shown, fault.Invalid(CodeInvalidValue, "this value does not fit its type"), input)
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		shown.Message, shown.Extensions = "the request was given up", map[string]any{"code": CodeCancelled}
		return &shown
	default:
		return e.internal(ctx, shown, err)
	}
}

// Recover is gqlgen's recover function. It logs the panic, since only here the stack still shows where.
func (e Errors) Recover(ctx context.Context, v any) error {
	e.log(ctx, slog.LevelError, "panic in GraphQL",
		"error", scrub(fmt.Sprint(v)), "type", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
	return errPanicked
}

func (e Errors) public(shown gqlerror.Error, f *fault.Error, input string) *gqlerror.Error {
	if input != "" {
		f = f.At(input)
	}
	shown.Err = f // POST answers 503 when it is a busy one
	shown.Message = f.Message
	shown.Extensions = map[string]any{"code": f.Code}
	if f.Field != "" {
		shown.Extensions["field"] = f.Field
	}
	return &shown
}

// aboutRequest passes an error of gqlgen's own. Where a variable is wrong, gqlgen's path leads into the
// variables, which is the input path; there is no response for it to lead into.
func aboutRequest(made *gqlerror.Error) *gqlerror.Error {
	if len(made.Path) < 2 || made.Path[0] != ast.PathName("variable") {
		return made
	}
	shown := *made
	shown.Path = nil
	shown.Extensions = maps.Clone(made.Extensions)
	shown.Extensions["field"] = made.Path[1:].String()
	return &shown
}

func (e Errors) internal(ctx context.Context, shown gqlerror.Error, err error) *gqlerror.Error {
	if !errors.Is(err, errPanicked) {
		e.log(ctx, slog.LevelError, "internal error in GraphQL", append(private(err), "path", shown.Path.String())...)
	}
	shown.Message = "internal error"
	shown.Extensions = map[string]any{"code": CodeInternal}
	if id := e.requestID(ctx); id != "" {
		shown.Extensions["requestId"] = id
	}
	return &shown
}

func (e Errors) logCause(ctx context.Context, f *fault.Error) {
	if f.Cause != nil {
		e.log(ctx, slog.LevelWarn, "refused in GraphQL", append(private(f.Cause), "code", f.Code)...)
	}
}

// log adds what finds the request again. Variables are never logged, and the operation's name only when it
// comes out of a parsed document.
func (e Errors) log(ctx context.Context, level slog.Level, message string, attrs ...any) {
	logger := e.Log
	if logger == nil {
		logger = slog.Default()
	}
	if id := e.requestID(ctx); id != "" {
		attrs = append(attrs, "request", id)
	}
	if graphql.HasOperationContext(ctx) {
		if op := graphql.GetOperationContext(ctx).Operation; op != nil {
			attrs = append(attrs, "operation", op.Name)
		}
	}
	logger.Log(ctx, level, message, attrs...)
}

func (e Errors) requestID(ctx context.Context) string {
	if e.RequestID == nil {
		return ""
	}
	return e.RequestID(ctx)
}

// split takes the input path off an error's path. gqlgen appends it when an argument cannot be read, and
// clients look the response up by path.
func split(path, field ast.Path) (response ast.Path, input string) {
	if len(field) == 0 || len(path) <= len(field) {
		if path == nil {
			return field, ""
		}
		return path, ""
	}
	for i, step := range field {
		if path[i] != step {
			return path, ""
		}
	}
	return field, path[len(field):].String()
}

// private describes an error for the log without the data in it: a reporter's words must not get there by
// way of a message that quotes its input.
func private(err error) []any {
	attrs := []any{"error", scrub(err.Error()), "type", fmt.Sprintf("%T", root(err))}
	if db, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		attrs = append(attrs, "sqlstate", db.SQLState())
	}
	return attrs
}

func root(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

var (
	// quotedText is where Postgres, strconv and encoding/json repeat their input.
	quotedText = regexp.MustCompile("(?s)(\\w+ )?(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|'[^']*')")
	// ofSchema are the words after which a quoted text is a name of ours.
	ofSchema = regexp.MustCompile(`^(relation|table|column|constraint|index|type|function|schema|role|sequence|database) "[a-z_][a-z0-9_.]*"$`)
	// numbers as long as a telephone number or an identity card.
	longNumber = regexp.MustCompile(`\d[\d .+-]{5,}\d`)
)

func scrub(message string) string {
	message = strings.ToValidUTF8(message, "?")
	message = quotedText.ReplaceAllStringFunc(message, func(m string) string {
		if ofSchema.MatchString(m) {
			return m
		}
		word, _, _ := strings.Cut(m, " ")
		if strings.ContainsAny(word, "\"`'") {
			return strconv.Quote("…")
		}
		return word + " " + strconv.Quote("…")
	})
	return longNumber.ReplaceAllString(message, "#")
}
