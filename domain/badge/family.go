package badge

import (
	"slices"
	"strings"
	"unicode"
)

// compound are the family names of two characters 复姓 that are in use.
var compound = strings.Fields(`欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 南宫 独孤 轩辕 百里 呼延 东郭 澹台 闻人
	赫连 淳于 太史 申屠 钟离 公冶 宗政 濮阳 单于 仲孙 司空 鲜于 司寇 公羊 万俟 拓跋 第五 纳兰 左丘 梁丘 西门`)

// Family is the family name of somebody whose name is written in Chinese. Of a name in parts (买买提·艾力) it is the first, and a
// name in another script stays whole: which part is the family's cannot be told.
func Family(name string) string {
	name = strings.TrimSpace(name)
	letters := []rune(name)
	if len(letters) == 0 || !unicode.Is(unicode.Han, letters[0]) {
		return name
	}
	if first, _, parts := strings.Cut(strings.ReplaceAll(name, "•", "·"), "·"); parts {
		return first
	}
	if len(letters) > 2 && slices.Contains(compound, string(letters[:2])) {
		return string(letters[:2])
	}
	return string(letters[:1])
}
