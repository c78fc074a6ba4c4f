package api

import (
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/media"
)

// PhotoUse is an earlier use of a picture, as far as the viewer may know of it.
type PhotoUse struct {
	Case *casework.Case
	Clue *clue.Clue
}

// PhotoPayload is what changing a photo gives.
type PhotoPayload struct {
	Photo  *media.Photo
	Errors []UserError
}
