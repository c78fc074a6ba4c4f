package likeness

import "math/bits"

// aspect says how two reports are compared from one side, and how much that counts.
type aspect struct {
	name   Aspect
	weight float64 // log odds that a full likeness adds
	untold float64 // log odds where one of the two does not tell
	of     func(a, b Report, l Likeness) (like float64, told bool)
}

// The weights are a logistic regression over the labelled pairs of testdata, rounded: the test beside them fits them
// anew and says when they are no longer what the pairs give. A photo's weight is set by hand: the labelled pairs have none, and the
// same picture twice is the same thing unless somebody cheats.
const base = -12.4

var aspects = []aspect{
	{Place, 5.6, 0, likePlace},
	{Time, 5.8, 0, likeTime},
	{Category, 3.5, 1.8, likeCategory},
	{Text, 11.5, 2, likeText},
	{Photo, 3, 0, likePhoto},
}

func likePlace(_, _ Report, l Likeness) (float64, bool) { return 1 - l.Metres/NearMetres, true }

func likeTime(_, _ Report, l Likeness) (float64, bool) {
	return 1 - float64(l.Apart)/float64(NearTime), true
}

// majorDigits of a category tell its major class 大类.
const majorDigits = 2

func likeCategory(a, b Report, _ Likeness) (float64, bool) {
	switch {
	case len(a.Category) < majorDigits || len(b.Category) < majorDigits:
		return 0, false
	case a.Category == b.Category:
		return 1, true
	case a.Category[:majorDigits] == b.Category[:majorDigits]:
		return 0.5, true
	}
	return 0, true
}

func likeText(a, b Report, _ Likeness) (float64, bool) {
	if len(a.words) == 0 || len(b.words) == 0 {
		return 0, false
	}
	return 2 * float64(shared(a.words, b.words)) / float64(len(a.words)+len(b.words)), true
}

// samePicture is how many of the 64 bits may differ between two renderings of one picture.
const samePicture = 8

// likePhoto tells only what it is sure of: two pictures of one thing need not look alike.
func likePhoto(a, b Report, _ Likeness) (float64, bool) {
	for _, x := range a.Photos {
		for _, y := range b.Photos {
			if bits.OnesCount64(x^y) <= samePicture {
				return 1, true
			}
		}
	}
	return 0, false
}
