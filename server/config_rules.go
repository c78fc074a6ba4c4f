package server

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/redis/go-redis/v9"

	"gridwork/domain/notify"
	"gridwork/domain/vault"
)

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
