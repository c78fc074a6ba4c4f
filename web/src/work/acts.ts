import { accepted, ask } from '../api/ask.ts';
import type { TypedDocumentString, ActedFragment, CaseAction, CaseRowFragment, RequestKind, SubmitClueInput } from '../api/generated/graphql.ts';
import * as op from '../api/generated/graphql.ts';
import type { Text } from '../say/say.ts';

// What can be done with a case, as data: the server says which of these are offered to whom (`actions`), and here stands only
// what each is called, what has to be filled in for it, and which operation carries it out.

/** What was filled in. */
export type Filled = { note: string; department: string; handler: string; until: string; id: string; photos: NonNullable<SubmitClueInput['photos']>; position?: op.PositionInput | undefined };

type Input = 'note' | 'reason' | 'department' | 'handler' | 'until' | 'photos';

export type Act = {
  action: CaseAction;
  name: Text;
  /** main: what is expected next; grave: what cannot be taken back. */
  tone?: 'main' | 'grave';
  /** What to fill in; a reason is required, a note is not. */
  asks: readonly Input[];
  hint?: Text;
  send: (c: CaseRowFragment, f: Filled) => Promise<void>;
};

type Payload<K extends string> = Record<K, ActedFragment>;

/** One operation on one case; a refusal is thrown. */
async function act<K extends string, I>(document: TypedDocumentString<Payload<K>, { input: I }>, input: I) {
  const payloads: ActedFragment[] = Object.values(await ask(document, { input }));
  for (const payload of payloads) accepted(payload);
}

const at = (c: CaseRowFragment) => ({ case: c.id, version: c.version });
const plain = (document: TypedDocumentString<Payload<string>, { input: op.CaseActionInput }>) =>
  (c: CaseRowFragment, f: Filled) => act(document, { ...at(c), ...(f.note ? { note: f.note } : {}) });
const asking = (kind: RequestKind) => (c: CaseRowFragment, f: Filled) =>
  act(op.ActRequestDocument, { ...at(c), kind, reason: f.note, ...(kind === 'SUSPENSION' ? { until: new Date(f.until).toISOString() } : {}) });
const deciding = (kind: RequestKind, grant: boolean) => (c: CaseRowFragment, f: Filled) =>
  act(op.ActDecideRequestDocument, { ...at(c), kind, grant, note: f.note });

export const acts: readonly Act[] = [
  { action: 'ROUTE', name: { zh: '派遣到部门', en: 'Send to a department' }, tone: 'main', asks: ['department', 'note'],
    send: (c, f) => act(op.ActRouteDocument, { ...at(c), department: f.department, note: f.note }) },
  { action: 'ACCEPT', name: { zh: '接件', en: 'Accept' }, tone: 'main', asks: ['handler'], send: (c, f) => act(op.ActAcceptDocument, { ...at(c), handler: f.handler }) },
  { action: 'UPHOLD_RETURN', name: { zh: '同意退回', en: 'Uphold the return' }, tone: 'main', asks: ['note'], send: (c, f) => act(op.ActDecideReturnDocument, { ...at(c), uphold: true, note: f.note }) },
  { action: 'REJECT_RETURN', name: { zh: '不同意退回', en: 'Reject the return' }, asks: ['reason'], send: (c, f) => act(op.ActDecideReturnDocument, { ...at(c), uphold: false, note: f.note }) },
  { action: 'REPORT', name: { zh: '处置反馈', en: 'Report the disposal' }, tone: 'main', asks: ['reason', 'photos'],
    hint: { zh: '写明做了什么，附处置后照片', en: 'Say what was done, with a photo of the result' },
    send: (c, f) => act(op.ActReportDocument, { ...at(c), id: f.id, text: f.note, photos: f.photos, ...(f.position ? { position: f.position } : { awayReason: f.note }) }) },
  { action: 'SUBMIT_FOR_CHECK', name: { zh: '送核查', en: 'Send to be checked' }, tone: 'main', asks: ['note'], send: plain(op.ActSubmitForCheckDocument) },
  { action: 'PASS', name: { zh: '结案', en: 'Close' }, tone: 'main', asks: ['note'], send: (c, f) => act(op.ActDecideCheckDocument, { ...at(c), pass: true, note: f.note }) },
  { action: 'FAIL', name: { zh: '返工', en: 'Back to work' }, asks: ['reason'], send: (c, f) => act(op.ActDecideCheckDocument, { ...at(c), pass: false, note: f.note }) },
  { action: 'SEND_BACK', name: { zh: '自检退回', en: 'Send back to the handler' }, asks: ['reason'], send: plain(op.ActSendBackDocument) },
  { action: 'NAME_HANDLER', name: { zh: '改派处置人员', en: 'Name another handler' }, asks: ['handler'], send: (c, f) => act(op.ActNameHandlerDocument, { ...at(c), handler: f.handler }) },
  { action: 'RETURN', name: { zh: '申请退回', en: 'Not ours' }, asks: ['department', 'reason'], hint: { zh: '写明依据，并提出应由谁办', en: 'Cite the rule, and say whose it is' },
    send: (c, f) => act(op.ActReturnDocument, { ...at(c), basis: f.note, proposed: f.department }) },
  { action: 'ASSIGN_CHECK', name: { zh: '改派核查', en: 'Give the check to another' }, asks: [], send: (c) => act(op.ActAssignCheckDocument, at(c)) },
  { action: 'RECALL', name: { zh: '收回', en: 'Recall' }, asks: ['reason'], send: plain(op.ActRecallDocument) },
  { action: 'ASK_EXTENSION', name: { zh: '申请延期', en: 'Ask for an extension' }, asks: ['reason'], send: asking('EXTENSION') },
  { action: 'EXTEND', name: { zh: '同意延期', en: 'Grant the extension' }, tone: 'main', asks: ['note'], send: deciding('EXTENSION', true) },
  { action: 'REFUSE_EXTENSION', name: { zh: '不同意延期', en: 'Refuse the extension' }, asks: ['reason'], send: deciding('EXTENSION', false) },
  { action: 'ASK_SUSPENSION', name: { zh: '申请挂账', en: 'Ask for a suspension' }, asks: ['reason', 'until'], send: asking('SUSPENSION') },
  { action: 'SUSPEND', name: { zh: '同意挂账', en: 'Grant the suspension' }, tone: 'main', asks: ['note'], send: deciding('SUSPENSION', true) },
  { action: 'REFUSE_SUSPENSION', name: { zh: '不同意挂账', en: 'Refuse the suspension' }, asks: ['reason'], send: deciding('SUSPENSION', false) },
  { action: 'RESUME', name: { zh: '解挂', en: 'Resume' }, tone: 'main', asks: ['note'], send: plain(op.ActResumeDocument) },
  { action: 'REOPEN', name: { zh: '重新立案', en: 'Open again' }, asks: ['reason'], send: plain(op.ActReopenDocument) },
  { action: 'ASK_VOID', name: { zh: '申请作废', en: 'Ask for voiding' }, tone: 'grave', asks: ['reason'], send: asking('VOID') },
  { action: 'VOID', name: { zh: '同意作废', en: 'Agree to void' }, tone: 'grave', asks: ['note'], send: deciding('VOID', true) },
  { action: 'REFUSE_VOID', name: { zh: '不同意作废', en: 'Refuse voiding' }, asks: ['reason'], send: deciding('VOID', false) },
  { action: 'ASK_FORCE_CLOSE', name: { zh: '申请强制结案', en: 'Ask to close by force' }, tone: 'grave', asks: ['reason'], send: asking('FORCE_CLOSE') },
  { action: 'FORCE_CLOSE', name: { zh: '同意强制结案', en: 'Agree to close by force' }, tone: 'grave', asks: ['note'], send: deciding('FORCE_CLOSE', true) },
  { action: 'REFUSE_FORCE_CLOSE', name: { zh: '不同意强制结案', en: 'Refuse closing by force' }, asks: ['reason'], send: deciding('FORCE_CLOSE', false) },
];

/** Those that the server offers, what is expected next first. */
export const offered = (c: Pick<CaseRowFragment, 'actions'>): Act[] => acts.filter((a) => c.actions.includes(a.action));
