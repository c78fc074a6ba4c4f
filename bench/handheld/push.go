package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/device"
	"gridwork/domain/fieldwork"
	"gridwork/domain/vault"
	"gridwork/geo"
	"gridwork/pg"
)

// bag is a grid worker's handheld.
type bag struct {
	yard  fieldwork.Yard
	id    uuid.UUID
	key   *ecdsa.PrivateKey
	point geo.Point
	shops []shop
	busy  sync.Mutex // of the shops
}

type shop struct {
	Code string `db:"code"`
	Name string `db:"name"`
}

const shopsSQL = `select code, name from premises where cell = any($1) order by code`

func newBag(ctx context.Context, db *pg.DB, owner *actor.Actor) (*bag, error) {
	b := &bag{id: pg.NewID()}
	var err error
	if b.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	seal, err := vault.GenerateKey()
	if err != nil {
		return nil, err
	}
	keys := &vault.Keys{Seal: seal.Public(), Claim: []byte("claim key of thirty-two bytes ..."), Mark: []byte("mark key of thirty-two bytes ...")}
	ctx = actor.With(ctx, owner)
	return b, db.Write(ctx, func(tx *pg.Tx) error {
		if err := b.enrol(ctx, tx, owner.ID); err != nil {
			return err
		}
		atlas, err := cell.LoadAtlas(ctx, tx)
		if err != nil {
			return err
		}
		b.yard = fieldwork.Yard{DB: db, Intake: &clue.Intake{Atlas: func() *cell.Atlas { return atlas }, Keys: keys}}
		held, err := cell.Held(ctx, tx, owner.ID)
		if err != nil {
			return err
		}
		cells, err := cell.Cells(ctx, tx, held[:1])
		if err != nil {
			return err
		}
		b.point = cells[0].Shape.Centroid()
		b.shops, err = pg.All[shop](ctx, tx, shopsSQL, held)
		return err
	})
}

func (b *bag) enrol(ctx context.Context, tx *pg.Tx, owner uuid.UUID) error {
	der, err := x509.MarshalPKIXPublicKey(&b.key.PublicKey)
	if err != nil {
		return err
	}
	text, err := json.Marshal(base64.StdEncoding.EncodeToString(der))
	if err != nil {
		return err
	}
	key, err := device.ParseKey(text)
	if err != nil {
		return err
	}
	proof, err := b.sign(device.EnrolmentText(b.id, owner, key))
	if err != nil {
		return err
	}
	_, err = device.Enrol(ctx, tx, device.Enrolment{ID: b.id, Name: "bench", Key: text, Proof: proof})
	return err
}

// sign makes r and s, 32 bytes each, as a browser does.
func (b *bag) sign(text string) ([]byte, error) {
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, b.key, sum[:])
	if err != nil {
		return nil, err
	}
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...), nil
}

func (b *bag) push(ctx context.Context, kind fieldwork.Kind, body map[string]any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	op := fieldwork.Operation{ID: pg.NewID(), Kind: kind, CapturedAt: time.Now().UTC().Format(time.RFC3339Nano), Body: string(text)}
	if op.Signature, err = b.sign(device.OperationText(b.id, op.ID, string(kind), op.CapturedAt, op.Body)); err != nil {
		return err
	}
	a, err := fieldwork.Push(ctx, b.yard, b.id, op)
	if err == nil && a.Status != fieldwork.Accepted {
		err = fmt.Errorf("%s: %s %v", kind, a.Status, a.Error)
	}
	return err
}

func (b *bag) report(ctx context.Context, i int) error {
	return b.push(ctx, fieldwork.SubmitClue, map[string]any{"text": "楼道堆放杂物，影响通行 " + strconv.Itoa(i), "category": "2102", "position": map[string]any{
		"lon": b.point.Lon, "lat": b.point.Lat, "datum": geo.WGS84, "accuracy": 8, "source": geo.SourceGNSS, "capturedAt": time.Now()}})
}

// change renames the shops in turn; one at a time, since each has to know what stands there.
func (b *bag) change(ctx context.Context, i int) error {
	b.busy.Lock()
	defer b.busy.Unlock()
	s := &b.shops[i%len(b.shops)]
	now := "店" + strconv.Itoa(i) + " " + strconv.FormatInt(time.Now().UnixNano(), 36)
	err := b.push(ctx, fieldwork.UpdatePremises, map[string]any{"code": s.Code, "fields": []map[string]any{{"field": "name", "was": s.Name, "now": now}}})
	s.Name = now
	return err
}
