package transport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// persistedQuery is the request extension that names a document by its hash.
const persistedQuery = "persistedQuery"

// TrustedDocuments lets own clients send their operations by hash and keeps everyone else from sending
// operations of their own making, unless MayFreeText says they may. A listed document sent in full is the
// same document, and trusted too.
type TrustedDocuments struct {
	// Documents by the lower-case hex SHA-256 of their text.
	Documents map[string]string
	// MayFreeText says whether this caller may send other documents; nil means nobody may.
	MayFreeText func(context.Context) bool
}

var _ graphql.OperationParameterMutator = TrustedDocuments{}

// ExtensionName names the extension in gqlgen's statistics.
func (TrustedDocuments) ExtensionName() string { return "TrustedDocuments" }

// Validate checks that each document has the hash it is listed under.
func (d TrustedDocuments) Validate(graphql.ExecutableSchema) error {
	for hash, document := range d.Documents {
		if sum(document) != hash {
			return fmt.Errorf("trusted document %q is not the text of that hash", hash)
		}
	}
	return nil
}

// MutateOperationParameters replaces a hash by its document, or refuses.
func (d TrustedDocuments) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	hash, given, err := namedHash(p.Extensions)
	if err != nil {
		return err
	}
	if p.Query == "" && given {
		document, trusted := d.Documents[hash]
		if !trusted {
			return refusal(CodeNotTrusted, "no trusted document has this hash: the client may be older or newer than the server")
		}
		p.Query = document
		return nil
	}
	actual := sum(p.Query)
	if given && actual != hash {
		return refusal(CodeMalformed, "the document does not have the hash it was sent with")
	}
	if _, trusted := d.Documents[actual]; trusted {
		return nil
	}
	if d.MayFreeText == nil || !d.MayFreeText(ctx) {
		return refusal(CodeNotTrusted, "documents of one's own need an API key or developer mode")
	}
	return nil
}

func namedHash(extensions map[string]any) (hash string, given bool, err *gqlerror.Error) {
	extension, given := extensions[persistedQuery]
	if !given || extension == nil {
		return "", false, nil
	}
	fields, _ := extension.(map[string]any)
	hash, ok := fields["sha256Hash"].(string)
	if !ok {
		return "", false, refusal(CodeMalformed, "extensions.persistedQuery.sha256Hash must be a string")
	}
	return hash, true, nil
}

func sum(document string) string {
	h := sha256.Sum256([]byte(document))
	return hex.EncodeToString(h[:])
}
