package fieldapi

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
	"time"
)

// Contract is what this package promises, as an OpenAPI 3.1 document. The tests hold every exchange against it.
//
//go:embed openapi.yaml
var Contract []byte

func contract(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256(Contract)
	h := w.Header()
	h.Set("Content-Type", "application/yaml")
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(Contract))
}
