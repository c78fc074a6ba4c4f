import { Refusal, Unreachable } from '../api/ask.ts';
import { say, type Text } from './say.ts';

// What each code means for whoever reads it, and what they can do. A code that is not here is told by its number, so that
// support can find it.
const words: Record<string, Text> = {
  OUTSIDE_CITY: { zh: '这个位置不在本市范围内，请在地图上重新选点。', en: 'This place is outside the city. Please point at it on the map.' },
  POSITION_OUTSIDE_CITY: { zh: '这个位置不在本市范围内，请在地图上重新选点。', en: 'This place is outside the city. Please point at it on the map.' },
  CAPTURED_IN_FUTURE: { zh: '手机时间比实际快，请校准后再发。', en: 'The clock of this phone is ahead. Please set it, then send again.' },
  TEXT_MISSING: { zh: '请写一句话，或拍一张照片。', en: 'Please write a sentence or take a photo.' },
  TEXT_TOO_LONG: { zh: '文字太长。', en: 'The text is too long.' },
  UNKNOWN_CATEGORY: { zh: '没有这个类别，请重新选择。', en: 'There is no such category. Please choose again.' },
  CLAIM_CODE_MALFORMED: { zh: '查询码由 16 个字母和数字组成，请核对。', en: 'A claim code has 16 letters and digits. Please check it.' },
  CLAIM_CODE_UNKNOWN: { zh: '没有这个查询码，请核对。', en: 'No report has this code. Please check it.' },
  TOO_MANY_PHOTOS: { zh: '照片最多 9 张。', en: 'At most nine photos.' },
  PASSWORD_WEAK: { zh: '新密码要 10 个字符以上，不同于账号和现在的密码。', en: 'A password has 10 characters at least, and is neither the one so far nor the sign-in name.' },
  SIGN_IN_FAILED: { zh: '账号或密码不对。', en: 'The name or the password is wrong.' },
  STALE_VERSION: { zh: '刚刚有人改动过，请看过最新内容再操作。', en: 'Somebody has just changed this. Look at it again, then act.' },
  ACTION_NOT_POSSIBLE: { zh: '现在已不能这样操作，请看最新状态。', en: 'This is no longer possible. Look at the present state.' },
  ACTION_NOT_YOURS: { zh: '这一步由别的岗位操作。', en: 'This step is for another role.' },
  REGISTER_TOO_LARGE: { zh: '超过 50 000 件，请缩小范围后再导出。', en: 'More than 50 000 cases. Please narrow it, then export again.' },
  REGISTER_NOT_YOURS: { zh: '这个岗位不能导出台账。', en: 'This role takes no register away.' },
  RATE_LIMITED: { zh: '操作太频繁，请稍后再试。', en: 'Too many tries. Please wait a little.' },
  DEVICES_TOO_MANY: { zh: '这个账号登记的手机已满，请值班长或管理员停用一台旧的。', en: 'This account has as many handhelds as it may. Ask a duty lead or an administrator to revoke an old one.' },
  DEVICE_NOT_FOUND: { zh: '这台手机已停用：本机的任务已清除，没发出的仍会送出。', en: 'This handheld was revoked: its tasks are wiped, what was not sent is still sent.' },
  NOT_ALLOWED: { zh: '这个账号现在没有网格工作。', en: 'This account has no work on the grid now.' },
  NOBODY_HOLDS_CELL: { zh: '这个网格现在没有人值守，请指定一名网格员。', en: 'Nobody holds this cell now. Please name a grid worker.' },
  TASK_HELD: { zh: '这件任务由当班的同事负责，请他转交。', en: 'A colleague who is on duty has this task: ask them to hand it over.' },
  TASK_NOT_FOUND: { zh: '这件任务已给了别人，或已办完。', en: 'Somebody else has this task by now, or it is done.' },
  ASSIGNEE_NOT_POSSIBLE: { zh: '只能给这里的另一名网格员。', en: 'It can only go to another grid worker of the place.' },
  TIMER_BOUNDS: { zh: '计时的时长超出范围。', en: 'The timer is too short or too long.' },
  ALARM_NOT_FOUND: { zh: '没有这个求助，或已解除。', en: 'There is no such call for help, or it is over.' },
  DOCUMENT_NOT_TRUSTED: { zh: '页面版本过旧，请刷新。', en: 'This page is out of date. Please reload it.' },
};

/** What to tell of an error: never what is internal, always something that can be done. */
export function told(error: unknown): string {
  if (error instanceof Unreachable) return say({ zh: '连不上网络，稍后会再试。', en: 'There is no connection. Please try again in a moment.' });
  if (error instanceof Refusal) {
    const known = words[error.code];
    return known ? say(known) : say({ zh: `没有成功（${error.code}）。`, en: `That did not work (${error.code}).` });
  }
  return say({ zh: '出了点问题，请再试一次。', en: 'Something went wrong. Please try again.' });
}
