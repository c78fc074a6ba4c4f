import type { Shipment } from '../api/upload.ts';
import type { Answers } from './form.ts';
import { draftKey, store } from './store.ts';

/** What was answered and not yet submitted: it is there again when the page was closed, or the battery was empty. */
export type Draft = { answers: Answers; photos: Shipment[]; visitCode?: string };

export const draftOf = async (task: string) => (await (await store()).get('facts', draftKey(task))) as Draft | undefined;
export const keepDraft = async (task: string, draft: Draft) => { await (await store()).put('facts', draft, draftKey(task)); };
export const dropDraft = async (task: string) => { await (await store()).delete('facts', draftKey(task)); };
