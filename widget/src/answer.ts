/**
 * An answer as it is seen: the question it took, its words, what it asks back with the buttons for that, whom to
 * write to, and the rest folded, each fold named by what it holds.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { card, contact, roleName, type CardContext } from './cards';
import { letter } from './letter';
import { lines } from './lines';
import { choices, type Choose } from './choices';
import { markdown, paragraphs, sentences } from './markdown';
import type { Reply } from './reply';
import { say } from './strings';
import type { Turn } from './transcript';

/** Visible words of an answer: more is not read on a phone. */
const ROOM = 80;
/** What the words leave of that, so that a fold has its long name: most answers are to be shorter. */
const AMPLE = 22;
/** Sentences of an answer that are never folded. */
const SAID = 2;
/** Words of a sentence by which a folded paragraph is named. */
const NAME = 5;

export const prose = (text: string) => (text ? html`<div class="prose" dir="auto">${markdown(text)}</div>` : nothing);

/** A part that opens. `name` says what it holds. */
export const fold = (kind: string, name: unknown, inside: unknown): TemplateResult => html`
  <details class=${`fold ${kind}`}>
    <summary><span>${name}</span></summary>
    ${inside}
  </details>
`;

type Answer = Turn & { from: 'assistant' };

export interface AnswerContext extends CardContext {
  choose: Choose;
}

/** The words and what belongs right below them; the buttons that lead on stand at the very end, see `next`. */
export function answer(entry: Answer, context: AnswerContext): TemplateResult {
  const { id, heading, ask, buttons, card: shown, outcome, sources, more: rest, moreTitle } = entry;
  if (outcome === 'crisis') return danger(entry.text);
  const room = new Room(ROOM);
  room.take(heading);
  room.take(ask);
  if (sources?.length) room.take(say('sources'));
  const write = entry.letter ? nothing : writeTo(entry, context, room);
  const own = shown && shown.kind !== 'contact' ? card(shown, context) : nothing;
  const compared = shown?.kind === 'compare'; // its table is what was asked for: nothing stands before it
  return html`
    ${heading ? html`<h3 dir="auto">${heading}</h3>` : nothing} ${words(entry, room)}
    ${entry.letter ? letter(id, entry.letter, context) : nothing} ${compared ? own : nothing} ${ask ? html`<div class="ask">${prose(ask)}</div>` : nothing}
    ${ask && buttons.length ? choices(entry, ask, context.choose) : nothing}
    ${compared ? nothing : own} ${write}
    ${rest ? fold('more', moreName(moreTitle, room), prose(rest)) : nothing}
  `;
}

const count = (words: string) => words?.split(/\s+/).filter(Boolean).length ?? 0;

/** Danger: the first words, then whom to call in targets that a shaking thumb can not miss, then all the rest. */
function danger(text: string): TemplateResult {
  const [first = '', ...others] = paragraphs(text);
  return html`${prose(first)} ${lines()} ${prose(others.join('\n\n'))}`;
}

/** Counts what is left of the words that may be seen. */
class Room {
  constructor(private left: number) {}

  /** Whether `words` fit and leave `rest`; they are taken off either way. */
  take(words: string, rest = 0): boolean {
    this.left -= count(words);
    return this.left >= rest;
  }

  holds(words: string): boolean {
    return count(words) <= this.left;
  }
}

/** What `more` holds; beside many words in short, with the rest of the name for those who hear the folds in a list. */
const moreName = (title: string, room: Room) =>
  room.take(title, AMPLE) || !title ? title || say('more') : html`${say('more')}<span class="away"> ${title.replace(/^[^:]+:/, '')}</span>`;

/** The buttons that belong to no question of the answer: what parents ask next. */
export const next = (entry: Answer, context: AnswerContext) =>
  entry.buttons.length && !entry.ask ? choices(entry, '', context.choose) : nothing;

/** The text of an answer without the parts that stand elsewhere. A talk kept from before has no parts at all. */
function words({ body, text, more: rest, ask, letter: written }: Reply, room: Room) {
  if (!body) return prose([rest, ask, written?.body].reduce<string>((whole, part) => (part ? whole.replace(part, '') : whole), text).trim());
  const [first = '', ...others] = paragraphs(body);
  const said = sentences(first);
  const beyond: string[] = [];
  // The answer and what to do stay; only what a very long one adds is folded.
  while (!room.holds(said.join(' ')) && said.length > SAID) beyond.unshift(said.pop()!);
  room.take(said.join(' '));
  return html`
    ${prose(beyond.length ? said.join(' ') : first)} ${beyond.length ? folded(beyond) : nothing}
    ${others.map((part) => (room.take(part) ? prose(part) : folded(sentences(part))))}
  `;
}

/** Some sentences, folded. Their own first words name them best: "No answer within days?". */
const folded = (some: string[]) => fold('rest', beginning(some[0]!), prose(some.join(' ')));

/** The first words of a sentence: "No one trained for a …". */
function beginning(sentence: string): string {
  const start = sentence.split(' ').slice(0, NAME).join(' ').replace(/[,;:]$/, '');
  return start.length < sentence.length ? `${start} …` : start;
}

/** Whom to write to, in one line; it opens to the words to send, where there are some. */
function writeTo({ id, writeTo: line, script, card: shown }: Reply, context: CardContext, room: Room) {
  if (shown?.kind === 'contact') {
    room.take(say('writeTo', { role: roleName(shown.role) }));
    return contact(id, shown, context);
  }
  if (script) {
    room.take(say('words'));
    return contact(id, { kind: 'contact', role: '', how: '', say: script }, context);
  }
  if (!line) return nothing;
  room.take(line);
  return html`<p class="line">${line}</p>`;
}
