package server

import (
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"regexp"
	"time"
)

// LogValue and String print the configuration without its secrets.
func (c Config) LogValue() slog.Value { return slog.GroupValue(c.Redacted()...) }
func (c Config) String() string       { return fmt.Sprint(c.Redacted()) }

// Redacted is every setting as it is in force, by its name in the environment,
// without secrets and without the passwords in URLs.
func (c Config) Redacted() []slog.Attr {
	var attrs []slog.Attr
	v := reflect.ValueOf(c)
	for field := range reflect.TypeFor[Config]().Fields() {
		value := v.FieldByIndex(field.Index).Interface()
		switch show := field.Tag.Get("show"); {
		case reflect.ValueOf(value).IsZero():
		case show == "never":
			value = redacted
		case show == "url":
			value = redactURL(value.(string))
		case field.Type == reflect.TypeFor[time.Duration]():
			value = value.(time.Duration).String()
		}
		attrs = append(attrs, slog.Any(field.Tag.Get("env"), value))
	}
	return attrs
}

const redacted = "redacted"

var secretParameter = regexp.MustCompile(`(?i)pass|secret|token|key|sign`)

// redactURL hides the passwords that may stand before the host and in parameters.
func redactURL(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return redacted
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), redacted)
	}
	query := u.Query()
	for name := range query {
		if secretParameter.MatchString(name) {
			query.Set(name, redacted)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}
