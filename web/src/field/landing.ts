/** Where on the handheld a notification leads to. */
export type Landing = { tab: 'duties' | 'help'; duty?: string };

/** Reads the end of an address, such as #duty/<id>; undefined for any other. */
export function landing(hash: string): Landing | undefined {
  if (hash === '#help') return { tab: 'help' };
  if (hash === '#duties') return { tab: 'duties' };
  const duty = /^#duty\/([0-9a-f-]{36})$/u.exec(hash)?.[1];
  return duty === undefined ? undefined : { tab: 'duties', duty };
}

/** Goes where the page was opened for, and later wherever a notification is pressed that this page stands open for. */
export function onLanding(go: (where: Landing) => void): () => void {
  const look = () => {
    const where = landing(location.hash);
    if (!where) return;
    history.replaceState(null, '', location.pathname); // reloaded, it is where somebody has gone meanwhile
    go(where);
  };
  const told = ({ data }: MessageEvent) => {
    const { open } = data as { open?: unknown };
    const where = typeof open === 'string' ? landing(new URL(open, location.origin).hash) : undefined;
    if (where) go(where);
  };
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  look();
  addEventListener('hashchange', look);
  worker?.addEventListener('message', told);
  return () => { removeEventListener('hashchange', look); worker?.removeEventListener('message', told); };
}
