package scenario

import (
	"fmt"
	"strings"
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// Canaries: each stands for something that would make a reporter known.
const (
	canaryName    = "金丝雀雀雀"
	canaryPhone   = "+8613977778888"
	canaryAddress = "203.0.113.77"
	canaryCamera  = "CanaryCam-7741"
)

func TestNothingThatMakesAReporterKnownIsKeptAnywhere(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given reporters who tell who they are in every way there is: a contact, an address, a photo's metadata,
	contact := harness.Vars{"name": canaryName, "phone": canaryPhone}
	picture := harness.Picture(t, canaryCamera)
	stranger := s.Anyone()
	stranger.Address = canaryAddress
	tipped := s.submit(stranger, tip{Text: "厂房违规住人", Category: fixture.Hydrant, Cell: 0, Contact: contact, Photos: []harness.Photo{picture}})
	stranger.Upload(picture)
	volunteer := s.SignIn(s.Volunteer)
	volunteer.Address = canaryAddress
	named := s.submit(volunteer, tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 1, Contact: contact})
	hidden := s.submit(volunteer, tip{Text: "私下举报", Category: fixture.Rubbish, Cell: 2, Anonymous: true, Contact: contact})

	// some of whose requests go wrong,
	broken := s.input(tip{Text: "错误", Category: "9999", Cell: 0, Contact: contact})
	s.refused(stranger, submitClue, broken, "UNKNOWN_CATEGORY")
	stranger.PostRaw([]byte(`{"query": "` + canaryPhone + `"}`))
	stranger.Send("{ "+strings.ReplaceAll(canaryCamera, "-", "")+" }", harness.Vars{"x": canaryName})
	stranger.Get("/photos/" + canaryPhone + "/copy")
	stranger.Get("/" + canaryCamera)

	// when the whole loop has run over what they said, and one looks after the own report,
	s.close(s.file(tipped, fixture.Hydrant))
	s.close(s.file(named, fixture.Rubbish))
	s.track(*tipped.ClaimCode)
	follower := s.Anyone()
	follower.Address = canaryAddress
	_, refused := attempt[struct{}](follower, contestOutcome, harness.Vars{"claimCode": *tipped.ClaimCode, "reason": "没有整改"})
	if refused != nil {
		t.Fatalf("contested: %v", refused)
	}
	s.Settle()

	// then neither the database, nor Redis, the log or a file that anybody sees holds any of it.
	kept := s.Kept()
	for place, content := range map[string]string{"table gridwork.clues": "厂房违规住人", "log": `"msg":"request"`} {
		if !strings.Contains(kept[place], content) {
			t.Fatalf("the search is blind: %q is not found in %s", content, place)
		}
	}
	for place, content := range kept {
		if strings.HasPrefix(place, "file photos/originals/") || strings.HasPrefix(place, "file photos/incoming/") {
			continue // sealed as they came: nobody is shown one
		}
		for _, canary := range []string{canaryName, canaryPhone, canaryPhone[1:], canaryAddress, canaryCamera, *tipped.ClaimCode, *hidden.ClaimCode} {
			for _, spelling := range []string{canary, fmt.Sprintf("%x", canary), strings.ReplaceAll(canary, "-", "")} {
				if strings.Contains(content, spelling) {
					t.Errorf("%q is kept in %s", spelling, place)
				}
			}
		}
	}

	// Nor is the volunteer's id anywhere beside a clue: only sealed, and as a mark that leads to nobody.
	s.unlinked(named, hidden)
}

// unlinked holds what is stored of clues against the volunteer who reported them.
func (s *stage) unlinked(named, hidden receipt) {
	s.t.Helper()
	id := s.Volunteer.ID.String()
	for place, content := range s.Kept() {
		for line := range strings.Lines(content) {
			if strings.Contains(line, id) && (strings.Contains(line, named.ID.String()) || strings.Contains(line, hidden.ID.String())) {
				s.t.Errorf("%s tells who reported: %s", place, line)
			}
		}
	}
	// The one who hid the name is not even joined to the own other report.
	if mark := s.Column("select coalesce(encode(mark, 'hex'), '') from clues where id = $1", hidden.ID); mark != "" {
		s.t.Errorf("the hidden report carries mark %s", mark)
	}
	mark := s.Column("select encode(mark, 'hex') from clues where id = $1", named.ID)
	for _, derived := range []string{id, strings.ReplaceAll(id, "-", "")} {
		if strings.Contains(mark, derived) {
			s.t.Errorf("the mark %s spells the volunteer's id", mark)
		}
	}
}

func TestTheApplicationCannotReadTheVault(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.submit(s.As(s.Volunteer), tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	for _, statement := range []string{
		"select * from sealed_reporters", "delete from sealed_reporters", "update sealed_reporters set kind = 'x'",
		"delete from audits", "update audits set actor = 'x'", "truncate audits",
	} {
		if err := s.AsApplication(statement); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestStaffReadOfAReporterOnlyWhatSortOfReporterItIs(t *testing.T) {
	t.Parallel()
	s := open(t)
	c, _ := s.filed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0, Contact: harness.Vars{"name": canaryName, "phone": canaryPhone}})
	for _, p := range []*harness.Person{s.Dispatcher, s.DutyLead, s.Supervisor} {
		for _, a := range []harness.Answer{
			s.As(p).Send(caseQuery, harness.Vars{"id": c.ID}),
			s.As(p).Send(clueQuery, harness.Vars{"id": s.read(s.As(p), c.ID).Clues[0].ID}),
		} {
			for _, secret := range []string{s.Volunteer.ID.String(), s.Volunteer.Name, canaryName, canaryPhone} {
				if strings.Contains(string(a.Body), secret) {
					t.Errorf("%s is told %q", p.Login, secret)
				}
			}
		}
	}
}
