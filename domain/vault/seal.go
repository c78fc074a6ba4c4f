package vault

import (
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Identity is what the platform was told of a reporter. All of it is optional.
type Identity struct {
	Person *uuid.UUID `json:"person,omitempty"`
	Name   string     `json:"name,omitempty"`
	Phone  string     `json:"phone,omitempty"` // E.164
}

func (i Identity) empty() bool { return i == Identity{} }

// Sealed is a row of the vault, encrypted before it leaves the web tier.
type Sealed struct {
	Clue uuid.UUID
	Kind string
	Box  []byte // nil when nothing was told
}

// PublicKey and PrivateKey are X25519 keys, written in base64.
type (
	PublicKey  struct{ hpke.PublicKey }
	PrivateKey struct{ hpke.PrivateKey }
)

var (
	kem  = hpke.DHKEM(ecdh.X25519())
	kdf  = hpke.HKDFSHA256()
	aead = hpke.ChaCha20Poly1305()
)

const insertSealedSQL = `insert into sealed_reporters (clue_id, kind, sealed, sealed_at) values ($1, $2, $3, $4)`

// Close encrypts what is known of a reporter to the vault's public key. The clue's id is bound into it, so that no
// row can be moved to another clue unnoticed.
func (k *Keys) Close(clue uuid.UUID, kind string, who Identity) (Sealed, error) {
	if who.empty() {
		return Sealed{Clue: clue, Kind: kind}, nil
	}
	plain, err := json.Marshal(who)
	if err != nil {
		return Sealed{}, err
	}
	box, err := hpke.Seal(k.Seal.PublicKey, kdf, aead, info(clue), plain)
	if err != nil {
		return Sealed{}, fmt.Errorf("seal reporter: %w", err)
	}
	return Sealed{Clue: clue, Kind: kind, Box: box}, nil
}

// Store puts the sealed reporter into the vault, with the commit.
func Store(tx *pg.Tx, s Sealed) { tx.Queue(insertSealedSQL, s.Clue, s.Kind, s.Box, tx.Now) }

// Open is the offline key holder's: no server has the private key.
func Open(key PrivateKey, s Sealed) (Identity, error) {
	var who Identity
	if s.Box == nil {
		return who, nil
	}
	plain, err := hpke.Open(key.PrivateKey, kdf, aead, info(s.Clue), s.Box)
	if err != nil {
		return who, fmt.Errorf("open sealed reporter: %w", err)
	}
	return who, json.Unmarshal(plain, &who)
}

// GenerateKey makes a key pair for a new vault.
func GenerateKey() (PrivateKey, error) {
	key, err := kem.GenerateKey()
	return PrivateKey{key}, err
}

// Public is the half that servers may know.
func (k PrivateKey) Public() PublicKey { return PublicKey{k.PrivateKey.PublicKey()} }

func (k PrivateKey) MarshalText() ([]byte, error) {
	raw, err := k.Bytes()
	return []byte(base64.StdEncoding.EncodeToString(raw)), err
}

func (k *PrivateKey) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil {
		return err
	}
	k.PrivateKey, err = kem.NewPrivateKey(raw)
	return err
}

func (k PublicKey) MarshalText() ([]byte, error) {
	return []byte(base64.StdEncoding.EncodeToString(k.Bytes())), nil
}

func (k *PublicKey) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil {
		return err
	}
	k.PublicKey, err = kem.NewPublicKey(raw)
	return err
}

func info(clue uuid.UUID) []byte { return append([]byte("gridwork sealed reporter "), clue[:]...) }
