import { Refusal } from '../api/ask.ts';
import { say, type Text } from '../say/say.ts';
import { told } from '../say/refusal.ts';

// What administrators alone can be refused: kept out of the phones' pages.
const words: Record<string, Text> = {
  AUTHOR_CANNOT_PUBLISH: { zh: '参与起草的人不能发布，请另一位管理员发布。', en: 'Whoever had a hand in a draft does not publish it. Ask another administrator.' },
  RULES_NOTE: { zh: '请写明原因（500 字以内）。', en: 'Say why, in at most 500 characters.' },
  RULES_FAULTY: { zh: '检查发现错误，改好才能发布。', en: 'The examination finds an error: mend it first.' },
  RULES_PAST: { zh: '生效时间不能是过去。', en: 'Rules do not decide about the past.' },
  RULES_PUBLISHED: { zh: '它已发布，不能再改：请以它起草新版。', en: 'It has been published, and never changes: draft a new version of it.' },
  RULES_UNKNOWN: { zh: '这一版已不在了。', en: 'This version is no longer there.' },
  RULES_RACE: { zh: '别人同时新建了一版，请再试一次。', en: 'Somebody made a version at the same time. Please try again.' },
  RULES_NEVER_IN_EFFECT: { zh: '只能退回到生效过的版本。', en: 'Rules are rolled back to what has been in effect.' },
  RULES_COUNT: { zh: '至少要有一条规则。', en: 'There has to be a rule at least.' },
  RULE_CODE: { zh: '代号不能为空、重复，最多 40 个字符。', en: 'A code is needed, once only, of at most 40 characters.' },
  RULE_NAME: { zh: '规则要有中英文名称。', en: 'A rule is named in both languages.' },
  RULE_CONDITION: { zh: '条件写法不对。', en: 'A condition is not written as it has to be.' },
  RULE_HOURS: { zh: '时段不对：开始和结束不能相同。', en: 'The hours are wrong: they begin and end at different times.' },
  RULE_DEPARTMENT: { zh: '请选一个主办部门；协办部门不能与主办相同。', en: 'A department leads, and others assist.' },
  RULE_LADDER: { zh: '请选一条升级梯。', en: 'A ladder has to be named.' },
  RULE_STANDARD: { zh: '标准序号不对。', en: 'The standard is a position from 1.' },
  CALENDAR_UNCHANGED: { zh: '没有任何改动。', en: 'Nothing is changed.' },
  CALENDAR_DATE: { zh: '日期不在已公布的年份里，或写了两次。', en: 'The date is in no year that is covered, or stands there twice.' },
  CALENDAR_NAME: { zh: '名称要 1 到 40 个字。', en: 'A name has 1 to 40 characters.' },
  CALENDAR_EXCEPTION: { zh: '这天没有例外可清除。', en: 'There is nothing to clear on this date.' },
  CALENDAR_YEARS: { zh: '年份超出范围。', en: 'The year is out of range.' },
  CALENDAR_RACE: { zh: '别人同时发布了日历，请看过再改。', en: 'Somebody published a calendar at the same time. Look at it, then edit.' },
  CALENDAR_MISSING: { zh: '还没有工作日历。', en: 'There is no working calendar yet.' },
  ACTION_NOT_YOURS: { zh: '这一步由管理员操作。', en: 'This is for administrators.' },
  NOT_ALLOWED: { zh: '这一步由全市管理员操作。', en: 'This is for administrators of the city.' },
  LADDER_CODE: { zh: '代号是 1 到 40 个小写字母、数字或下划线。', en: 'A code has 1 to 40 lower-case letters, digits and underscores.' },
  LADDER_NAME: { zh: '升级梯要有中英文名称。', en: 'A ladder is named in both languages.' },
  LADDER_STEPS: { zh: '升级梯要有 1 到 50 个台阶。', en: 'A ladder has 1 to 50 steps.' },
  LADDER_ORDER: { zh: '同一环节的台阶要一个比一个晚；视为接件、送核查之后不再有台阶。', en: 'Steps of a stage come one after another; none follows one that ends the stage.' },
  LADDER_ACTION: { zh: '这个动作与环节或触发不相配：视为接件只在接件环节、送核查只在自检环节、不早于 100%；线索只能催办、签收、督办。', en: 'The action does not fit: acceptance is deemed on the accept clock and checks are asked on the own-check clock, from 100% on; reports are reminded of, acknowledged or ordered.' },
  LADDER_AUDIENCE: { zh: '对象不相配：部门岗位要写部门，线索还没有部门，同一对象只写一次。', en: 'The audience does not fit: department roles need a department, reports have none yet, and each stands once.' },
  LADDER_TRIGGER: { zh: '触发不对：百分比 1 到 1000，事件只发生在案件上。', en: 'The trigger is wrong: 1 to 1000 per cent; events happen to cases alone.' },
  LADDER_REPEAT: { zh: '重复不对：间隔至少一分钟，1 到 100 次；视为接件、送核查只有一次。', en: 'The repetition is wrong: at least a minute apart, 1 to 100 times; what moves a case on happens once.' },
  LADDER_QUIET: { zh: '签收后安静是一分钟到一周，只用于请签收的动作。', en: 'An acknowledgement quiets for a minute to a week, where one is asked for.' },
  LADDER_RACE: { zh: '别人同时发布了这条升级梯，请看过再改。', en: 'Somebody published this ladder at the same time. Look at it, then edit.' },
  CAMPAIGN_NAME: { zh: '名称要 1 到 100 个字。', en: 'A name has 1 to 100 characters.' },
  CAMPAIGN_DUE: { zh: '截止时间要在一年之内的将来。', en: 'A campaign is due in the future, within a year.' },
  CAMPAIGN_PLACES: { zh: '网格没有种类和等级之分。', en: 'Cells have neither kind nor grade.' },
  QUIET_TIME: { zh: '时间写成 21:30 这样。', en: 'A time of day is written like 21:30.' },
  QUIET_BUNDLE: { zh: '合并时间是 1 到 60 分钟。', en: 'Texts are bundled over 1 to 60 minutes.' },
  QUIET_CAP: { zh: '每小时 1 到 1000 条，每天不少于每小时的上限。', en: '1 to 1000 an hour, and as many a day as an hour at least.' },
  QUIET_RACE: { zh: '别人同时发布了免打扰规则，请看过再改。', en: 'Somebody published a quiet rule at the same time. Look at it, then edit.' },
  UNKNOWN_REGION: { zh: '没有这个社区。', en: 'There is no such community.' },
  CELL_NOT_VALID: { zh: '所选网格刚刚有变动，请重新选择。', en: 'A chosen cell has just ended. Please choose again.' },
  CELL_EDIT_PENDING: { zh: '所选网格已有待生效的调整，请先取消它，或等它生效。', en: 'An edit of a chosen cell is to come. Cancel it, or wait for it.' },
  CELL_EDIT_TIME: { zh: '生效时间不能是过去，也不能超过一年。', en: 'Cells change now or within a year, never in the past.' },
  CELL_EDIT_IN_FORCE: { zh: '已经生效，不能取消：请再做一次调整。', en: 'It is in force: make another edit instead.' },
  CELL_CODES_SPENT: { zh: '这个社区的网格编码已用完。', en: 'This community has no cell codes left.' },
  CELL_NONE: { zh: '一次最多调整 50 个网格。', en: 'At most 50 cells at once.' },
};

/** What to tell an administrator of an error. Where the platform names the part that is wrong in words, they are kept. */
export function tell(error: unknown): string {
  if (!(error instanceof Refusal)) return told(error);
  const known = words[error.code];
  return known ? say(known) : told(error);
}
