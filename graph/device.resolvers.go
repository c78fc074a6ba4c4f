package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *deviceResolver) Person(ctx context.Context, obj *device.Device) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *deviceResolver) SeenOn(ctx context.Context, obj *device.Device) (*calendar.Date, error) {
	if obj.SeenOn == nil {
		return nil, nil
	}
	day := calendar.DateOf(*obj.SeenOn)
	return &day, nil
}

func (r *deviceResolver) RevokedBy(ctx context.Context, obj *device.Device) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.RevokedBy)
}

func (r *mutationResolver) RevokeDevice(ctx context.Context, input device.RevokeInput) (*api.RevokeDevicePayload, error) {
	d, refusal, err := write(ctx, r.Resolver, device.Revoke, input)
	return &api.RevokeDevicePayload{Device: d, Errors: refusal}, err
}

func (r *queryResolver) MyDevices(ctx context.Context) ([]device.Device, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]device.Device, error) { return device.Mine(ctx, tx) })
}

func (r *queryResolver) Devices(ctx context.Context, person uuid.UUID) ([]device.Device, error) {
	return read(ctx, r.Resolver, device.Of, person)
}

func (r *Resolver) Device() generated.DeviceResolver { return &deviceResolver{r} }

type deviceResolver struct{ *Resolver }
