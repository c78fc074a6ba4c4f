package server

import (
	"context"
	"errors"
	"fmt"

	"gridwork/domain/media"
)

// Files are the place of photos.
func (c Config) Files(ctx context.Context) (media.Files, error) {
	files := media.Files{Dir: c.PhotoDir}
	if c.PhotoBucket == "" {
		return files, nil
	}
	b, err := media.OpenBucket(ctx, c.PhotoBucket)
	if err != nil {
		return files, fmt.Errorf("PHOTO_BUCKET: %w", err)
	}
	files.Bucket = b
	return files, nil
}

// photos makes their folders and looks for their bucket. One that does not answer keeps nobody from reporting in words.
func (p *Process) photos(ctx context.Context) error {
	if err := p.Files.Prepare(); err != nil || p.Files.Bucket == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	err := p.Files.Look(ctx)
	if errors.Is(err, media.ErrNoBucket) {
		return fmt.Errorf("PHOTO_BUCKET: %w", err)
	}
	if err != nil {
		p.Log.WarnContext(ctx, "photos cannot be stored: their bucket does not answer", "cause", err.Error())
	}
	return nil
}
