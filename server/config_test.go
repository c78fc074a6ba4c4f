package server

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/vault"
)

const (
	sealPublic = "1Vn2Il2JbRgtC/WUBzIF9tpjxxe81mM6aBZdyoYHwXI="
	claimKey   = "Y2xhaW1jbGFpbWNsYWltY2xhaW1jbGFpbWNsYWltY2w="
	markKey    = "bWFya21hcmttYXJrbWFya21hcmttYXJrbWFya21hcms="
	visitKey   = "dmlzaXR2aXNpdHZpc2l0dmlzaXR2aXNpdHZpc2l0dmk="
	pushKey    = "cHVzaHB1c2hwdXNocHVzaHB1c2hwdXNocHVzaHB1c2g="
	badgeKey   = "YmFkZ2ViYWRnZWJhZGdlYmFkZ2ViYWRnZWJhZGdlYmE="
)

// production is a complete environment, to which a test adds what it is about.
func production(more ...string) []string {
	return append([]string{
		"GRIDWORK_MODE=production",
		"DATABASE_URL=postgres://app:hush-db@db.internal/city",
		"REDIS_URL=redis://:hush-redis@redis.internal:6379/0",
		"SEAL_PUBLIC_KEY=" + sealPublic, "CLAIM_KEY=" + claimKey, "MARK_KEY=" + markKey, "BADGE_KEY=" + badgeKey, "VISIT_KEY=" + visitKey,
		"PUSH_CONTACT=mailto:city@example.org",
	}, more...)
}

func load(t *testing.T, environ ...string) Config {
	t.Helper()
	c, err := Load(environ)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnEmptyEnvironmentIsADemoOnPrivateStores(t *testing.T) {
	t.Parallel()
	c := load(t)
	if c.Mode != Demo || !c.PrivateStores() || c.Listen != "127.0.0.1:8080" || c.ShutdownGrace != 8*time.Second {
		t.Errorf("got %v", c)
	}
	if c.PhotoDir != filepath.Join(".data", "photos") || c.StoresDir() != filepath.Join(".data", "run") {
		t.Errorf("photos in %s, stores in %s", c.PhotoDir, c.StoresDir())
	}
}

func TestADatabaseOfOnesOwnIsProductionUnlessSaidOtherwise(t *testing.T) {
	t.Parallel()
	if c := load(t, production()[1:]...); c.Mode != Production || c.PrivateStores() {
		t.Errorf("got %v", c)
	}
	if c := load(t, production("GRIDWORK_MODE=demo")...); c.Mode != Demo || c.PrivateStores() {
		t.Errorf("got %v", c)
	}
}

func TestEveryWrongSettingIsOneLineThatNamesIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ setting, rule string }{
		{"GRIDWORK_MODE=prod", "must be demo or production"},
		{"DATABASE_URL=", "is required in production"},
		{"DATABASE_URL=mysql://app:hush@db/city", "must be a postgres:// URL"},
		{"DATABASE_URL=host=db password=hush", "must be a postgres:// URL"},
		{"DATABASE_URL=postgres://app:hush@db:port/city", "must be a postgres:// URL"},
		{"REDIS_URL=", "is required in production"},
		{"REDIS_URL=http://:hush@redis", "must be a redis://"},
		{"CITY=Shen Zhen", "must be a schema's name"},
		{"DB_POOL=1", "must be between 2 and 1000"},
		{"DB_POOL=many", "must be a whole number"},
		{"LISTEN=8080", "must be host:port"},
		{"LISTEN=localhost:99999", "must be host:port"},
		{"COOKIE_SECURE=false", "must be true in production"},
		{"COOKIE_SECURE=perhaps", "must be true or false"},
		{"TRUSTED_PROXIES=10.0.0.1", "must be networks"},
		{"SESSION_TTL=1s", "must be between 5m and 720h"},
		{"SESSION_TTL=12", "must be a duration"},
		{"SHUTDOWN_GRACE=10ms", "must be between 1s and 5m"},
		{"SEAL_PUBLIC_KEY=", "is required in production"},
		{"SEAL_PUBLIC_KEY=hush", "must be an X25519 public key"},
		{"CLAIM_KEY=", "is required in production"},
		{"CLAIM_KEY=aHVzaA==", "must be 32 random bytes"},
		{"MARK_KEY=", "is required in production"},
		{"MARK_KEY=hush hush", "must be 32 random bytes"},
		{"MARK_KEY=" + claimKey, "must differ from CLAIM_KEY"},
		{"BADGE_KEY=", "is required in production"},
		{"BADGE_KEY=" + markKey, "must differ from CLAIM_KEY and MARK_KEY"},
		{"VISIT_KEY=", "is required in production"},
		{"VISIT_KEY=" + badgeKey, "must differ from the other keys"},
		{"PUSH_KEY=aHVzaA==", "must be 32 random bytes"},
		{"PUSH_KEY=//////////////////////////////////////////8=", "must be 32 random bytes"}, // no scalar of P-256
		{"PUSH_KEY=" + visitKey, "must differ from the other keys"},
		{"PUSH_CONTACT=city@example.org", "must be a mailto: or https: address"},
		{"PUSH_ALLOW=https://push.example.org", "must be host names"},
		{"PUSH_PRIVATE=10.0.0.0/8", "must be set together with PUSH_ALLOW"},
		{"BADGE_TTL=1s", "must be between 1m and 1h"},
		{"HOTLINE=city hall", "must be a number to dial"},
		{"SMS_TOKEN=hush", "must be set together with SMS_URL"},
		{"HELP_CALL=police", "must be a number to dial"},
		{"HELP_TEXT=12", "must be a number to dial"},
		{"ALARM_KEEP=1h", "must be between 24h and 8760h"},
		{"WEBHOOK_ALLOW=hooks.example.org,https://hooks.example.org", "must be host names"},
		{"LOG_LEVEL=loud", "must be debug, info, warn or error"},
	} {
		t.Run(c.setting, func(t *testing.T) {
			t.Parallel()
			name, _, _ := strings.Cut(c.setting, "=")
			_, err := Load(production(c.setting))
			if err == nil || !strings.HasPrefix(err.Error(), name+": "+c.rule) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("a secret is quoted: %v", err)
			}
		})
	}
}

func TestTheGatewayOfTextMessagesNeedsTLSOutsideADemo(t *testing.T) {
	t.Parallel()
	gateway := []string{"SMS_URL=http://sms.internal/send", "SMS_TOKEN=hush"}
	if _, err := Load(production(gateway...)); err == nil || !strings.HasPrefix(err.Error(), "SMS_URL: must be an https://") {
		t.Errorf("got %v", err)
	}
	load(t, gateway...)
}

// Prevents: a demand for a key of what a city may do without, and a push service that cannot write to anybody.
func TestNotificationsAreAnOptionAndTheirServicesAreToldWhomToWriteTo(t *testing.T) {
	t.Parallel()
	if p, err := load(t, production()...).push(); p != nil || err != nil {
		t.Errorf("without a key: %v, %v", p, err)
	}
	if p, err := load(t, production("PUSH_KEY="+pushKey)...).push(); p == nil || err != nil {
		t.Errorf("with a key: %v", err)
	}
	if _, err := Load(production("PUSH_KEY="+pushKey, "PUSH_CONTACT=")); err == nil || !strings.HasPrefix(err.Error(), "PUSH_CONTACT: must be set together") {
		t.Errorf("without a contact: %v", err)
	}
	demo := load(t, "DATA_DIR="+t.TempDir())
	for range 2 {
		p, err := demo.push()
		if err != nil {
			t.Fatal(err)
		}
		if key, err := p.Key(); err != nil || len(key) != 87 {
			t.Errorf("a demo's: %q, %v", key, err)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, err := Load([]string{"GRIDWORK_MODE=production", "LISTEN=nowhere"})
	var names []string
	for line := range strings.Lines(err.Error()) {
		name, _, _ := strings.Cut(line, ":")
		names = append(names, name)
	}
	want := []string{"DATABASE_URL", "REDIS_URL", "LISTEN", "SEAL_PUBLIC_KEY", "CLAIM_KEY", "MARK_KEY", "BADGE_KEY", "VISIT_KEY"}
	if !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestHostsOfWebhooksAreComparedAsWritten(t *testing.T) {
	t.Parallel()
	c := load(t, "WEBHOOK_ALLOW=Hooks.Example.org, other.example.org")
	if want := []string{"hooks.example.org", "other.example.org"}; !slices.Equal(c.WebhookAllow, want) {
		t.Errorf("got %q", c.WebhookAllow)
	}
}

func TestNoPrintOfTheConfigurationShowsASecret(t *testing.T) {
	t.Parallel()
	c := load(t, production(
		"DATABASE_URL=postgres://app:hush-db@db.internal/city?sslmode=require&sslpassword=hush-ssl",
		"SMS_URL=https://user:hush-sms@sms.internal/send?token=hush-query", "SMS_TOKEN=hush-token")...)
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("starting", "config", c)
	fmt.Fprintf(&out, "%v %+v %s", c, c, c)

	for _, secret := range []string{"hush", claimKey, markKey, badgeKey, visitKey} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is printed: %s", secret, out.String())
		}
	}
	for _, shown := range []string{
		`"DATABASE_URL":"postgres://app:redacted@db.internal/city?sslmode=require`, `"SESSION_TTL":"12h0m0s"`,
		`"LOG_LEVEL":"INFO"`, `"GRIDWORK_MODE":"production"`, sealPublic, `"CLAIM_KEY":"redacted"`,
	} {
		if !strings.Contains(strings.ReplaceAll(out.String(), `\u0026`, "&"), shown) {
			t.Errorf("%s is missing: %s", shown, out.String())
		}
	}
}

func TestADemoMakesItsKeysOnceAndKeepsThemToItself(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	c := load(t, "DATA_DIR="+dir)
	// Given several programs that need keys at the same time
	keys := make([]*vault.Keys, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], err = c.Keys(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	// Then all have the same, also after a restart
	person := uuid.New()
	again, err := load(t, "DATA_DIR="+dir).Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range append(keys, again) {
		if !bytes.Equal(k.MarkOf(person), keys[0].MarkOf(person)) || !bytes.Equal(k.Claim, keys[0].Claim) ||
			!bytes.Equal(k.Seal.Bytes(), keys[0].Seal.Bytes()) {
			t.Fatal("two programs of one demo have different keys")
		}
	}
	// And nobody else reads them
	entries, err := os.ReadDir(filepath.Join(dir, "keys"))
	if err != nil || len(entries) != 3 {
		t.Errorf("the folder of keys holds %v: %v", entries, err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", entry.Name(), info.Mode())
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "keys")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of keys has mode %v: %v", info.Mode(), err)
	}
	if bytes.Equal(keys[0].Claim, keys[0].Mark) {
		t.Error("claim codes and marks share a key")
	}
}

func TestGivenKeysAreUsedAndNoneIsMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k, err := load(t, production("DATA_DIR="+dir)...).Keys()
	if err != nil {
		t.Fatal(err)
	}
	if string(k.Claim) != "claimclaimclaimclaimclaimclaimcl" || string(k.Mark) != "markmarkmarkmarkmarkmarkmarkmark" {
		t.Errorf("claim %q, mark %q", k.Claim, k.Mark)
	}
	if seal, err := k.Seal.MarshalText(); string(seal) != sealPublic {
		t.Errorf("seal %s: %v", seal, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("production made %v: %v", entries, err)
	}
}

func TestADamagedKeyIsNotReplacedInSilence(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"seal.private", "claim.key", "mark.key"} {
		c := load(t, "DATA_DIR="+t.TempDir())
		if _, err := c.Keys(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(c.DataDir, "keys", name)
		if err := os.WriteFile(path, []byte("hush"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Keys(); err == nil || !strings.Contains(err.Error(), path+" is damaged") || strings.Contains(err.Error(), "hush") {
			t.Errorf("got %v", err)
		}
	}
}
