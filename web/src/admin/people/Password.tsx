import type { ReactNode } from 'react';
import { say } from '../../say/say.ts';

/** A password that is shown this once, for somebody else. */
export function Password({ password, children }: { password: string; children?: ReactNode }) {
  return (
    <div className="notice fine once" aria-live="polite">
      <p>{say({ zh: '临时密码只显示这一次，请当面或电话告知本人。三天内首次登录时换成自己的密码，它打不开别的任何东西。', en: 'This password is shown once: tell the person face to face or by telephone. It opens nothing but the exchange for one of their own, within three days.' })}</p>
      <p className="password">{password}</p>
      {children && <p className="row">{children}</p>}
    </div>
  );
}
