/** Replies that are more than words: a comparison, whom to ask, a booked call. */
import { html, nothing, type TemplateResult } from 'lit';
import { calendar, person } from './icons';
import { ownFile } from './links';
import { markdown } from './markdown';
import type { BookingCard, Card, CompareCard, ContactCard } from './reply';
import { say } from './strings';

export interface CardContext {
  server: string;
  /** Copy to the clipboard; null where the browser does not let us. */
  copy: ((text: string) => void) | null;
  /** What was copied last. */
  copied: string;
}

export function card(value: Card, context: CardContext): TemplateResult {
  if (value.kind === 'compare') return compare(value);
  if (value.kind === 'contact') return contact(value, context);
  return booking(value, context);
}

const compare = ({ columns }: CompareCard) => html`
  <div class="card compare">
    ${columns.map(
      ({ title, points }) => html`<section dir="auto">
        <h3>${title}</h3>
        <ul>
          ${points.map((point) => html`<li>${markdown(point)}</li>`)}
        </ul>
      </section>`,
    )}
  </div>
`;

const contact = ({ role, how, say: words }: ContactCard, { copy, copied }: CardContext) => html`
  <section class="card contact" dir="auto">
    <h3>${person}<span><span class="over">${say('contactTitle')}</span>${role}</span></h3>
    ${how ? html`<div class="prose">${markdown(how)}</div>` : nothing}
    ${words
      ? html`<div class="words">
          <p class="over">${say('contactSay')}</p>
          <blockquote>${words}</blockquote>
          ${copy
            ? html`<button type="button" class="plain" @click=${() => copy(words)}>
                ${copied === words ? say('copied') : say('copy')}
              </button>`
            : nothing}
        </div>`
      : nothing}
  </section>
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
