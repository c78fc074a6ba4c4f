package visit

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"gridwork/domain/vault"
)

// Key makes the codes: 32 bytes. It is needed to print them and not to know them again; with another key the codes that hang stay what
// they are, and none of them can be printed once more.
type Key []byte

// code is what is printed for a version, XXXX-XXXX-XXXX-XXXX. It is derived, so that it can be printed again although it stands nowhere.
func (k Key) code(premises string, version int) string {
	h := hmac.New(sha256.New, k)
	_, _ = fmt.Fprintf(h, "gridwork-visit-1\n%d\n%s", version, premises) // never fails
	return vault.Spell(h.Sum(nil))
}

// digest is what is stored of a code, whichever way people type it; ok is false for what no code looks like. No key is needed: 80 bits
// are not guessed.
func digest(code string) (hash []byte, ok bool) {
	raw, ok := vault.Unspell(code)
	sum := sha256.Sum256(raw)
	return sum[:], ok
}
