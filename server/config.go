// Package server is the process: its configuration, routes, middleware and lifecycle.
package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is everything that the environment decides. Load fills it; nothing else
// reads the environment. A tag show:"never" keeps a value out of every print,
// show:"url" the passwords in it.
type Config struct {
	// Mode is demo or production. It defaults to demo when private stores are
	// used and to production when DATABASE_URL is set, so that a city's own
	// database never gets accounts with known passwords by an omission.
	Mode Mode `env:"GRIDWORK_MODE"`

	// DatabaseURL is postgres://…; without it (and without RedisURL) private
	// stores are started below DataDir. Its role must own the database, or be
	// allowed to create roles and extensions.
	DatabaseURL string `env:"DATABASE_URL" show:"url"`
	// RedisURL is redis://…, rediss://… or unix://….
	RedisURL string `env:"REDIS_URL" show:"url"`
	// City is the schema of this city; its vault's is <city>_vault.
	City string `env:"CITY" envDefault:"gridwork"`
	// DBPool is how many connections to Postgres one process keeps at most.
	DBPool int `env:"DB_POOL" envDefault:"20"`

	// Listen is host:port. Demo accounts have known passwords: think before
	// serving them on more than the loopback address.
	Listen string `env:"LISTEN" envDefault:"127.0.0.1:8080"`
	// CookieSecure marks session cookies for TLS only (and names them __Host-…).
	// Browsers make an exception for the loopback address; false is for a demo
	// on a plain network.
	CookieSecure bool `env:"COOKIE_SECURE" envDefault:"true"`
	// TrustedProxies are the networks (CIDR) whose X-Forwarded-For is believed,
	// such as a TLS terminator's. From all others it is ignored.
	TrustedProxies []netip.Prefix `env:"TRUSTED_PROXIES"`
	// SessionTTL is how long a sign-in lasts without signing in again.
	SessionTTL time.Duration `env:"SESSION_TTL" envDefault:"12h"`
	// ShutdownGrace is how long running requests and jobs may take to finish
	// after SIGTERM.
	ShutdownGrace time.Duration `env:"SHUTDOWN_GRACE" envDefault:"8s"`

	// DataDir holds what the program keeps beside the stores: keys (in demo
	// mode), photos, and private stores.
	DataDir string `env:"DATA_DIR" envDefault:".data"`
	// PhotoDir holds uploaded photos; DATA_DIR/photos by default.
	PhotoDir string `env:"PHOTO_DIR"`
	// PhotoBucket keeps photos in an object store instead: s3://NAME?region=…, with
	// endpoint=https://… and use_path_style=true for one that is not Amazon's. Its
	// keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what else its
	// SDK finds. PHOTO_DIR still holds uploads under way, and what it kept before.
	PhotoBucket string `env:"PHOTO_BUCKET"`

	// ImportDir holds files of other offices that administrators bring by the page,
	// until their imports are over; DATA_DIR/imports by default. Every process that
	// serves or works has to reach the same folder.
	ImportDir string `env:"IMPORT_DIR"`

	// SealPublicKey is the public half (X25519, base64) of the key that opens
	// sealed reporters. The private half never comes near a server.
	SealPublicKey string `env:"SEAL_PUBLIC_KEY"`
	// ClaimKey makes and checks claim codes: 32 random bytes, base64. Changing
	// it invalidates every claim code given out.
	ClaimKey string `env:"CLAIM_KEY" show:"never"`
	// MarkKey makes reporters' pseudonyms: 32 random bytes, base64. Changing it
	// cuts every reporter off from their clues.
	MarkKey string `env:"MARK_KEY" show:"never"`

	// BadgeKey signs the badges that grid workers show at doors: 32 random bytes,
	// base64. Changing it ends those that are shown.
	BadgeKey string `env:"BADGE_KEY" show:"never"`
	// BadgeTTL is how long a badge is good that its handheld does not renew.
	BadgeTTL time.Duration `env:"BADGE_TTL" envDefault:"10m"`
	// VisitKey makes the codes that hang at premises: 32 random bytes, base64.
	// With another one those that hang stay good, and cannot be printed again.
	VisitKey string `env:"VISIT_KEY" show:"never"`
	// Hotline is the number that a badge's page offers to whoever doubts it.
	Hotline string `env:"HOTLINE" envDefault:"12345"`

	// SMSURL is the gateway that text messages are posted to, with SMSToken as
	// bearer token; without it none are sent.
	SMSURL   string `env:"SMS_URL" show:"url"`
	SMSToken string `env:"SMS_TOKEN" show:"never"`
	// HelpCall and HelpText are the numbers that a handheld offers to call and to
	// write to when somebody needs help and there is no network.
	HelpCall string `env:"HELP_CALL" envDefault:"110"`
	HelpText string `env:"HELP_TEXT"`
	// AlarmKeep is how long after its end it is known where an alarm was.
	AlarmKeep time.Duration `env:"ALARM_KEEP" envDefault:"720h"`

	// PushKey is the private half of the pair by which push services know this
	// installation (VAPID): 32 random bytes, base64. Without it handhelds are shown
	// no notifications. With another one each handheld has to subscribe again,
	// which its page does by itself.
	PushKey string `env:"PUSH_KEY" show:"never"`
	// PushContact is told to push services, which write to it before they shut
	// somebody out: mailto:… or https://….
	PushContact string `env:"PUSH_CONTACT"`
	// PushAllow are the host names that push services may have; any by default.
	PushAllow []string `env:"PUSH_ALLOW"`
	// PushPrivate are networks (CIDR) that hosts of PushAllow may lie in although
	// they are not public: of a push service that the city runs itself.
	PushPrivate []netip.Prefix `env:"PUSH_PRIVATE"`

	// WebhookAllow are the host names that webhooks may call; none by default.
	WebhookAllow []string `env:"WEBHOOK_ALLOW"`
	// WebhookPrivate are networks (CIDR) that allowed hosts may lie in although
	// they are not public, such as the city's own; none by default.
	WebhookPrivate []netip.Prefix `env:"WEBHOOK_PRIVATE"`

	// LogLevel is debug, info, warn or error.
	LogLevel slog.Level `env:"LOG_LEVEL" envDefault:"info"`
}

// demoContact is told to push services by a demo city, which nobody writes to.
const demoContact = "mailto:demo@gridwork.invalid"

// Mode decides what may be made up for convenience.
type Mode string

const (
	// Demo makes missing keys and offers demo accounts.
	Demo Mode = "demo"
	// Production makes up nothing.
	Production Mode = "production"
)

// Load reads a configuration from KEY=value lines such as os.Environ(). Its error
// joins one line for each wrong setting; no line quotes a secret.
func Load(environ []string) (Config, error) {
	var c Config
	if err := env.ParseWithOptions(&c, env.Options{Environment: env.ToMap(environ)}); err != nil {
		return c, unreadable(err)
	}
	if c.Mode == "" {
		c.Mode = Production
		if c.PrivateStores() {
			c.Mode = Demo
		}
	}
	for _, hosts := range [][]string{c.WebhookAllow, c.PushAllow} {
		for i, host := range hosts {
			hosts[i] = strings.ToLower(strings.TrimSpace(host))
		}
	}
	if c.PushContact == "" && c.Mode == Demo {
		c.PushContact = demoContact
	}
	if c.PhotoDir == "" {
		c.PhotoDir = filepath.Join(c.DataDir, "photos")
	}
	if c.ImportDir == "" {
		c.ImportDir = filepath.Join(c.DataDir, "imports")
	}
	return c, c.validate()
}

// PrivateStores reports whether this program has to start its own Postgres and Redis.
func (c Config) PrivateStores() bool { return c.DatabaseURL == "" && c.RedisURL == "" }

// StoresDir is where private stores live.
func (c Config) StoresDir() string { return filepath.Join(c.DataDir, "run") }

func wrongSetting(name, rule string) error { return fmt.Errorf("%s: %s", name, rule) }

// unreadable says which settings could not be read as what they are, by the
// names that the operator knows.
func unreadable(err error) error {
	var all env.AggregateError
	if !errors.As(err, &all) {
		return err
	}
	var wrong []error
	for _, err := range all.Errors {
		var parse env.ParseError
		if !errors.As(err, &parse) {
			return err // a mistake in our struct, not in the environment
		}
		field, _ := reflect.TypeFor[Config]().FieldByName(parse.Name)
		wrong = append(wrong, wrongSetting(field.Tag.Get("env"), forms[parse.Type]))
	}
	return errors.Join(wrong...)
}

var forms = map[reflect.Type]string{
	reflect.TypeFor[int]():            "must be a whole number",
	reflect.TypeFor[bool]():           "must be true or false",
	reflect.TypeFor[time.Duration]():  "must be a duration, such as 8s, 30m or 12h",
	reflect.TypeFor[[]netip.Prefix](): "must be networks separated by commas, such as 10.0.0.0/8,fd00::/8",
	reflect.TypeFor[slog.Level]():     "must be debug, info, warn or error",
}
