package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"

	"gridwork/domain/vault"
)

type vaultCommand struct {
	Keygen vaultKeygen `cmd:"" help:"Make a key pair: the public half goes to the servers, the private half stays offline."`
	Open   vaultOpen   `cmd:"" help:"Open sealed reporters with the private key, on the key holder's own machine."`
}

type vaultKeygen struct{}

func (vaultKeygen) Run() error {
	key, err := vault.GenerateKey()
	if err != nil {
		return err
	}
	private, err := key.MarshalText()
	if err != nil {
		return err
	}
	public, err := key.Public().MarshalText()
	if err != nil {
		return err
	}
	fmt.Printf("SEAL_PUBLIC_KEY=%s\nprivate key (offline, never on a server): %s\n", public, private)
	return nil
}

type vaultOpen struct {
	Key string `arg:"" type:"existingfile" help:"A file with the private key."`
}

// sealedRow is one row of sealed_reporters as the vault's owner exports it:
// select json_build_object('clue', clue_id, 'kind', kind, 'sealed', encode(sealed, 'base64')) from sealed_reporters …
type sealedRow struct {
	Clue   uuid.UUID `json:"clue"`
	Kind   string    `json:"kind"`
	Sealed string    `json:"sealed"`
}

// Run reads one JSON row a line and writes what each holds.
func (c vaultOpen) Run() error {
	text, err := os.ReadFile(c.Key)
	if err != nil {
		return err
	}
	var key vault.PrivateKey
	if err := key.UnmarshalText(bytes.TrimSpace(text)); err != nil {
		return fmt.Errorf("%s is not a private key", c.Key)
	}
	return openRows(key, os.Stdin, os.Stdout)
}

func openRows(key vault.PrivateKey, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		var row sealedRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return fmt.Errorf("line %d is not a sealed row", n)
		}
		box, err := base64.StdEncoding.DecodeString(row.Sealed)
		if err != nil {
			return fmt.Errorf("line %d: the box is not base64", n)
		}
		if len(box) == 0 {
			box = nil
		}
		who, err := vault.Open(key, vault.Sealed{Clue: row.Clue, Kind: row.Kind, Box: box})
		if err != nil {
			return fmt.Errorf("line %d: this key does not open it", n)
		}
		opened, err := json.Marshal(struct {
			Clue uuid.UUID      `json:"clue"`
			Kind string         `json:"kind"`
			Who  vault.Identity `json:"who"`
		}{row.Clue, row.Kind, who})
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\n", opened)
	}
	return lines.Err()
}
