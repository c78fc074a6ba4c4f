package api

import "gridwork/domain/media"

// PhotoPayload is what changing a photo gives.
type PhotoPayload struct {
	Photo  *media.Photo
	Errors []UserError
}
