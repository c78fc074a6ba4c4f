import { useEffect, useState } from 'react';
import { say } from '../say/say.ts';
import { offer, silence, standing, switchOn, type Standing } from './bell.ts';
import type { Shift } from './shift.ts';
import { reach, sync } from './sync.ts';

type State = Standing | 'looking' | 'not_offered' | 'failed';

/** The switch for notifications while the page is closed. Permission is asked for on a press, and never by itself. */
export default function Bell({ shift }: { shift: Shift }) {
  const device = shift.owner?.device ?? '', { reached, signedOut } = shift.line, away = !reached || signedOut;
  const [state, setState] = useState<State>('looking');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    const look = async () => {
      let now: State = await standing(device);
      if (now === 'off' && !away && await offer(reach).catch(() => '') === undefined) now = 'not_offered';
      if (current) setState(now);
    };
    const again = () => { void look(); };
    again();
    document.addEventListener('visibilitychange', again); // back from the browser's settings
    return () => { current = false; document.removeEventListener('visibilitychange', again); };
  }, [device, away]);
  const press = async () => {
    setBusy(true);
    if (state === 'on') {
      await silence().catch(() => {});
      setState('off');
      void sync();
    } else setState(await switchOn(device, reach).catch(() => 'failed' as const));
    setBusy(false);
  };
  const on = state === 'on', possible = on || ((state === 'off' || state === 'failed') && !away);
  return (
    <section className="bell" aria-busy={state === 'looking' || busy}>
      <div className="line">
        <h2 id="bell">{say({ zh: '推送提醒', en: 'Notifications' })}</h2><span />
        <button type="button" role="switch" className="switch" aria-labelledby="bell" aria-checked={on} disabled={busy || !possible} onClick={() => void press()}><span aria-hidden="true">{on ? say({ zh: '开', en: 'On' }) : say({ zh: '关', en: 'Off' })}</span></button>
      </div>
      <p className="quiet">{say({ zh: '页面关着也提醒：新任务、核实、核查，同事求助，催办和需签收的消息。夜间只提醒紧急的。', en: 'Shown although this page is closed: new tasks, verifications, checks, colleagues who need help, what presses or has to be acknowledged. By night only what is urgent.' })}</p>
      <output className={state === 'denied' || state === 'failed' ? 'notice late' : 'quiet'}>{words(state, away, signedOut)}</output>
    </section>
  );
}

function words(state: State, away: boolean, signedOut: boolean): string {
  switch (state) {
    case 'looking': return '';
    case 'unsupported': return say({ zh: '这个浏览器不能推送提醒。iPhone 请先把本页添加到主屏幕。', en: 'This browser shows no notifications. On an iPhone, add this page to the home screen first.' });
    case 'not_offered': return say({ zh: '本市平台没有开通推送提醒。', en: 'This city\'s platform sends no notifications.' });
    case 'denied': return say({ zh: '浏览器不允许本页通知。请在浏览器或系统设置里允许，再回到这里开启。', en: 'The browser does not allow notifications of this page. Allow them in its settings or the system\'s, then come back and switch them on.' });
    case 'failed': return say({ zh: '没有开启：浏览器的推送服务或平台没有答应，请稍后再试。', en: 'Not switched on: the browser\'s push service or the platform did not agree. Try again later.' });
    case 'on':
      if (signedOut) return say({ zh: '登录已过期，重新登录后继续提醒。', en: 'The session is over: sign in again to be shown them.' });
      return away ? say({ zh: '已开启。现在没有网络，恢复后补上。', en: 'Switched on. There is no network now; they come when it is back.' }) : say({ zh: '已开启。退出登录、换人使用或停用本机后自动停止。', en: 'Switched on. It ends by itself when you sign out, hand this handheld over, or it is revoked.' });
    case 'off': return away ? say({ zh: '未开启，联网并登录后才能开启。', en: 'Switched off. It takes a network and a session to switch it on.' }) : say({ zh: '未开启。', en: 'Switched off.' });
  }
}
