package actor

import (
	"io"

	"gridwork/enum"
)

// Role is what a grant lets a person be, in one region and perhaps one department.
type Role string

const (
	Volunteer      Role = "volunteer"       // 志愿者
	GridWorker     Role = "grid_worker"     // 网格员
	Dispatcher     Role = "dispatcher"      // 街道派遣员
	DutyLead       Role = "duty_lead"       // 值班长
	DepartmentDesk Role = "department_desk" // 部门收件台
	Handler        Role = "handler"         // 处置人员
	Supervisor     Role = "supervisor"      // 督查
	Admin          Role = "admin"           // 管理员
	Integration    Role = "integration"     // 对接系统
)

// Roles lists every role, in the order in which the documents print them.
var Roles = []Role{Volunteer, GridWorker, Dispatcher, DutyLead, DepartmentDesk, Handler, Supervisor, Admin, Integration}

func (r Role) MarshalGQL(w io.Writer)     { enum.Marshal(w, r) }
func (r *Role) UnmarshalGQL(in any) error { return enum.Unmarshal(r, in, Roles) }
