package handheld

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// apply is what a handheld does with an answer.
func apply(d Delta, held State) State {
	if d.Reset {
		held = nil
	}
	kept := slices.DeleteFunc(slices.Clone(held), func(old Item) bool {
		is := func(k Key) bool { return k == old.Key }
		return slices.ContainsFunc(d.Removed, is) || slices.ContainsFunc(d.Items, func(i Item) bool { return is(i.Key) })
	})
	return stateOf(append(kept, d.Items...))
}

var states = rapid.Custom(func(t *rapid.T) State {
	return stateOf(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Item {
		id := rapid.OneOf(rapid.SampledFrom([]string{"440304001001001", "440304001001002", "440304001002001", ""}), rapid.String()).Draw(t, "id")
		body := json.RawMessage(rapid.SampledFrom([]string{`{}`, `{"a":1}`, `{"a":2}`}).Draw(t, "body"))
		return Item{Key{rapid.SampledFrom(Kinds).Draw(t, "kind"), id}, body}
	}), 0, 30).Draw(t, "items"))
})

func TestADeltaLeadsFromAnyStateToAnyOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before, after := states.Draw(t, "before"), states.Draw(t, "after")
		d := after.since(before.manifest())
		if got := apply(d, before); !slices.EqualFunc(got, after, func(a, b Item) bool { return reflect.DeepEqual(a, b) }) {
			t.Fatalf("%v led to %v, not %v", d, got, after)
		}
		if same := before.manifest().Cursor() == after.manifest().Cursor(); same != (len(d.Items)+len(d.Removed) == 0) {
			t.Fatalf("the cursors are the same: %t; yet %v", same, d)
		}
		// And nothing is sent that is there.
		for _, i := range d.Items {
			if slices.ContainsFunc(before, func(old Item) bool { return reflect.DeepEqual(old, i) }) {
				t.Fatalf("%v is there already", i)
			}
		}
	})
}

func TestAManifestIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := states.Draw(t, "state").manifest()
		again, err := decode(m.encode())
		if err != nil || !slices.Equal(again, m) {
			t.Fatalf("%v, %v", again, err)
		}
	})
}

func FuzzWhatIsNoManifestIsRefused(f *testing.F) {
	f.Add(State{{Key{Cell, "440304001001001"}, nil}, {Key{Cell, "440304001001002"}, nil}}.manifest().encode())
	f.Add([]byte{0, 200})
	f.Fuzz(func(t *testing.T, in []byte) {
		if m, err := decode(in); err == nil && len(in) > 0 && len(m) == 0 {
			t.Errorf("%x is read as nothing", in)
		}
	})
}
