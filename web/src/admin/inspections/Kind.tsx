import { useId } from 'react';
import { say } from '../../say/say.ts';
import { placeKind, premisesKinds } from '../../work/places.ts';

/** Premises of one kind, by the word that the city's register has for it; empty: of every kind. */
export function Kind({ value, change }: { value: string; change: (kind: string) => void }) {
  const id = useId();
  return (
    <label className="field"><span>{say({ zh: '哪类场所', en: 'Of which kind' })}</span>
      <input className="input" list={id} maxLength={100} value={value} placeholder={say({ zh: '全部；或登记用词', en: 'All, or as registered' })} onChange={(e) => change(e.target.value)} />
      <datalist id={id}>{premisesKinds.map((k) => <option key={k} value={k}>{placeKind(k)}</option>)}</datalist>
    </label>
  );
}
