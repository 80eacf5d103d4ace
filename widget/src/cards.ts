/** Replies that are more than words: a comparison, whom to write to, a booked call. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { calendar, letter } from './icons';
import { mail, ownFile } from './links';
import { markdown } from './markdown';
import type { BookingCard, Card, CompareCard, ContactCard } from './reply';
import { say } from './strings';

export interface CardContext {
  server: string;
  /** Copy to the clipboard; null where the browser does not let us. */
  copy: ((text: string, from: string) => void) | null;
  /** The reply from which was copied last. */
  copied: string;
}

export function card(value: Exclude<Card, ContactCard>, context: CardContext) {
  return value.kind === 'compare' ? compare(value) : booking(value, context);
}

/** Rows that are seen at once: they tell the two apart. */
const FIRST_ROWS = 4;

/** A table, so that the two are read side by side. Its roles are written out: the style sheet lays it out as a grid. */
const compare = ({ titles, rows }: CompareCard) => {
  if (!rows) return nothing; // a talk kept from before has none
  const table = (some: CompareCard['rows']) => html`
    <table role="table" dir="auto">
      <thead role="rowgroup">
        <tr role="row">
          <td></td>
          ${titles.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}
        </tr>
      </thead>
      ${some.map(
        ({ head, cells }) => html`<tbody role="rowgroup">
          <tr role="row">
            <th scope="row" role="rowheader">${head}</th>
            ${cells.map((cell) => html`<td role="cell">${markdown(cell)}</td>`)}
          </tr>
        </tbody>`,
      )}
    </table>
  `;
  const others = rows.slice(FIRST_ROWS);
  return html`
    <div class="card compare">
      ${table(rows.slice(0, FIRST_ROWS))}
      ${others.length
        ? html`<details class="fold">
            <summary><span>${say('moreRows', { heads: others.map(({ head }) => head.toLowerCase()).join(', ') })}</span></summary>
            ${table(others)}
          </details>`
        : nothing}
    </div>
  `;
};

/** A blank to fill in, such as [date]. */
const BLANK = /(\[[^[\]\n]+\])/;

export const withBlanks = (words: string) =>
  words.split(BLANK).map((part) => (BLANK.test(part) ? html`<mark>${part}</mark>` : part));

/** A role by its first name: "Parent center (also called …)" is read in full where it opens. */
export const roleName = (role: string) => role.replace(/ \(.*/s, '');

/** @param from The reply that it belongs to. */
export const contact = (from: string, { role, how, say: words }: ContactCard, { copy, copied }: CardContext): TemplateResult => html`
  <details class="fold write" dir="auto">
    <summary>
      ${letter}<span
        >${role
          ? html`${say('writeTo', { role: roleName(role) })}${words ? html`<span class="away">, ${say('words')}</span>` : nothing}`
          : say('words')}</span
      >
    </summary>
    ${role === roleName(role) ? nothing : html`<p>${role}</p>`}
    ${how ? html`<div class="prose">${markdown(how)}</div>` : nothing}
    ${words
      ? html`<blockquote>${withBlanks(words)}</blockquote>
          <div class="row">
            ${copy
              ? html`<button type="button" class="button" @click=${() => copy(words, from)}>
                  ${copied === from ? say('copied') : say('copy')}
                </button>`
              : nothing}
            <a class="button" href=${mail(words)}>${say('email')}</a>
          </div>`
      : nothing}
  </details>
`;

const booking = ({ when, ics }: BookingCard, { server }: CardContext) => {
  const file = ics ? ownFile(ics, server) : null;
  return html`
    <section class="card booking" dir="auto">
      <h3>${calendar}<span><span class="over">${say('bookedTitle')}</span>${when}</span></h3>
      ${file ? html`<a class="button main" href=${file} download>${say('addToCalendar')}</a>` : nothing}
    </section>
  `;
};
