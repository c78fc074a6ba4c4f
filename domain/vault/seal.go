package vault

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"golang.org/x/crypto/chacha20poly1305"

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
	kem     = hpke.DHKEM(ecdh.X25519())
	kdf     = hpke.HKDFSHA256()
	exports = hpke.ExportOnly()
	purpose = []byte("gridwork sealed reporters")
)

// encapsulated is how many bytes at the front of a box are the encapsulated key.
const encapsulated = 32

const insertSealedSQL = `insert into sealed_reporters (clue_id, kind, sealed, sealed_at) values ($1, $2, $3, $4)`

// Sealing encrypts to the vault's public key what is known of the reporters whose reports are stored in one transaction.
// They share an encapsulation, which is what costs, and each has a key of its own, exported from it for the clue: so that
// no row can be moved to another clue unnoticed. That two reports came at the same time is known of them anyway.
type Sealing struct {
	to     PublicKey
	shared []byte // the encapsulated key; nil before the first reporter of whom anything is known
	sender *hpke.Sender
}

// Sealing begins one.
func (k *Keys) Sealing() *Sealing { return &Sealing{to: k.Seal} }

// Close encrypts what is known of a reporter.
func (s *Sealing) Close(clue uuid.UUID, kind string, who Identity) (Sealed, error) {
	if who.empty() {
		return Sealed{Clue: clue, Kind: kind}, nil
	}
	box, err := s.box(clue, who)
	if err != nil {
		return Sealed{}, fmt.Errorf("seal the reporter of clue %s: %w", clue, err)
	}
	return Sealed{Clue: clue, Kind: kind, Box: box}, nil
}

func (s *Sealing) box(clue uuid.UUID, who Identity) (box []byte, err error) {
	if s.sender == nil {
		if s.shared, s.sender, err = hpke.NewSender(s.to.PublicKey, kdf, exports, purpose); err != nil {
			return nil, err
		}
	}
	lock, err := lockOf(s.sender, clue)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	return lock.Seal(append([]byte(nil), s.shared...), once, plain, nil), nil //nolint:gosec // the key seals this one box, so its nonce may be any
}

// once is the nonce of a key that seals a single box.
var once = make([]byte, chacha20poly1305.NonceSize)

// lockOf is the cipher of one clue's box: ChaCha20-Poly1305 under a key exported for it.
func lockOf(side interface {
	Export(context string, length int) ([]byte, error)
}, clue uuid.UUID) (cipher.AEAD, error) {
	key, err := side.Export("clue "+clue.String(), chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.New(key)
}

// Store puts the sealed reporter into the vault, with the commit.
func Store(tx *pg.Tx, s Sealed) { tx.Queue(insertSealedSQL, s.Clue, s.Kind, s.Box, tx.Now) }

// Open is the offline key holder's: no server has the private key.
func Open(key PrivateKey, s Sealed) (Identity, error) {
	var who Identity
	if s.Box == nil {
		return who, nil
	}
	plain, err := s.open(key)
	if err != nil {
		return who, fmt.Errorf("open sealed reporter: %w", err)
	}
	return who, json.Unmarshal(plain, &who)
}

func (s Sealed) open(key PrivateKey) ([]byte, error) {
	if len(s.Box) < encapsulated {
		return nil, errors.New("the box is too short")
	}
	recipient, err := hpke.NewRecipient(s.Box[:encapsulated], key.PrivateKey, kdf, exports, purpose)
	if err != nil {
		return nil, err
	}
	lock, err := lockOf(recipient, s.Clue)
	if err != nil {
		return nil, err
	}
	return lock.Open(nil, once, s.Box[encapsulated:], nil)
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
