/** How a push message is shown, and where it leads to. */
export type Shown = { title: string; options: NotificationOptions & { renotify?: boolean; timestamp?: number; data: { open: string } } };

type Notice = { title: string; text: string; language: 'zh' | 'en'; tag: string; open: string; urgent: boolean; at: string };

// Whatever comes has to be shown, also what this release cannot read.
const unread: Shown = { title: '网格通 · Grid handheld', options: { body: '有新消息 · There is a new message', tag: 'unread', data: { open: '/field#duties' } } };

/** Reads what the platform sent. A newer one takes the place of an older one of the same tag, and is heard again only if it presses. */
export function shown(text: string | undefined): Shown {
  let said: Partial<Notice> | undefined;
  try { said = JSON.parse(text ?? '') as Partial<Notice>; } catch { return unread; }
  if (typeof said?.title !== 'string' || typeof said.tag !== 'string' || said.title === '' || said.tag === '') return unread;
  const at = Date.parse(said.at ?? '');
  return { title: said.title, options: {
    body: said.text ?? '', tag: said.tag, lang: said.language === 'en' ? 'en' : 'zh-CN', renotify: said.urgent === true, requireInteraction: said.urgent === true,
    icon: '/mark-192.png', badge: '/mark-badge.png', ...(Number.isNaN(at) ? {} : { timestamp: at }), data: { open: within(said.open) },
  } };
}

/** A path of the platform's own: nothing that was sent leads elsewhere. */
export const within = (open: unknown): string => (typeof open === 'string' && /^\/[a-z]+(?:#[\w/-]*)?$/u.test(open) ? open : '/field#duties');
