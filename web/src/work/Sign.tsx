import { say } from '../say/say.ts';

/** Severity by colour and shape: a diamond for danger to life, a triangle for late, a square for the rest. */
export function Sign({ urgent, late = false }: { urgent: boolean; late?: boolean }) {
  const label = urgent ? say({ zh: '紧急', en: 'Urgent' }) : late ? say({ zh: '超时', en: 'Late' }) : say({ zh: '一般', en: 'Ordinary' });
  return (
    <svg className={urgent ? 'sign urgent' : late ? 'sign late' : 'sign'} viewBox="0 0 20 20" width="16" height="16" role="img" aria-label={label}>
      {urgent ? <path d="M10 1l9 9-9 9-9-9z" /> : late ? <path d="M10 2l9 16H1z" /> : <path d="M4 4h12v12H4z" />}
    </svg>
  );
}
