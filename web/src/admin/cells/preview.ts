import { useQuery } from '@tanstack/react-query';
import { accepted, ask, hashOf } from '../../api/ask.ts';
import { AdminPreviewCellEditDocument, type AdminPreviewCellEditMutation, type CellEditInput } from '../../api/generated/graphql.ts';
import { inputOf, shapedBy, type Edit } from './edit.ts';

export type Preview = NonNullable<AdminPreviewCellEditMutation['previewCellEdit']['preview']>;

/** What an edit would do, read anew with every change of it; found is never another edit's. */
export type Previewed = { input: CellEditInput | undefined; found: Preview | undefined; error: unknown; busy: boolean };

/** Whether the same cells would begin again: nothing is wrong, and there is nothing to publish. */
export const unchanged = (p: Preview): boolean => p.findings.some((f) => f.code === 'CELL_UNCHANGED');

export function usePreview(edit: Edit): Previewed {
  const input = inputOf(edit), shaped = input && shapedBy(input);
  const answer = useQuery({
    queryKey: [hashOf(AdminPreviewCellEditDocument), shaped], enabled: shaped !== undefined,
    queryFn: async () => (shaped ? (accepted((await ask(AdminPreviewCellEditDocument, { input: shaped })).previewCellEdit).preview ?? null) : null),
  });
  return { input, found: answer.data ?? undefined, error: answer.error ?? undefined, busy: answer.isFetching };
}
