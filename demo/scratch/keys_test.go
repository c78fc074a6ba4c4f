package scratch

import (
	"testing"

	"gridwork/server"
)

// Prevents: a made-up city that signs badges, or prints codes, with the real one's keys.
func TestAScratchCityHasNoKeyOfTheRealOne(t *testing.T) {
	t.Parallel()
	p := &Platform{city: "scratch", folder: t.TempDir()}
	c := p.configure(server.Config{SealPublicKey: "x", ClaimKey: "x", MarkKey: "x", BadgeKey: "x", VisitKey: "x", PushKey: "x", PhotoBucket: "s3://real"})
	if kept := c.SealPublicKey + c.ClaimKey + c.MarkKey + c.BadgeKey + c.VisitKey + c.PushKey + c.PhotoBucket; kept != "" {
		t.Errorf("it keeps %q", kept)
	}
}
