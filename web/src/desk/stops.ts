// The stops of the desk between which a dispatcher goes by keys.

const first = (...selectors: string[]) => {
  for (const selector of selectors) {
    const there = document.querySelector<HTMLElement>(selector);
    if (there) return there;
  }
  return null;
};

const shown = '.detail:has(.whole)', tab = '.tabs [aria-pressed="true"]';

/** Where the focus rests: at the open row; at what is shown, once that has left the list; at the list's name while nothing is open. */
export const rest = () => first('.row-item.open > button', shown, tab);

/** Whether the focus is nowhere yet, or waits at its list's name. */
export const waits = () => document.activeElement === document.body || document.activeElement === first(tab);

export const detail = () => first(shown);
export const acts = () => first('.detail .acts .row button:enabled', '.detail .bulk button:enabled', shown);
export const duplicates = () => first('.duplicates');
export const alarm = () => first('.alarms .row button', '.alarms button');
