package scenario

import (
	"net/http"
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestAnUploadThatIsCutGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	s := open(t)
	stranger := s.Anyone()
	picture := harness.Picture(t, "cut eight times")

	// Given a line that breaks after every eighth of a photo, each time with an answer that is not heard,
	place := stranger.Begin(picture)
	eighth := len(picture.Bytes)/8 + 1
	for from := 0; from < len(picture.Bytes); from += eighth {
		part := picture.Bytes[from:min(from+eighth, len(picture.Bytes))]
		if a := stranger.Continue(place, from, part); a.Status != http.StatusNoContent {
			t.Fatalf("part at %d: %d %s", from, a.Status, a.Body)
		}
		if a := stranger.Continue(place, from, part); a.Status != http.StatusConflict {
			t.Errorf("the same part again: %d", a.Status)
		}
		if at := stranger.Uploaded(place); at != from+len(part) {
			t.Fatalf("the platform has %d bytes of %d", at, from+len(part))
		}
	}

	// when the report comes last, then its photo is there all the same.
	r := s.submit(stranger, tip{Text: "见图", Category: fixture.Rubbish, Cell: 0, Photos: []harness.Photo{picture}})
	s.Eventually("the photo can be seen", func() bool {
		return s.clueAs(s.As(s.Dispatcher), r.ID).Photos[0].State == "READY"
	})
}

func TestNobodyPutsAnotherPictureUnderAPhotosId(t *testing.T) {
	t.Parallel()
	s := open(t)
	picture := harness.Picture(t, "first")
	s.Anyone().Upload(picture)
	r := s.submit(s.Anyone(), tip{Text: "见图", Category: fixture.Rubbish, Cell: 0, Photos: []harness.Photo{picture}})

	other := harness.Picture(t, "second")
	other.ID = picture.ID
	forger := s.Anyone()
	place := forger.Begin(other)
	if a := forger.Continue(place, 0, other.Bytes); a.Status != http.StatusConflict {
		t.Errorf("other bytes under the same id: %d %s", a.Status, a.Body)
	}
	// Nor does somebody else's report get hold of it.
	in := s.input(tip{Text: "别人的图", Category: fixture.Rubbish, Cell: 0, Photos: []harness.Photo{picture}})
	s.refused(forger, submitClue, in, "PHOTO_ID_REUSED")
	s.Eventually("the photo can be seen", func() bool {
		return s.clueAs(s.As(s.Dispatcher), r.ID).Photos[0].State == "READY"
	})
}
