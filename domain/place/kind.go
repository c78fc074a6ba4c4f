package place

import "gridwork/domain/intake"

var (
	lonField = intake.Field{Name: "lon", Called: []string{"经度", "x", "longitude", "lng"}}
	latField = intake.Field{Name: "lat", Called: []string{"纬度", "y", "latitude"}}
)

// What files of places hold.
var (
	Addresses = intake.Kind{Name: "addresses", Fields: []intake.Field{
		needed("code", "统一地址编码", "地址编码", "编码"), needed("text", "标准地址", "地址", "address"), lonField, latField,
		maybe("kind", "类型"), maybe("building", "楼栋编码", "建筑物编码"), maybe("floors", "楼层数", "层数"), maybe("aliases", "别名", "曾用名"),
	}}
	PremisesOf = intake.Kind{Name: "premises", Fields: []intake.Field{
		needed("code", "场所编码", "编码"), needed("name", "场所名称", "名称"), needed("kind", "场所类型", "类型"), lonField, latField,
		maybe("address", "统一地址编码", "地址编码"), maybe("legal_entity", "法人", "单位名称"), maybe("credit_code", "统一社会信用代码"), maybe("risk", "风险等级"),
	}}
	Components = intake.Kind{Name: "components", Fields: []intake.Field{
		needed("code", "部件编码", "编码"), needed("category", "部件类别", "类别编码"), lonField, latField, maybe("name", "部件名称", "名称"),
	}}
)

func needed(name string, called ...string) intake.Field {
	return intake.Field{Name: name, Needed: true, Called: called}
}

func maybe(name string, called ...string) intake.Field {
	return intake.Field{Name: name, Called: called}
}
