// Package vault keeps who reported a clue apart from the clue.
//
// A signed-in reporter's clues carry a mark: a keyed pseudonym by which the platform finds "my clues" and knows the
// same reporter again without knowing whom. The identity itself is sealed to a public key at the web tier, before it
// reaches a store; the private half is kept offline, by the key holder. The application may add sealed rows and
// never read one: they belong to another database role.
package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"

	"gridwork/fault"
)

// claimBytes is the strength of a claim code: 80 bits.
const claimBytes = 10

// crockford is base 32 without the letters that people misread (I, L, O, U).
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// misread folds what people type back to what was printed.
var misread = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1")

// Keys are the secrets of the web tier. None of them opens a sealed reporter.
type Keys struct {
	Seal  PublicKey // sealed reporters are encrypted to it
	Claim []byte    // HMAC key of claim codes, 32 bytes
	Mark  []byte    // HMAC key of marks, 32 bytes
}

// MarkOf is the pseudonym of a person's clues: the same for all of them, and useless without the key.
func (k *Keys) MarkOf(person uuid.UUID) []byte { return keyed(k.Mark, person[:]) }

// ClaimCode is what an anonymous reporter follows a clue by, as XXXX-XXXX-XXXX-XXXX. It is derived, so that a repeated
// submission is answered with the same code although only its hash is stored.
func (k *Keys) ClaimCode(clue uuid.UUID, payloadHash []byte) string {
	return Spell(keyed(k.Claim, []byte("code"), clue[:], payloadHash))
}

// Spell writes the first 80 bits of raw as people read and type them: XXXX-XXXX-XXXX-XXXX.
func Spell(raw []byte) string {
	code := crockford.EncodeToString(raw[:claimBytes])
	return strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-")
}

// Unspell reads such 80 bits, whichever way people type them; ok is false for what they are not.
func Unspell(code string) (raw []byte, ok bool) {
	plain := misread.Replace(strings.ToUpper(strings.TrimSpace(code)))
	raw, err := crockford.DecodeString(plain)
	return raw, err == nil && len(plain) == crockford.EncodedLen(claimBytes)
}

// ClaimHash is what is stored of a claim code, whichever way people type it.
func (k *Keys) ClaimHash(code string) ([]byte, error) {
	raw, ok := Unspell(code)
	if !ok {
		return nil, fault.Invalid("CLAIM_CODE_MALFORMED", "a claim code has 16 letters and digits")
	}
	return keyed(k.Claim, []byte("hash"), raw), nil
}

func keyed(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}
