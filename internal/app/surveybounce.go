package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"behold"
	"behold/internal/mail"
)

// ReturnedIn reads reports in a file, or in all files of a folder such as a Maildir;
// nothing in it is changed or moved, and read again it changes nothing.
func (a *App) ReturnedIn(ctx context.Context, path string, now time.Time) (t behold.BounceTally, err error) {
	err = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || ctx.Err() != nil {
			return cmpErr(err, ctx.Err())
		}
		f, err := os.Open(at)
		if err != nil {
			return err
		}
		defer f.Close()
		return a.Returned(ctx, f, now, &t)
	})
	if os.IsNotExist(err) {
		err = &behold.Error{Kind: behold.NotFound, Say: "there is no file or folder " + path, Hint: "give the path of an .eml file, or of a folder with the mails that came back", Err: err}
	}
	return t, err
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Returned reads one report. Only a letter of ours to just that customer's address
// marks it: anybody can send us a mail that says that an address is dead.
func (a *App) Returned(ctx context.Context, report io.Reader, now time.Time, t *behold.BounceTally) error {
	t.Read++
	list, err := mail.Returned(report)
	if err != nil {
		if behold.KindOf(err) == behold.NotFound {
			t.Other++
			return nil
		}
		return err
	}
	for _, r := range list {
		if err := a.returned(ctx, &r, now, t); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) returned(ctx context.Context, r *behold.LetterBack, now time.Time, t *behold.BounceTally) error {
	v, ours, err := a.letterOf(ctx, r)
	switch {
	case err != nil:
		return err
	case !ours:
		t.NotOurs++
		return nil
	case !r.Dead:
		t.Passing++
		return nil
	}
	isNew, err := a.State.SaveBounce(ctx, bounceOf(&v, r.Said, now))
	if isNew {
		t.Marked++
	} else if err == nil {
		t.Known++
	}
	return err
}

func bounceOf(v *behold.Invite, said string, now time.Time) *behold.Bounce {
	return &behold.Bounce{Address: v.Address, Customer: v.Customer, Person: v.Person, Invite: v.ID, Said: said, At: now}
}

// letterOf is the invitation whose letter came back: its key names it, and holds a
// mark of the address that only we could make.
func (a *App) letterOf(ctx context.Context, r *behold.LetterBack) (v behold.Invite, ours bool, err error) {
	rest, ok := strings.CutPrefix(r.Key, "survey.")
	number, _, _ := strings.Cut(rest, ".")
	id, wrong := strconv.ParseInt(number, 10, 64)
	if !ok || wrong != nil {
		return v, false, nil
	}
	v, err = a.State.InviteByID(ctx, id)
	if err != nil {
		return v, false, unlessNotFound(err)
	}
	return v, v.Address == r.Address && strings.HasSuffix(r.Key, "."+letterMark(strings.TrimSuffix(r.Key, r.Key[strings.LastIndexByte(r.Key, '.'):]), v.Address)), nil
}

// letterMark is what tells a letter with a key to an address from all others.
func letterMark(key, address string) string {
	sum := sha256.Sum256([]byte(key + address))
	return hex.EncodeToString(sum[:6])
}

// personAt is the id of the person at the customer's who has the address, by which
// contacts know them; the address where the files name nobody.
func (a *App) personAt(ctx context.Context, b *behold.Bounce) (string, error) {
	c, err := a.Facts.Customer(ctx, b.Customer, behold.NoDay)
	if err != nil {
		return b.Address, unlessNotFound(err)
	}
	portrait, err := a.Facts.Portrait(ctx, c.Number, behold.DayOf(b.At))
	for _, p := range portrait.People {
		if strings.EqualFold(strings.TrimSpace(p.Email), b.Address) {
			return p.ID, err
		}
	}
	return b.Address, err
}

// bounceRows are those addresses as people at the customer's whose mail comes back,
// where the lamp of somebody who left reads it.
func (a *App) bounceRows(ctx context.Context) (*behold.Records, error) {
	var rows bookRows
	rows.begin(behold.TablePeople)
	list, err := a.State.Bounces(ctx)
	for i := range list {
		b := &list[i]
		person, err := a.personAt(ctx, b)
		if err != nil {
			return nil, err
		}
		rows.Row = append(rows.Row, int64(i+1))
		rows.RecordedAt = append(rows.RecordedAt, wallClock(b.At))
		rows.Attributes = append(rows.Attributes, "")
		for _, c := range behold.TablePeople.Columns() {
			switch c.Name {
			case "customer":
				rows.text(c.Name, b.Customer)
			case "person":
				rows.text(c.Name, person)
			case "email":
				rows.text(c.Name, b.Address)
			case "name":
				rows.text(c.Name, b.Person)
			case "email_status":
				rows.text(c.Name, "bounced")
			case "valid_from", "valid_to":
				rows.whole(c.Name, behold.NoWhole)
			default:
				rows.text(c.Name, "")
			}
		}
	}
	return &rows.Records, err
}
