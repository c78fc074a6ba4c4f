package scenario

import (
	"net/http"
	"testing"

	"gridwork/graph"
	"gridwork/test/harness"
	"gridwork/test/protocol"
)

func TestTheServerSpeaksGraphQLOverHTTPAsItIsWritten(t *testing.T) {
	t.Parallel()
	s := open(t)
	report, err := protocol.Audit(t.Context(), s.URL+"/graphql", s.ByKey().Authorization)
	if err != nil {
		t.Errorf("%v\n%s", err, report)
	}
}

func TestInProductionPeopleSendTrustedDocumentsOnly(t *testing.T) {
	t.Parallel()
	s := open(t, harness.Production())
	dispatcher := s.TrustedSignIn(s.Dispatcher)

	// Documents of one's own, and the schema, are for other systems with a key.
	for name, document := range map[string]string{"free text": meQuery, "introspection": `{ __schema { queryType { name } } }`} {
		if a := dispatcher.Send(document, nil); a.Code() != "DOCUMENT_NOT_TRUSTED" || a.Status == http.StatusOK {
			t.Errorf("%s: status %d, code %q", name, a.Status, a.Code())
		}
		if a := s.ByKey().Send(document, nil); len(a.Errors) > 0 {
			t.Errorf("%s by key: %+v", name, a.Errors)
		}
	}

	// Every document of our own clients is known by its hash.
	for hash, document := range graph.Documents() {
		a := dispatcher.SendHash(hash, nil)
		if a.Code() == "DOCUMENT_NOT_TRUSTED" {
			t.Errorf("not trusted: %.80s", document)
		}
	}
}
