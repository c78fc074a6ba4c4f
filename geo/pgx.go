package geo

import (
	"context"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

const geometryTypeSQL = `select oid, typarray from pg_type where oid = to_regtype('geometry')`

// Register teaches a connection PostGIS's geometry, whose type number differs from database to database: Point, Polygon
// and MultiPolygon then scan and encode in binary, alone, as pointers that may be nil (NULL), in arrays and in COPY.
// Everything goes out with SRID 4326, and a geometry with another SRID, with a third dimension or, for a Point, empty
// is refused when scanned. A Polygon scans into a MultiPolygon, and so does back a MultiPolygon of one part.
//
// Call it for every connection of a pool, once the extension is installed.
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
	registerDefault[Point](types)
	registerDefault[Polygon](types)
	registerDefault[MultiPolygon](types)
	return nil
}

// registerDefault serves the query modes in which the server does not tell the types of parameters.
func registerDefault[T any](types *pgtype.Map) {
	var shape T
	types.RegisterDefaultPgType(shape, "geometry")
	types.RegisterDefaultPgType(&shape, "geometry")
	types.RegisterDefaultPgType([]T{}, "_geometry")
	types.RegisterDefaultPgType([]*T{}, "_geometry")
}

// geometryCodec speaks EWKB in binary and its hexadecimal digits in text.
type geometryCodec struct{}

func (geometryCodec) FormatSupported(format int16) bool {
	return format == pgtype.BinaryFormatCode || format == pgtype.TextFormatCode
}

func (geometryCodec) PreferredFormat() int16 { return pgtype.BinaryFormatCode }

func (geometryCodec) PlanEncode(_ *pgtype.Map, _ uint32, format int16, value any) pgtype.EncodePlan {
	switch value.(type) {
	case Point, Polygon, MultiPolygon:
		return encodeGeometry{text: format == pgtype.TextFormatCode}
	}
	return nil
}

func (geometryCodec) PlanScan(_ *pgtype.Map, _ uint32, format int16, target any) pgtype.ScanPlan {
	switch target.(type) {
	case *Point, *Polygon, *MultiPolygon:
		return scanGeometry{text: format == pgtype.TextFormatCode}
	}
	return nil
}

func (geometryCodec) DecodeValue(_ *pgtype.Map, _ uint32, format int16, src []byte) (any, error) {
	if src == nil {
		return nil, nil
	}
	return decodeGeometry(src, format == pgtype.TextFormatCode)
}

// DecodeDatabaseSQLValue gives database/sql the hexadecimal text, as a driver without this codec would.
func (geometryCodec) DecodeDatabaseSQLValue(_ *pgtype.Map, _ uint32, format int16, src []byte) (driver.Value, error) {
	switch {
	case src == nil:
		return nil, nil
	case format == pgtype.TextFormatCode:
		return string(src), nil
	}
	return hex.EncodeToString(src), nil
}

type encodeGeometry struct{ text bool }

func (plan encodeGeometry) Encode(value any, buf []byte) ([]byte, error) {
	if !plan.text {
		return appendEWKB(buf, value)
	}
	ewkb, err := appendEWKB(nil, value)
	if err != nil {
		return nil, err
	}
	return hex.AppendEncode(buf, ewkb), nil
}

type scanGeometry struct{ text bool }

func (plan scanGeometry) Scan(src []byte, target any) error {
	if src == nil {
		return fmt.Errorf("geo: cannot scan NULL into %T", target)
	}
	g, err := decodeGeometry(src, plan.text)
	if err != nil {
		return err
	}
	return assign(target, g)
}

func decodeGeometry(src []byte, text bool) (any, error) {
	if !text {
		return decodeEWKB(src)
	}
	ewkb, err := hex.DecodeString(string(src))
	if err != nil {
		return nil, fmt.Errorf("geo: EWKB in text: %w", err)
	}
	return decodeEWKB(ewkb)
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
