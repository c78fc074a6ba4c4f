package vault_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

func keys(t *testing.T) (*vault.Keys, vault.PrivateKey) {
	t.Helper()
	private, err := vault.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return &vault.Keys{Seal: private.Public(), Claim: []byte("claim key"), Mark: []byte("mark key")}, private
}

func TestOnlyTheOfflineKeyOpensASealedReporter(t *testing.T) {
	t.Parallel()
	k, private := keys(t)
	_, stranger := keys(t)
	clue, person := pg.NewID(), uuid.New()

	sealed, err := k.Sealing().Close(clue, "volunteer", vault.Identity{Person: &person, Phone: "+8613800000000"})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed.Box, []byte("13800000000")) || bytes.Contains(sealed.Box, person[:]) {
		t.Fatal("the box shows what is in it")
	}
	who, err := vault.Open(private, sealed)
	if err != nil || *who.Person != person || who.Phone != "+8613800000000" {
		t.Fatalf("opened: %+v, %v", who, err)
	}
	if _, err := vault.Open(stranger, sealed); err == nil {
		t.Fatal("another key opened it")
	}
	moved := sealed
	moved.Clue = pg.NewID()
	if _, err := vault.Open(private, moved); err == nil {
		t.Fatal("a box moved to another clue opened")
	}
}

func TestReportersWhoAreSealedTogetherAreOpenedApart(t *testing.T) {
	t.Parallel()
	k, private := keys(t)
	together := k.Sealing()
	var boxes []vault.Sealed
	for _, name := range []string{"one", "another"} {
		sealed, err := together.Close(pg.NewID(), "volunteer", vault.Identity{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		boxes = append(boxes, sealed)
	}
	for i, name := range []string{"one", "another"} {
		if who, err := vault.Open(private, boxes[i]); err != nil || who.Name != name {
			t.Errorf("opened %+v, %v instead of %s", who, err, name)
		}
	}
	boxes[0].Clue = boxes[1].Clue
	if _, err := vault.Open(private, boxes[0]); err == nil {
		t.Error("a box that was moved to a clue of the same sealing opened")
	}
	for n := range boxes[1].Box {
		cut := boxes[1]
		cut.Box = cut.Box[:n]
		if _, err := vault.Open(private, cut); err == nil {
			t.Fatalf("a box cut to %d bytes opened", n)
		}
	}
}

func TestKeysSurviveBeingWrittenDown(t *testing.T) {
	t.Parallel()
	k, private := keys(t)
	text, err := private.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var again vault.PrivateKey
	if err := again.UnmarshalText(text); err != nil {
		t.Fatal(err)
	}
	sealed, _ := k.Sealing().Close(pg.NewID(), "anonymous", vault.Identity{Name: "n"})
	if _, err := vault.Open(again, sealed); err != nil {
		t.Fatal(err)
	}
}

func TestTheApplicationCanStoreAReporterAndNeverReadOne(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	k, _ := keys(t)
	sealed, _ := k.Sealing().Close(pg.NewID(), "anonymous", vault.Identity{})
	vault.Store(tx, sealed)
	if err := tx.Flush(ctx); err != nil {
		t.Fatalf("store: %v", err)
	}
	for _, sql := range []string{"select * from sealed_reporters", "update sealed_reporters set kind = 'x'", "delete from sealed_reporters"} {
		ctx, tx := dbtest.Tx(t)
		if _, err := tx.Exec(ctx, sql); err == nil {
			t.Errorf("%s: allowed", sql)
		}
	}
}

func TestAClaimCodeIsKnownAgainHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	k, _ := keys(t)
	clue := pg.NewID()
	code := k.ClaimCode(clue, []byte("payload"))
	if code != k.ClaimCode(clue, []byte("payload")) {
		t.Fatal("a repeated submission got another code")
	}
	if code == k.ClaimCode(clue, []byte("other payload")) {
		t.Fatal("another payload got the same code")
	}
	want, err := k.ClaimHash(code)
	if err != nil {
		t.Fatal(err)
	}
	sloppy := strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(strings.ToLower(code))
	if got, err := k.ClaimHash("  " + sloppy); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("typed as %q: %v", sloppy, err)
	}
	for _, bad := range []string{"", "ABCD", code + "A", "!!!!-!!!!-!!!!-!!!!"} {
		if _, err := k.ClaimHash(bad); !fault.Is(err, "CLAIM_CODE_MALFORMED") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestMarksTellReportersApartAndNobodyWho(t *testing.T) {
	t.Parallel()
	k, _ := keys(t)
	other, _ := keys(t)
	other.Mark = []byte("another key")
	a, b := uuid.New(), uuid.New()
	if !bytes.Equal(k.MarkOf(a), k.MarkOf(a)) || bytes.Equal(k.MarkOf(a), k.MarkOf(b)) || bytes.Equal(k.MarkOf(a), other.MarkOf(a)) {
		t.Fatal("marks must depend on person and key, and on nothing else")
	}
}
