package geo

import "gridwork/fault"

// Ground is the area in WGS 84 whose corners were read in this datum. The faults are those of NewPolygon, at the part.
func (d Datum) Ground(m MultiPolygon) (MultiPolygon, error) {
	var parts []Polygon
	for i, part := range m.parts {
		rings := part.Rings()
		for _, ring := range rings {
			for j, corner := range ring {
				ring[j] = d.ToWGS84(corner)
			}
		}
		moved, err := NewPolygon(rings...)
		if err != nil {
			return MultiPolygon{}, fault.Under(index(i), err)
		}
		parts = append(parts, moved)
	}
	return NewMultiPolygon(parts...), nil
}
