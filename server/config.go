// Package server is the process: its configuration, routes, middleware and lifecycle.
package server

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/redis/go-redis/v9"

	"gridwork/domain/notify"
	"gridwork/domain/vault"
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
	return c, c.validate()
}

// PrivateStores reports whether this program has to start its own Postgres and Redis.
func (c Config) PrivateStores() bool { return c.DatabaseURL == "" && c.RedisURL == "" }

// StoresDir is where private stores live.
func (c Config) StoresDir() string { return filepath.Join(c.DataDir, "run") }

func (c Config) validate() error {
	var wrong []error
	must := func(ok bool, name, rule string) {
		if !ok {
			wrong = append(wrong, wrongSetting(name, rule))
		}
	}
	production := c.Mode == Production
	ownStores := production || !c.PrivateStores()
	must(c.Mode == Demo || production, "GRIDWORK_MODE", "must be demo or production")

	must(c.DatabaseURL != "" || !ownStores, "DATABASE_URL", "is required in production, and when REDIS_URL is set")
	must(c.DatabaseURL == "" || isPostgresURL(c.DatabaseURL), "DATABASE_URL", "must be a postgres:// URL")
	must(c.RedisURL != "" || !ownStores, "REDIS_URL", "is required in production, and when DATABASE_URL is set")
	must(c.RedisURL == "" || isRedisURL(c.RedisURL), "REDIS_URL", "must be a redis://, rediss:// or unix:// URL")
	must(schemaName.MatchString(c.City), "CITY", "must be a schema's name: lower-case letters, digits and _, at most 40")
	must(c.DBPool >= 2 && c.DBPool <= 1000, "DB_POOL", "must be between 2 and 1000 connections")

	must(isListenAddress(c.Listen), "LISTEN", "must be host:port, such as 127.0.0.1:8080")
	must(c.CookieSecure || !production, "COOKIE_SECURE", "must be true in production")
	must(c.SessionTTL >= 5*time.Minute && c.SessionTTL <= 720*time.Hour, "SESSION_TTL", "must be between 5m and 720h")
	must(c.ShutdownGrace >= time.Second && c.ShutdownGrace <= 5*time.Minute, "SHUTDOWN_GRACE", "must be between 1s and 5m")

	for _, key := range []struct {
		name, text, rule string
		valid            func(string) bool
	}{
		{"SEAL_PUBLIC_KEY", c.SealPublicKey, "must be an X25519 public key in base64", isSealKey},
		{"CLAIM_KEY", c.ClaimKey, secretRule, isSecret},
		{"MARK_KEY", c.MarkKey, secretRule, isSecret},
		{"BADGE_KEY", c.BadgeKey, secretRule, isSecret},
		{"VISIT_KEY", c.VisitKey, secretRule, isSecret},
	} {
		must(key.text != "" || !production, key.name, "is required in production; it "+key.rule)
		must(key.text == "" || key.valid(key.text), key.name, key.rule)
	}
	must(c.ClaimKey == "" || c.ClaimKey != c.MarkKey, "MARK_KEY", "must differ from CLAIM_KEY")
	must(c.BadgeKey == "" || c.BadgeKey != c.ClaimKey && c.BadgeKey != c.MarkKey, "BADGE_KEY", "must differ from CLAIM_KEY and MARK_KEY")
	must(c.VisitKey == "" || c.VisitKey != c.ClaimKey && c.VisitKey != c.MarkKey && c.VisitKey != c.BadgeKey, "VISIT_KEY", "must differ from the other keys")
	must(c.PushKey == "" || isPushKey(c.PushKey), "PUSH_KEY", secretRule)
	must(c.PushKey == "" || !slices.Contains([]string{c.ClaimKey, c.MarkKey, c.BadgeKey, c.VisitKey}, c.PushKey), "PUSH_KEY", "must differ from the other keys")
	must(c.PushKey == "" || c.PushContact != "", "PUSH_CONTACT", "must be set together with PUSH_KEY")
	must(c.PushContact == "" || isContact(c.PushContact), "PUSH_CONTACT", "must be a mailto: or https: address")
	must(len(c.PushPrivate) == 0 || len(c.PushAllow) > 0, "PUSH_PRIVATE", "must be set together with PUSH_ALLOW: handhelds name the addresses")
	must(c.BadgeTTL >= time.Minute && c.BadgeTTL <= time.Hour, "BADGE_TTL", "must be between 1m and 1h")

	must(c.PhotoBucket == "" || isBucketURL(c.PhotoBucket), "PHOTO_BUCKET", "must be s3:// with the name of a bucket")
	must(c.SMSURL == "" || isGatewayURL(c.SMSURL, production), "SMS_URL", "must be an https:// URL (http:// only in demo mode)")
	must((c.SMSURL == "") == (c.SMSToken == ""), "SMS_TOKEN", "must be set together with SMS_URL")
	must(phoneNumber.MatchString(c.Hotline), "HOTLINE", phoneRule)
	must(c.HelpCall == "" || phoneNumber.MatchString(c.HelpCall), "HELP_CALL", phoneRule)
	must(c.HelpText == "" || phoneNumber.MatchString(c.HelpText), "HELP_TEXT", phoneRule)
	must(c.AlarmKeep >= 24*time.Hour && c.AlarmKeep <= 8760*time.Hour, "ALARM_KEEP", "must be between 24h and 8760h")
	for name, hosts := range map[string][]string{"WEBHOOK_ALLOW": c.WebhookAllow, "PUSH_ALLOW": c.PushAllow} {
		for _, host := range hosts {
			must(hostName.MatchString(host), name, fmt.Sprintf("must be host names separated by commas, which %q is not", host))
		}
	}
	return errors.Join(wrong...)
}

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

// secretLen is the length in bytes of an HMAC key: that of its hash, SHA-256.
const secretLen = 32

const secretRule = "must be 32 random bytes in base64 (openssl rand -base64 32 makes some)"

const phoneRule = "must be a number to dial, such as 110 or +8675588880000"

var (
	phoneNumber = regexp.MustCompile(`^\+?[0-9]{3,15}$`)
	schemaName  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	hostName    = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
)

func isPostgresURL(text string) bool {
	// Postgres's other notation, host=… password=…, would slip past the redaction.
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return false
	}
	_, err = pgconn.ParseConfig(text)
	return err == nil
}

func isRedisURL(text string) bool {
	_, err := redis.ParseURL(text)
	return err == nil
}

func isListenAddress(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func isGatewayURL(text string, production bool) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && !production)
}

func isBucketURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "s3" && u.Host != "" && u.User == nil
}

func isSealKey(text string) bool {
	var key vault.PublicKey
	return key.UnmarshalText([]byte(text)) == nil
}

// demoContact is told to push services by a demo city, which nobody writes to.
const demoContact = "mailto:demo@gridwork.invalid"

func isContact(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "mailto" && strings.Contains(u.Opaque, "@") || u.Scheme == "https" && u.Host != "")
}

// isPushKey: nearly all 32 bytes are a private key of P-256, and those few that are not are no key.
func isPushKey(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	_, err = notify.PushKey(raw).Public()
	return err == nil
}

func isSecret(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	return err == nil && len(raw) == secretLen
}
