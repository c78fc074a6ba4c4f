package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/intake"
	"gridwork/domain/staff"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
	"gridwork/server"
)

type importPeopleCommand struct {
	importFile
	As        string `required:"" help:"Login of the administrator in whose name the list is taken in. The password is asked for, or read from standard input."`
	Grant     bool   `help:"Grant what another administrator has asked for with this list, instead of asking for it."`
	Passwords string `help:"Keep the newcomers' passwords in this new file, which only you can read. Without it nobody knows them: an administrator makes one when somebody comes for it."`
}

func (c importPeopleCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, conf server.Config, db *pg.DB) error {
		password, err := secret(os.Stdin, "password of "+c.As+": ")
		if err != nil {
			return err
		}
		return c.run(ctx, db, password, conf.SessionTTL)
	})
}

func (c importPeopleCommand) run(ctx context.Context, db *pg.DB, password string, ttl time.Duration) error {
	return c.as(ctx, db, password, ttl, progress)
}

// as signs in as the administrator for as long as the list takes. heard is told of each batch that is stored.
func (c importPeopleCommand) as(ctx context.Context, db *pg.DB, password string, ttl time.Duration, heard func(intake.Import)) (err error) {
	session, err := identity.SignIn(ctx, db, c.As, password, ttl)
	if err != nil {
		return fmt.Errorf("sign in as %s: %w", c.As, err)
	}
	defer func() {
		after := context.WithoutCancel(ctx)
		out := db.Write(after, func(tx *pg.Tx) error { return identity.SignOut(after, tx, session.Token) })
		err = errors.Join(err, out)
	}()
	who, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (*actor.Actor, error) { return identity.Behind(ctx, tx, session.Person.ID) })
	if err != nil || who == nil {
		return errors.Join(err, errNobody)
	}
	return c.carry(actor.With(ctx, who), db, heard)
}

var errNobody = errors.New("the account was closed meanwhile")

// carry takes the list in.
func (c importPeopleCommand) carry(ctx context.Context, db *pg.DB, heard func(intake.Import)) error {
	listing := staff.Listing{Grant: c.Grant}
	slips, err := openSlips(c.Passwords)
	if err != nil {
		return err
	}
	defer func() { _ = slips.close() }()
	into := register{kind: staff.People, name: staff.People.Name, datum: geo.WGS84, begin: staff.BeginList, way: listing.Taking}
	if c.Grant {
		into.name = staff.GrantsName
	}
	var failed error
	asked := 0
	into.heard = func(i intake.Import) {
		failed, asked = errors.Join(failed, slips.write(listing.Newcomers)), asked+listing.Asked
		heard(i)
	}
	err = c.importFile.carry(ctx, db, into)
	if err == nil && asked > 0 {
		fmt.Printf("grants that wait for another administrator, at /admin or with the same list and --grant: %d\n", asked)
	}
	return errors.Join(err, failed)
}

// slips is a CSV of newcomers and the passwords that are shown this once.
type slips struct{ file *os.File }

// openSlips makes the file anew: passwords are put into none that somebody else may have opened before. Of "" it keeps nothing.
func openSlips(path string) (slips, error) {
	if path == "" {
		return slips{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return slips{}, err
	}
	lines := rowfile.NewLines(file)
	return slips{file}, errors.Join(lines.Write("login", "name", "password"), lines.Close())
}

func (s slips) write(newcomers []staff.Registered) error {
	if s.file == nil {
		return nil
	}
	lines := rowfile.NewLines(s.file)
	for _, n := range newcomers {
		if err := lines.Write(*n.Login, n.Name, n.Password); err != nil {
			return err
		}
	}
	return lines.Close()
}

func (s slips) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// secret reads a line that nobody sees: from a terminal without its echo, or from what standard input is.
func secret(in *os.File, ask string) (string, error) {
	if fd := int(in.Fd()); term.IsTerminal(fd) {
		fmt.Fprint(os.Stderr, ask)
		line, err := term.ReadPassword(fd)
		fmt.Fprintln(os.Stderr)
		return string(line), err
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
