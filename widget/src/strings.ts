import strings from '../strings.json';

export type Phrase = keyof typeof strings;

/** The widget's own words from `strings.json`, with `{name}` filled in. */
export function say(phrase: Phrase, values: Record<string, string | number> = {}): string {
  return strings[phrase].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** A day such as "2026-11-02" in words. It is a calendar day, so no time zone may shift it. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  if (!year || !month || !dayOfMonth) return date;
  return inWords(new Date(year, month - 1, dayOfMonth));
}

export function inWords(date: Date): string {
  return date.toLocaleDateString(say('language'), { year: 'numeric', month: 'long', day: 'numeric' });
}
