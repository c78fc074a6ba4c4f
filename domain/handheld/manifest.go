package handheld

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
)

// Digest is the beginning of a body's SHA-256: enough to tell two versions of one thing apart.
type Digest [12]byte

// Entry is a thing by its hash.
type Entry struct {
	Key
	Digest Digest
}

// Manifest is what a handheld holds, by hashes: ordered by kind and id, each once.
type Manifest []Entry

// Cursor is the hash of all of it, 43 characters.
func (m Manifest) Cursor() string {
	sum := sha256.Sum256(append([]byte("gridwork-pull-1\n"), m.encode()...))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// State is what a handheld should hold, in a manifest's order.
type State []Item

// stateOf puts items in order; of two with one key the first counts.
func stateOf(items []Item) State {
	slices.SortStableFunc(items, func(a, b Item) int { return a.compare(b.Key) })
	return slices.CompactFunc(items, func(a, b Item) bool { return a.Key == b.Key })
}

func (s State) manifest() Manifest {
	m := make(Manifest, len(s))
	for i, item := range s {
		sum := sha256.Sum256(item.Body)
		m[i] = Entry{item.Key, Digest(sum[:])}
	}
	return m
}

// since is what leads from a manifest to the state: what is new or other, and what is gone.
func (s State) since(old Manifest) Delta {
	d := Delta{Items: []Item{}, Removed: []Key{}}
	now := s.manifest()
	for i, e := range now {
		n, found := old.find(e.Key)
		if !found || old[n].Digest != e.Digest {
			d.Items = append(d.Items, s[i])
		}
	}
	for _, e := range old {
		if _, found := now.find(e.Key); !found {
			d.Removed = append(d.Removed, e.Key)
		}
	}
	return d
}

func (m Manifest) find(k Key) (int, bool) {
	return slices.BinarySearchFunc(m, k, func(e Entry, k Key) int { return e.compare(k) })
}

// encode writes a manifest small: each key says how much of the one before it it repeats, since codes that follow one another
// begin alike.
//
//	entry = length that is repeated, length of the rest (varints), rest of kind + tab + id, digest
func (m Manifest) encode() []byte {
	var out []byte
	before := ""
	for _, e := range m {
		key := string(e.Kind) + "\t" + e.ID
		n := common(before, key)
		out = binary.AppendUvarint(out, uint64(n))
		out = binary.AppendUvarint(out, uint64(len(key)-n))
		out = append(out, key[n:]...)
		out = append(out, e.Digest[:]...)
		before = key
	}
	return out
}

func common(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

var errManifest = errors.New("this is no manifest")

// decode reads what encode wrote.
func decode(in []byte) (m Manifest, err error) {
	before := ""
	for len(in) > 0 {
		repeats, a := binary.Uvarint(in)
		rest, b := binary.Uvarint(in[max(a, 0):])
		if at := a + b; a <= 0 || b <= 0 || repeats > uint64(len(before)) || rest > uint64(len(in)-at) {
			return nil, errManifest
		}
		in = in[a+b:]
		if uint64(len(in)) < rest+uint64(len(Digest{})) {
			return nil, errManifest
		}
		before = before[:repeats] + string(in[:rest])
		e := Entry{Digest: Digest(in[rest:])}
		if e.Key, err = keyOf(before); err != nil {
			return nil, err
		}
		in = in[rest+uint64(len(Digest{})):]
		m = append(m, e)
	}
	return m, nil
}

func keyOf(text string) (Key, error) {
	at := slices.Index([]byte(text), '\t')
	if at < 0 {
		return Key{}, errManifest
	}
	return Key{Kind(text[:at]), text[at+1:]}, nil
}
