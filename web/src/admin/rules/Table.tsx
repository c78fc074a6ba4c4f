import type { ReactNode } from 'react';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import type { Names } from '../names.ts';
import { found, inWords, joined, ruleOf, type Finding, type Rule, type RuleSet } from './words.ts';

type Row = Rule & { precedents?: RuleSet['rules'][number]['precedents'] };

/** The rules in the order in which they are tried; with what can be done to each, and those that were changed marked. */
export function Table({ rules, findings, names, marked, children }: { rules: Row[]; findings: Finding[]; names: Names; marked?: Set<string> | undefined; children?: (at: number) => ReactNode }) {
  return (
    <table className="rules">
      <thead>
        <tr>
          <th scope="col"><span className="only-read">{say({ zh: '顺序', en: 'Order' })}</span></th>
          <th scope="col">{say({ zh: '规则', en: 'Rule' })}</th><th scope="col">{say({ zh: '条件（都要满足）', en: 'When all of this holds' })}</th><th scope="col">{say({ zh: '派到', en: 'It goes to' })}</th>
          {children && <th scope="col"><span className="only-read">{say({ zh: '操作', en: 'Actions' })}</span></th>}
        </tr>
      </thead>
      <tbody>
        {rules.map((r, i) => <RuleRow key={r.code} rule={r} at={i} marked={marked?.has(r.code) ?? false} acts={children?.(i)} findings={findings.filter((f) => ruleOf(f.path) === i)} names={names} />)}
      </tbody>
    </table>
  );
}

function RuleRow({ rule, at, marked, acts, findings, names }: { rule: Row; at: number; marked: boolean; acts: ReactNode; findings: Finding[]; names: Names }) {
  const phrases = inWords(rule.conditions, names);
  return (
    <tr className={marked ? 'marked' : ''}>
      <td className="order">{at + 1}</td>
      <td>
        <b>{named(rule)}</b>
        <code>{rule.code}</code>{marked && <span className="tag changed">{say({ zh: '未保存', en: 'Not stored' })}</span>}
        {findings.map((f) => <p key={f.code + f.path + f.region} className={f.severity === 'ERROR' ? 'finding error' : 'finding'}><Grave error={f.severity === 'ERROR'} /> {found(f, names)}</p>)}
        <Precedents of={rule.precedents ?? []} />
      </td>
      <td><ul className="phrases">{phrases.map((p) => <li key={p}>{p}</li>)}{phrases.length === 0 && <li className="quiet">{say({ zh: '任何案件', en: 'any case' })}</li>}</ul></td>
      <td><Outcome of={rule.outcome} names={names} /></td>
      {acts && <td className="row-acts">{acts}</td>}
    </tr>
  );
}

function Outcome({ of, names }: { of: Rule['outcome']; names: Names }) {
  return (
    <>
      <b>{names.department(of.department)}</b>
      {of.assisting.length > 0 && <span className="quiet"> {say({ zh: '协办 ', en: 'with ' })}{joined(of.assisting.map(names.department))}</span>}
      <small className="quiet">{say({ zh: `${names.ladder(of.ladder)}升级梯 · 优先级 ${of.priority}`, en: `${names.ladder(of.ladder)} ladder · priority ${of.priority}` })}{of.standard > 0 && say({ zh: ` · 按第 ${of.standard} 条标准`, en: ` · by standard ${of.standard}` })}</small>
    </>
  );
}

/** Errors are diamonds, warnings triangles. */
export function Grave({ error }: { error: boolean }) {
  return (
    <svg className={error ? 'sign urgent' : 'sign late'} viewBox="0 0 20 20" width="14" height="14" role="img" aria-label={error ? say({ zh: '错误', en: 'Error' }) : say({ zh: '留意', en: 'Warning' })}>
      {error ? <path d="M10 1l9 9-9 9-9-9z" /> : <path d="M10 2l9 16H1z" />}
    </svg>
  );
}

/** Decided returns of cases that the rule had sent: those that were upheld speak against it. */
function Precedents({ of }: { of: NonNullable<Row['precedents']> }) {
  const against = of.filter((p) => p.upheld);
  if (of.length === 0) return null;
  return (
    <details className="precedents">
      <summary className={against.length > 0 ? 'late' : ''}>{against.length > 0 ? say({ zh: `${against.length} 次裁决与它相反`, en: `${against.length} decisions contradict it` }) : say({ zh: `${of.length} 次退回被驳回`, en: `${of.length} returns were rejected` })}</summary>
      <ul>
        {of.map((p) => (
          <li key={p.decidedAt + p.street}>
            <b>{p.upheld ? say({ zh: '退回成立', en: 'Upheld' }) : say({ zh: '驳回', en: 'Rejected' })}</b> {named(p.department)} → {named(p.proposed)} <small className="quiet">{p.category} · {moment(p.decidedAt)}</small>
            <q>{p.basis}</q>{p.note && <span className="quiet"> {p.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
