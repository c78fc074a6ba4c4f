import { useEffect, useState } from 'react';
import { Qr } from '../look/Qr.tsx';
import { say } from '../say/say.ts';
import { clock } from '../say/time.ts';
import { good } from './badge.ts';
import type { Shift } from './shift.ts';
import { freshBadge } from './sync.ts';

/** The badge: a code that whoever is asked to open a door can look at with their own phone. */
export default function Badge({ shift }: { shift: Shift }) {
  const { badge, line } = shift, [now, setNow] = useState(Date.now);
  useEffect(() => {
    void freshBadge();
    const tick = window.setInterval(() => setNow(Date.now()), 5000);
    return () => window.clearInterval(tick);
  }, []);
  return (
    <section className="badge">
      <h2>{say({ zh: '工牌：请居民扫码核验', en: 'Badge: residents scan it to see that it is real' })}</h2>
      {good(badge, now) ? <Good path={badge.path} left={Math.ceil((badge.ends - now) / 60_000)} ends={badge.ends} away={!line.reached} /> : <output className="notice late">{missing(shift)}</output>}
      <p className="quiet">{say({ zh: '扫码的人看到：您的姓氏、负责的街道和社区、是否在岗、此码的有效时间。谁扫过、在哪里扫，都不记录。', en: 'Whoever scans it sees your family name, the street and communities you look after, whether you are on duty, and until when the code is good. Nobody records who scanned it, or where.' })}</p>
    </section>
  );
}

function Good({ path, left, ends, away }: { path: string; left: number; ends: number; away: boolean }) {
  const address = location.origin + path, until = clock(new Date(ends));
  return (
    <>
      <Qr text={address} label={say({ zh: '工牌二维码', en: 'QR code of the badge' })} />
      <output className={away ? 'notice late' : 'until'}>
        {away ? say({ zh: `没有网络：这是最后一个码，有效至 ${until}（还剩 ${left} 分钟）`, en: `No network: this is the last code, good until ${until} (${left} minutes left)` }) : say({ zh: `有效至 ${until}，联网时自动更新`, en: `Good until ${until}, renewed by itself while there is a network` })}
      </output>
      <p><a href={path} target="_blank" rel="noreferrer">{say({ zh: '看看居民看到什么', en: 'See what residents see' })}</a></p>
    </>
  );
}

/** Why there is nothing to show. */
function missing({ badge, line }: Shift): string {
  if (badge && 'refused' in badge) {
    return badge.refused === 'NOT_ON_DUTY' ? say({ zh: '您现在不在岗，没有工牌。当班时会自动出现。', en: 'You are not on duty now, so there is no badge. It appears when your turn begins.' })
      : say({ zh: '这个账号或这台手机现在没有网格员工牌。', en: 'This account or this handheld has no grid worker\'s badge now.' });
  }
  if (line.signedOut) return say({ zh: '登录已过期，重新登录后才有工牌。', en: 'The session is over: sign in again for a badge.' });
  if (badge) return say({ zh: '上一个码已过期，联网后自动更新。', en: 'The last code has run out. Another one comes as soon as there is a network.' });
  return line.reached ? say({ zh: '正在取工牌…', en: 'Fetching the badge…' }) : say({ zh: '没有网络，还没有取到工牌。', en: 'No network, and no badge yet.' });
}
