import strings from '../strings.json';
import spanish from '../strings.es.json';

export type Phrase = keyof typeof strings;

let other: Partial<Record<Phrase, string>> = {};

/** Draw something with the widget's words in another language, as far as it has them: a reply's own. */
export function inLanguage<T>(language: string | undefined, draw: () => T): T {
  other = language === spanish.language ? spanish : {};
  try {
    return draw();
  } finally {
    other = {};
  }
}

/** The widget's own words from `strings.json`, with `{name}` filled in. */
export function say(phrase: Phrase, values: Record<string, string | number> = {}): string {
  return (other[phrase] ?? strings[phrase]).replace(/\{(\w+)\}/g, (whole, name: string) =>
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
