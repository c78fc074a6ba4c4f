package geo

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

const geometryTypeSQL = `select oid, typarray from pg_type where oid = to_regtype('geometry')`

// Register teaches a connection PostGIS's geometry, whose type number differs from database to database: Point, Polygon
// and MultiPolygon then scan and encode in binary, alone, as pointers that may be nil (NULL), in arrays and in COPY.
// Everything goes out with SRID 4326, and a geometry with another SRID, with a third dimension or, for a Point, empty
// is refused when scanned. A Polygon scans into a MultiPolygon, and so does back a MultiPolygon of one part.
//
// Call it for every connection of a pool, once the extension is installed. pgx's modes without a description by the
// server (exec, simple protocol) do not carry geometries.
func Register(ctx context.Context, conn *pgx.Conn) error {
	var oid, arrayOID uint32
	switch err := conn.QueryRow(ctx, geometryTypeSQL).Scan(&oid, &arrayOID); {
	case errors.Is(err, pgx.ErrNoRows):
		return errors.New("geo: no geometry type here: PostGIS is not installed, or not in a schema of the search_path")
	case err != nil:
		return fmt.Errorf("geo: look up the geometry type: %w", err)
	}
	types := conn.TypeMap()
	geometry := &pgtype.Type{Name: "geometry", OID: oid, Codec: geometryCodec{}}
	types.RegisterType(geometry)
	types.RegisterType(&pgtype.Type{Name: "_geometry", OID: arrayOID, Codec: &pgtype.ArrayCodec{ElementType: geometry}})
	return nil
}

// geometryCodec speaks EWKB, in binary only: the text form of a geometry array has a separator of its own that pgx
// does not know.
type geometryCodec struct{}

func (geometryCodec) FormatSupported(format int16) bool { return format == pgtype.BinaryFormatCode }

func (geometryCodec) PreferredFormat() int16 { return pgtype.BinaryFormatCode }

func (geometryCodec) PlanEncode(_ *pgtype.Map, _ uint32, format int16, value any) pgtype.EncodePlan {
	switch value.(type) {
	case Point, Polygon, MultiPolygon:
		if format == pgtype.BinaryFormatCode {
			return encodeGeometry{}
		}
	}
	return nil
}

func (geometryCodec) PlanScan(_ *pgtype.Map, _ uint32, format int16, target any) pgtype.ScanPlan {
	switch target.(type) {
	case *Point, *Polygon, *MultiPolygon:
		if format == pgtype.BinaryFormatCode {
			return scanGeometry{}
		}
	}
	return nil
}

// DecodeValue gives a Point, Polygon or MultiPolygon to whoever reads a row without saying into what.
func (geometryCodec) DecodeValue(_ *pgtype.Map, _ uint32, _ int16, src []byte) (any, error) {
	if src == nil {
		return nil, nil
	}
	return decodeEWKB(src)
}

// DecodeDatabaseSQLValue gives database/sql the bytes as they came.
func (geometryCodec) DecodeDatabaseSQLValue(_ *pgtype.Map, _ uint32, _ int16, src []byte) (driver.Value, error) {
	if src == nil {
		return nil, nil
	}
	return slices.Clone(src), nil
}

type encodeGeometry struct{}

func (encodeGeometry) Encode(value any, buf []byte) ([]byte, error) { return appendEWKB(buf, value) }

type scanGeometry struct{}

func (scanGeometry) Scan(src []byte, target any) error {
	if src == nil {
		return fmt.Errorf("geo: cannot scan NULL into %T", target)
	}
	g, err := decodeEWKB(src)
	if err != nil {
		return err
	}
	return assign(target, g)
}

func assign(target, g any) error {
	switch to := target.(type) {
	case *Point:
		if p, ok := g.(Point); ok {
			*to = p
			return nil
		}
	case *Polygon:
		if p, ok := onePolygon(g); ok {
			*to = p
			return nil
		}
	case *MultiPolygon:
		if m, ok := manyPolygons(g); ok {
			*to = m
			return nil
		}
	}
	return fmt.Errorf("geo: cannot scan a %T into %T", g, target)
}

func onePolygon(g any) (Polygon, bool) {
	switch g := g.(type) {
	case Polygon:
		return g, true
	case MultiPolygon:
		if len(g.parts) == 1 {
			return g.parts[0], true
		}
	}
	return Polygon{}, false
}

func manyPolygons(g any) (MultiPolygon, bool) {
	switch g := g.(type) {
	case Polygon:
		return NewMultiPolygon(g), true
	case MultiPolygon:
		return g, true
	}
	return MultiPolygon{}, false
}
