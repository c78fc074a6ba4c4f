// Package compliance looks whether this installation keeps the rules against formalism at the fingertips 指尖上的形式主义:
// those who do the work are not ranked, tracked, given points for being present, or made to photograph and to log in for
// the record's sake. The program has none of it; a city's own measures, checklists, ladders and tables could bring it in.
package compliance

import (
	"context"
	"fmt"

	"gridwork/pg"
)

// Where the rules come from.
const (
	opinions = "《关于防治“指尖上的形式主义”的若干意见》（中央网络安全和信息化委员会，2023年12月）"
	measures = "《政务移动互联网应用程序规范化管理办法》（国务院办公厅，2026年1月）"
)

// Rule is one thing that is asked, and how the platform meets it.
type Rule struct {
	Key    string
	AsksZH string
	AsksEN string
	Source string
	Met    string // what keeps it, and what was looked at
	look   func(context.Context, *pg.Tx, schema) ([]string, error)
}

// Rules in the order in which they are shown.
var Rules = []Rule{
	{
		Key:    "no_ranking",
		AsksZH: "防止滥用排名：不对工作人员积分排名、通报排名",
		AsksEN: "Nobody who works is ranked.",
		Source: opinions + "；" + measures,
		Met:    "measures are of areas and departments: none in force counts or names people, no table of measures and no view or table of people holds a rank",
		look:   ranking,
	},
	{
		Key:    "no_tracks",
		AsksZH: "非必要不得强制上传轨迹",
		AsksEN: "Nobody is made to send a track.",
		Source: measures,
		Met:    "a position stands only where work was done: one point of evidence for each report, case, verification, disposal, check and inspection",
		look:   tracks,
	},
	{
		Key:    "no_points",
		AsksZH: "不得设置打卡签到、积分、统计在线时长等强制性功能",
		AsksEN: "Signing in, being online and being present earn no points and are not counted.",
		Source: opinions + "；" + measures,
		Met:    "no table of people counts points, sign-ins or time online, and sessions that ended are forgotten",
		look:   points,
	},
	{
		Key:    "no_needless_photos",
		AsksZH: "防止过度留痕：非必要不得强制上传工作照片、视频",
		AsksEN: "Nobody is made to photograph what needs no photo.",
		Source: opinions + "；" + measures,
		Met:    "a photo shows what was put right; a checklist asks for one at every visit only where it names the rule that does",
		look:   photos,
	},
	{
		Key:    "no_compulsion",
		AsksZH: "防止强制使用：不得强制下载安装、要求定期登录、限定使用率，不得摊派任务",
		AsksEN: "Nobody is made to install, to log in, to answer at once or to bring in a number of reports.",
		Source: opinions + "；" + measures,
		Met:    "ladders press only the grid worker who owes a piece of work, and no table of people holds installations, last activity or quotas",
		look:   compulsion,
	},
}

// Ruling is a rule and what speaks against it here: one line for each violation, none where it is kept.
type Ruling struct {
	Rule

	Findings []string
}

// Examine looks at each rule, in this database and with what is in force in it.
func Examine(ctx context.Context, tx *pg.Tx) ([]Ruling, error) {
	s, err := readSchema(ctx, tx)
	if err != nil {
		return nil, err
	}
	rulings := make([]Ruling, len(Rules))
	for i, r := range Rules {
		found, err := r.look(ctx, tx, s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Key, err)
		}
		rulings[i] = Ruling{r, found}
	}
	return rulings, nil
}
