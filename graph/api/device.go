package api

import "gridwork/domain/device"

// RevokeDevicePayload is what revoking a device gives.
type RevokeDevicePayload struct {
	Device *device.Device
	Errors []UserError
}
