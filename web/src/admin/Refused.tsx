import { tell } from './refusal.ts';

/** Why something was refused, where it was. */
export function Refused({ error }: { error: unknown }) {
  return error === undefined ? null : <p className="notice late" role="alert">{tell(error)}</p>;
}
