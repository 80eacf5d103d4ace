/** What can be done with an answer: hear it, copy a link to it, share it, e-mail it. Only general words go out, never what the parent wrote. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CardContext } from './cards';
import { chain, check, letter, send, sound, stop } from './icons';
import { answerPage, mail } from './links';
import { paragraphs, plainText } from './markdown';
import { say } from './strings';
import type { Turn } from './transcript';

/** Signs of a mailto: address. Some programs cut a longer one, in the middle of a word. */
const MOST_MAIL = 1900;

type Answer = Turn & { from: 'assistant' };

export interface PassContext extends CardContext {
  /** Read some paragraphs aloud, or stop; null where the device has no voice. */
  aloud: ((id: string, paragraphs: string[]) => void) | null;
  /** The reply that is read aloud. */
  reading: string;
}

/** The paragraphs of an answer, as plain words, without its heading. `more` too where it is open. */
function words({ body, text, heading, writeTo, script, more, ask, card }: Answer, open = false): string[] {
  // A table is in no other part than the whole text.
  if (!body || card?.kind === 'compare') return paragraphs(plainText(text)).filter((part) => part !== heading);
  const sent = script && `${say('words')}: ${script}`;
  return paragraphs([body, writeTo, sent, open ? more : '', ask].map(plainText).join('\n\n'));
}

/** What goes to others: no question that is for this parent alone. */
const forOthers = (entry: Answer) => words({ ...entry, ask: '' });

const subject = ({ heading }: Answer) => heading || say('name');

/** The address of a mail with the answer; a long one is cut at a paragraph, and ends with where all of it stands. */
export function answerMail(entry: Answer, page: string): string {
  const kept = forOthers(entry);
  const whole = () => mail([...kept, say('wholeAnswer', { page }), say('noAdvice')].join('\n\n'), subject(entry));
  while (kept.length > 1 && whole().length > MOST_MAIL) kept.pop();
  return whole();
}

export function passOn(entry: Answer, context: PassContext): TemplateResult {
  const { id, answer: answered } = entry;
  const { server, copy, copied, aloud, reading } = context;
  const page = answerPage(server, answered!);
  const shared = { title: subject(entry), text: [subject(entry), ...forOthers(entry)].join('\n\n'), url: page };
  const button = (name: string, icon: unknown, act: (event: Event) => void) =>
    html`<button type="button" class="glyph" aria-label=${name} title=${name} @click=${act}>${icon}</button>`;
  const link = `link ${id}`;
  return html`
    ${aloud
      ? button(say(reading === id ? 'quiet' : 'aloud'), reading === id ? stop : sound, (event) => {
          const more = (event.currentTarget as Element).closest('li')?.querySelector<HTMLDetailsElement>('.more');
          aloud(id, [subject(entry), ...words(entry, more?.open)]);
        })
      : nothing}
    ${copy && answered!.point
      ? button(say(copied === link ? 'linkCopied' : 'copyLink'), copied === link ? check : chain, () => copy(page, link))
      : nothing}
    ${navigator.canShare?.(shared)
      ? // Whoever closes the phone's list of ways has not failed.
        button(say('share'), send, () => void navigator.share(shared).catch(() => {}))
      : nothing}
    <a class="glyph" href=${answerMail(entry, page)} aria-label=${say('mailAnswer')} title=${say('mailAnswer')}>${letter}</a>
  `;
}
