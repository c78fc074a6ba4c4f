package server

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gridwork/domain/badge"
	"gridwork/domain/notify"
	"gridwork/domain/vault"
	"gridwork/domain/visit"
)

// Keys are the vault's. In demo mode missing ones are made once and kept in
// DATA_DIR/keys, among them the half that opens sealed reporters: in production
// only the key holder has it.
func (c Config) Keys() (*vault.Keys, error) {
	var k vault.Keys
	seal, err := c.made(c.SealPublicKey, keyring.sealKey)
	if err == nil {
		err = k.Seal.UnmarshalText([]byte(seal))
	}
	if err == nil {
		k.Claim, err = c.secret(c.ClaimKey, "claim.key")
	}
	if err == nil {
		k.Mark, err = c.secret(c.MarkKey, "mark.key")
	}
	if err != nil {
		return nil, fmt.Errorf("the vault's keys: %w", err)
	}
	return &k, nil
}

// badges signs what grid workers show at doors.
func (c Config) badges() (badge.Key, error) { return c.secret(c.BadgeKey, "badge.key") }

// Visits makes the codes that hang at premises.
func (c Config) Visits() (visit.Key, error) { return c.secret(c.VisitKey, "visit.key") }

// push shows notifications on handhelds; nil: this installation has no key to do it with.
func (c Config) push() (*notify.Push, error) {
	key, err := c.secret(c.PushKey, "push.key")
	if err != nil || len(key) == 0 {
		return nil, err
	}
	p, err := notify.NewPush(key, c.PushContact, notify.Policy{Hosts: c.PushAllow, Private: c.PushPrivate})
	if err != nil {
		return nil, fmt.Errorf("PUSH_KEY: %w", err)
	}
	return p, nil
}

// secret is a setting of 32 bytes, kept under a name where it was made.
func (c Config) secret(text, name string) ([]byte, error) {
	text, err := c.made(text, func(r keyring) (string, error) { return r.secret(name) })
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

// made is a setting, or in demo mode what is made in its stead.
func (c Config) made(text string, generate func(keyring) (string, error)) (string, error) {
	if text != "" || c.Mode != Demo {
		return text, nil
	}
	return generate(keyring(filepath.Join(c.DataDir, "keys")))
}

// keyring is the folder where demo mode keeps the keys it made.
type keyring string

func (r keyring) sealKey() (string, error) {
	text, err := r.keep("seal.private", func() (string, error) {
		key, err := vault.GenerateKey()
		if err != nil {
			return "", err
		}
		text, err := key.MarshalText()
		return string(text), err
	})
	if err != nil {
		return "", err
	}
	var key vault.PrivateKey
	if err := key.UnmarshalText([]byte(text)); err != nil {
		return "", r.damaged("seal.private")
	}
	public, err := key.Public().MarshalText()
	return string(public), err
}

func (r keyring) secret(name string) (string, error) {
	text, err := r.keep(name, func() (string, error) {
		raw := make([]byte, secretLen)
		_, err := rand.Read(raw)
		return base64.StdEncoding.EncodeToString(raw), err
	})
	if err == nil && !isSecret(text) {
		err = r.damaged(name)
	}
	return text, err
}

func (r keyring) damaged(name string) error {
	return fmt.Errorf("%s is damaged: restore it, or remove it and lose what was made with it", filepath.Join(string(r), name))
}

// keep reads a key, or makes it. Of programs that make it at the same time, the
// first to link its file into place wins, and all use that one.
func (r keyring) keep(name string, generate func() (string, error)) (string, error) {
	path := filepath.Join(string(r), name)
	if text, err := os.ReadFile(path); !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(text)), err
	}
	text, err := generate()
	if err != nil {
		return "", err
	}
	// The stores' account has to pass through the data folder, but not through this one.
	if err := os.MkdirAll(filepath.Dir(string(r)), 0o755); err != nil {
		return "", err
	}
	if err := os.MkdirAll(string(r), 0o700); err != nil {
		return "", err
	}
	draft, err := os.CreateTemp(string(r), name+".*") // mode 0600
	if err != nil {
		return "", err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(text + "\n")
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return "", err
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	kept, err := os.ReadFile(path)
	return strings.TrimSpace(string(kept)), err
}
