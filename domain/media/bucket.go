package media

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"

	"gridwork/fault"
	"gridwork/incoming"
)

// bucketTime bounds whatever is done with a bucket: one that hangs costs a try, and no worker.
const bucketTime = 30 * time.Second

// ErrNoBucket tells that the place of photos does not exist.
var ErrNoBucket = errors.New("there is no such bucket")

// OpenBucket opens the bucket of a URL such as s3://photos?region=cn-south-1, without looking whether it is there. Who may
// enter is found as everywhere with S3: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a shared file, or the machine's role.
func OpenBucket(ctx context.Context, url string) (*blob.Bucket, error) {
	return blob.OpenBucket(ctx, url)
}

// Look asks whether the place of photos answers: ErrNoBucket if it says that it does not exist.
func (f Files) Look(ctx context.Context) error {
	if f.Bucket == nil {
		_, err := incoming.Clock(f.Dir)
		return err
	}
	there, err := f.Bucket.IsAccessible(ctx)
	if err == nil && !there {
		return ErrNoBucket
	}
	return err
}

// bucket keeps files in an object store, and finds what was kept before there was one.
type bucket struct {
	*blob.Bucket
	before folder
}

// keep sends the file whole; only then does the object exist.
func (b bucket) keep(ctx context.Context, key, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return b.send(ctx, key, file, "application/octet-stream")
}

func (b bucket) write(ctx context.Context, key string, content []byte) error {
	return b.send(ctx, key, bytes.NewReader(content), "image/jpeg")
}

func (b bucket) send(ctx context.Context, key string, content io.Reader, kind string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	return b.Upload(ctx, key, content, &blob.WriterOptions{ContentType: kind})
}

func (b bucket) open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	file, err := b.NewReader(ctx, key, nil)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		return b.before.open(ctx, key)
	case err != nil:
		return nil, fault.Busy("PHOTOS_AWAY", "the photos cannot be reached, try again").Because(err)
	}
	return file, nil
}

func (b bucket) drop(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketTime)
	defer cancel()
	err := b.Delete(ctx, key)
	if gcerrors.Code(err) == gcerrors.NotFound {
		err = nil
	}
	return errors.Join(err, b.before.drop(ctx, key))
}
