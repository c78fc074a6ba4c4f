import type { AdminImportLookQuery, ImportKind } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { fieldName } from './words.ts';

type Field = NonNullable<AdminImportLookQuery['importLook']>['fields'][number];
type Props = { kind: ImportKind; fields: readonly Field[]; columns: readonly string[]; chosen: Record<string, string>; choose: (field: string, column: string) => void };

/** Which column each field is read from, and which it lacks. */
export function Fields({ kind, fields, columns, chosen, choose }: Props) {
  return (
    <fieldset className="fields">
      <legend>{say({ zh: '每个字段对应哪一列', en: 'Which column each field is in' })}</legend>
      {fields.map((f) => {
        const name = fieldName(f.name, kind);
        return (
          <label key={f.name} className="field">
            <span>{name}{f.needed && <small className="tag">{say({ zh: '必需', en: 'needed' })}</small>}</span>
            <select className="input" aria-invalid={f.code !== null} value={chosen[f.name] ?? ''} onChange={(e) => choose(f.name, e.target.value)}>
              <option value="">{chosen[f.name] === undefined && f.column ? f.column : say({ zh: '—', en: '—' })}</option>
              {columns.filter((c) => c !== '' && (chosen[f.name] !== undefined || c !== f.column)).map((c) => <option key={c} value={c}>{c}</option>)}
              {chosen[f.name] !== undefined && !columns.includes(chosen[f.name] ?? '') && <option value={chosen[f.name]}>{chosen[f.name]}</option>}
            </select>
            {f.code !== null && <small className="late">{chosen[f.name] === undefined ? say({ zh: '请选它在哪一列', en: 'choose its column' }) : say({ zh: '文件里没有这一列', en: 'the file has no such column' })}</small>}
          </label>
        );
      })}
    </fieldset>
  );
}
