// Package place is the city's address spine 统一地址 and what stands on it: buildings and units, the premises that get
// inspected, and the city's own components; how they are imported, and how they are found.
package place

import (
	"io"
	"time"

	"gridwork/enum"
	"gridwork/geo"
)

// Codes of the faults about places.
const (
	CodeUnknown    = "ADDRESS_UNKNOWN"        // no address has this code or alias
	CodeCode       = "CODE_MALFORMED"         // an address code has 25 digits; another code has 1 to 64 characters
	CodeMissing    = "VALUE_MISSING"          // a field that is needed is empty
	CodeNumber     = "NUMBER_MALFORMED"       // no number, or one that cannot be
	CodeRisk       = "RISK_UNKNOWN"           // no grade of a risk
	CodeKind       = "KIND_UNKNOWN"           // no kind of an address
	CodeCategory   = "UNKNOWN_CATEGORY"       // no such category of components
	CodeTooLong    = "TEXT_TOO_LONG"          // more than the field allows
	CodeField      = "FIELD_UNKNOWN"          // an edit names a field that there is not
	CodeTooShort   = "SEARCH_TOO_SHORT"       // one character finds half the city
	CodePage       = "PAGE_SIZE_OUT_OF_RANGE" // as of every list
	CodeDistance   = "DISTANCE_OUT_OF_RANGE"  // of a search around a point
	CodeNotAllowed = "NOT_ALLOWED"            // places are imported by the operator
)

// AddressKind is what an address stands for.
type AddressKind string

const (
	Building AddressKind = "building" // 楼栋
	Unit     AddressKind = "unit"     // 房屋
)

// AddressKinds lists every kind.
var AddressKinds = []AddressKind{Building, Unit}

// Address 统一地址 is a building, or a unit in one.
type Address struct {
	Code      string      `db:"code"` // 25 digits
	Kind      AddressKind `db:"kind"`
	Building  *string     `db:"building"` // of a unit: its building's code
	Text      string      `db:"text"`     // the standard address
	Floors    *int        `db:"floors"`   // of a building, above ground
	Point     geo.Point   `db:"point"`    // WGS 84
	Cell      string      `db:"cell"`
	Street    string      `db:"street"`
	UpdatedAt time.Time   `db:"updated_at"`
}

// Risk grades premises 风险等级: it sets how often they are visited.
type Risk string

const (
	Red    Risk = "red"
	Orange Risk = "orange"
	Yellow Risk = "yellow"
	Blue   Risk = "blue"
)

// Risks lists every grade, the highest first.
var Risks = []Risk{Red, Orange, Yellow, Blue}

// Premises 场所 are what gets inspected.
type Premises struct {
	Code        string    `db:"code"`
	Name        string    `db:"name"`
	Kind        string    `db:"kind"` // as the city names its kinds
	LegalEntity *string   `db:"legal_entity"`
	CreditCode  *string   `db:"credit_code"` // 18 characters
	Risk        *Risk     `db:"risk"`        // nil: not graded
	Address     *string   `db:"address"`     // code
	Point       geo.Point `db:"point"`       // WGS 84
	Cell        string    `db:"cell"`
	Street      string    `db:"street"`
	UpdatedAt   time.Time `db:"updated_at"`
}

// Component 部件 is an asset of the city.
type Component struct {
	Code      string    `db:"code"`
	Category  string    `db:"category"` // 4 digits
	Name      *string   `db:"name"`
	Point     geo.Point `db:"point"` // WGS 84
	Cell      string    `db:"cell"`
	Street    string    `db:"street"`
	UpdatedAt time.Time `db:"updated_at"`
}

func (k AddressKind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *AddressKind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, AddressKinds) }
func (r Risk) MarshalGQL(w io.Writer)            { enum.Marshal(w, r) }
func (r *Risk) UnmarshalGQL(in any) error        { return enum.Unmarshal(r, in, Risks) }
