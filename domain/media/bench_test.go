package media

import "testing"

func BenchmarkDevelop12MP(b *testing.B) {
	original := asJPEG(b, halves(4000, 3000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := develop(original, nil); err != nil {
			b.Fatal(err)
		}
	}
}
