import { accepted, ask } from '../api/ask.ts';
import * as op from '../api/generated/graphql.ts';
import type { ClueRowFragment, ReferralService, TriagedFragment, TypedDocumentString } from '../api/generated/graphql.ts';

// What a dispatcher decides about a report, each as one call. The version that was seen goes along: what somebody else has
// decided meanwhile is never overwritten.

const at = (c: ClueRowFragment) => ({ clue: c.id, version: c.version });

async function carry<K extends string, I>(document: TypedDocumentString<Record<K, TriagedFragment>, { input: I }>, input: I) {
  const payloads: TriagedFragment[] = Object.values(await ask(document, { input }));
  for (const payload of payloads) accepted(payload);
}

export const file = (c: ClueRowFragment, standard: string) => carry(op.TriageFileDocument, { ...at(c), standard });
export const verify = (c: ClueRowFragment) => carry(op.TriageVerifyDocument, at(c));
export const merge = (c: ClueRowFragment, into: string) => carry(op.TriageMergeDocument, { ...at(c), case: into });
export const onSpot = (c: ClueRowFragment, note: string) => carry(op.TriageOnSpotDocument, { ...at(c), note });
export const refuse = (c: ClueRowFragment, reason: string) => carry(op.TriageRefuseDocument, { ...at(c), reason });
export const refer = (c: ClueRowFragment, service: ReferralService, note: string) => carry(op.TriageReferDocument, { ...at(c), to: service, note });
