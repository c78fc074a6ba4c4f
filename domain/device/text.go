package device

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/google/uuid"
)

// EnrolmentText is what a handheld signs to prove that it holds the private half of the key that it brings: four lines,
// joined by a line feed, without one at the end.
//
//	gridwork-enrol-1
//	the device's id, in lower case
//	the person's id, in lower case
//	SHA-256 of the key's SubjectPublicKeyInfo, in lower-case hexadecimal
func EnrolmentText(device, person uuid.UUID, key Key) string {
	return strings.Join([]string{"gridwork-enrol-1", device.String(), person.String(), hexOf(key.DER)}, "\n")
}

// OperationText is what a handheld signs of each submission: six lines, joined by a line feed, without one at the end. Body
// and time are those that are sent, byte for byte.
//
//	gridwork-field-1
//	the device's id, in lower case
//	the operation's id, in lower case
//	its kind
//	when it was captured, as it is sent
//	SHA-256 of its body's UTF-8 bytes, in lower-case hexadecimal
func OperationText(device, operation uuid.UUID, kind, capturedAt, body string) string {
	return strings.Join([]string{"gridwork-field-1", device.String(), operation.String(), kind, capturedAt, hexOf([]byte(body))}, "\n")
}

func hexOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
