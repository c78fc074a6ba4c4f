/** The zone of the city's clocks, which has no summer time. */
export const city = 'Asia/Shanghai';

/** What somebody types into a field for a time, such as 2026-12-01T08:00, as the instant at which the city's clocks show it. */
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString();

/** The city's date, so many days before today, such as 2026-12-01. */
export const cityDay = (before = 0, now: number = Date.now()): string =>
  new Date(now - before * 86_400_000).toLocaleDateString('sv-SE', { timeZone: city });
