package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Registration takes somebody in.
type Registration struct {
	Name   string // 1 to 60 characters
	Login  string
	Phone  *string // E.164, of the office or of the handheld; nil: none
	Locale string  // zh or en
	Grant  GrantOf // what they begin as, which another administrator has to grant
}

// Registered is somebody new, with the password that is shown this once.
type Registered struct {
	Member
	Password string
}

var (
	logins = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,63}$`)
	phones = regexp.MustCompile(`^\+[1-9][0-9]{5,14}$`)
)

// Register takes somebody in, with a password that has to be exchanged for one of their own, and asks for their first grant.
// Until another administrator has granted it, they can sign in and see nothing.
//
// Faults: TEXT_… at "name"; LOGIN_MALFORMED, LOGIN_TAKEN at "login"; PHONE_MALFORMED at "phone"; LOCALE_UNKNOWN at "locale";
// those of Ask below "grant".
func Register(ctx context.Context, tx *pg.Tx, in Registration) (Registered, error) {
	made, err := in.register(ctx, tx)
	if err != nil {
		return Registered{}, err
	}
	audit.Record(tx, "staff.register", "person", made.ID.String(), struct{}{})
	return made, fault.Under("grant", ask(ctx, tx, made.ID, in.Grant))
}

// Install takes in one of the administrators that a city begins with, on the word of whoever has the machine: nobody else could
// grant the first two what they are. Faults: NOT_ALLOWED for people; those of Register.
func Install(ctx context.Context, tx *pg.Tx, in Registration) (Registered, error) {
	if tx.Actor.System == "" {
		return Registered{}, fault.Denied(CodeNotAllowed, "the first administrators come with the installation")
	}
	in.Grant.Role = actor.Admin
	made, err := in.register(ctx, tx)
	if err != nil {
		return Registered{}, err
	}
	tx.Queue(grantSQL, pg.NewID(), made.ID, in.Grant.Role, in.Grant.Region, nil, nil, tx.Now)
	audit.Record(tx, "staff.install", "person", made.ID.String(), map[string]any{"role": in.Grant.Role, "region": in.Grant.Region})
	return made, nil
}

// register makes the account.
func (in Registration) register(ctx context.Context, tx *pg.Tx) (Registered, error) {
	m, err := in.accept()
	if err != nil {
		return Registered{}, err
	}
	if err := in.Grant.check(ctx, tx); err != nil {
		return Registered{}, fault.Under("grant", err)
	}
	m.CreatedAt = tx.Now
	password := newPassword()
	inserted, err := pg.Exec(ctx, tx, insertSQL, m.ID, m.Name, m.Login, identity.HashPassword(password), tx.Now.Add(identity.PasswordWaits), m.Phone, m.Locale, tx.Now)
	if err != nil {
		return Registered{}, fmt.Errorf("register: %w", err)
	}
	if inserted == 0 {
		return Registered{}, fault.Conflict(CodeLoginTaken, "somebody else signs in with this login").At("login")
	}
	return Registered{m, password}, nil
}

// accept checks what needs no store.
func (in Registration) accept() (m Member, err error) {
	m.ID, m.Locale = pg.NewID(), in.Locale
	if m.Name, err = prose.Some("name", in.Name, nameMost); err != nil {
		return m, err
	}
	login := strings.ToLower(strings.TrimSpace(in.Login))
	if !logins.MatchString(login) {
		return m, fault.Invalid(CodeLogin, "a login is 3 to 64 of a–z, 0–9, dot, hyphen and underscore").At("login")
	}
	m.Login = &login
	if in.Phone != nil && *in.Phone != "" {
		if !phones.MatchString(*in.Phone) {
			return m, fault.Invalid(CodePhone, "a number is written like +8675512345678").At("phone")
		}
		m.Phone = in.Phone
	}
	if in.Locale != "zh" && in.Locale != "en" {
		return m, fault.Invalid(CodeLocale, "a locale is zh or en").At("locale")
	}
	return m, nil
}

// newPassword is 80 bits in four groups, which can be read out.
func newPassword() string {
	text := rand.Text()
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}

// ResetPassword gives somebody a password that has to be exchanged for one of their own, and ends their sessions.
// Faults: PERSON_NOT_FOUND, ONESELF, PERSON_BEYOND at "person"; PERSON_DISABLED.
func ResetPassword(ctx context.Context, tx *pg.Tx, person uuid.UUID) (Registered, error) {
	m, err := take(ctx, tx, person)
	if err == nil && m.DisabledAt != nil {
		err = errDisabled
	}
	if err != nil {
		return Registered{}, err
	}
	password := newPassword()
	if _, err := tx.Exec(ctx, passwordSQL, m.ID, identity.HashPassword(password), tx.Now.Add(identity.PasswordWaits)); err != nil {
		return Registered{}, fmt.Errorf("reset password: %w", err)
	}
	identity.EndSessions(tx, m.ID)
	audit.Record(tx, "staff.reset_password", "person", m.ID.String(), struct{}{})
	return Registered{m, password}, nil
}

var errDisabled = fault.Conflict(CodeDisabled, "this account is closed").At("person")

// DisableInput closes an account.
type DisableInput struct {
	Person uuid.UUID
	Reason string // 1 to 500 characters
}

// Disable closes an account at once: sessions end, handhelds are revoked, grants, shifts and duties are over. What was done
// stays; open inspections wait for somebody else to take them.
// Faults: those of ResetPassword; TEXT_… at "reason".
func Disable(ctx context.Context, tx *pg.Tx, in DisableInput) (Member, error) {
	reason, err := prose.Some("reason", in.Reason, reasonMost)
	if err != nil {
		return Member{}, err
	}
	m, err := take(ctx, tx, in.Person)
	if err == nil && m.DisabledAt != nil {
		err = errDisabled
	}
	if err != nil {
		return Member{}, err
	}
	device.RevokeAll(tx, m.ID, reason)
	inspection.Leave(tx, m.ID)
	for _, sql := range []string{disableSQL, revokeGrantsSQL, endDutiesSQL} {
		tx.Queue(sql, m.ID, tx.Now)
	}
	tx.Queue(endShiftsSQL, m.ID, cityDay(tx.Now))
	tx.Queue(withdrawRequestsSQL, m.ID, tx.Now, tx.Actor.ID)
	identity.EndSessions(tx, m.ID)
	audit.Record(tx, "staff.disable", "person", m.ID.String(), map[string]any{"reason": reason})
	m.DisabledAt = &tx.Now
	return m, nil
}

// Enable opens an account again, without any grant and without a password: each has to be asked for anew, and made.
// Faults: PERSON_NOT_FOUND, ONESELF at "person"; PERSON_ENABLED.
func Enable(ctx context.Context, tx *pg.Tx, person uuid.UUID) (Member, error) {
	m, err := take(ctx, tx, person)
	if err == nil && m.DisabledAt == nil {
		err = fault.Conflict(CodeEnabled, "this account is open").At("person")
	}
	if err != nil {
		return Member{}, err
	}
	tx.Queue(enableSQL, m.ID)
	audit.Record(tx, "staff.enable", "person", m.ID.String(), struct{}{})
	m.DisabledAt = nil
	return m, nil
}

var staffRoles = []actor.Role{actor.GridWorker, actor.Dispatcher, actor.DutyLead, actor.DepartmentDesk, actor.Handler, actor.Supervisor, actor.Admin}
