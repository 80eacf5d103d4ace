/** A letter that was written in the talk: read here, taken along as the parent likes. Nothing is sent by us. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { withBlanks, type CardContext } from './cards';
import { ownFile } from './links';
import type { Letter } from './reply';
import { say } from './strings';

/** @param from The reply that it belongs to. */
export function letter(from: string, { name, subject, body, to, copy: copies, files }: Letter, context: CardContext): TemplateResult {
  const { copy, copied, server } = context;
  const file = (address: string, words: string, page = false) => {
    const own = ownFile(address, server);
    if (!own) return nothing;
    return page
      ? html`<a class="button" href=${own} target="_blank" rel="noopener">${words}<span class="away"> (${say('newTab')})</span></a>`
      : html`<a class="button" href=${own} download>${words}</a>`;
  };
  return html`
    <section class="card letter" dir="auto">
      <h3>${name}</h3>
      <p class="over">${say('letterTo', { role: to })}${copies.length ? html`<br />${say('letterCopy', { roles: copies.join(', ') })}` : nothing}</p>
      <p class="subject">${subject}</p>
      <blockquote>${withBlanks(body)}</blockquote>
      <div class="row">
        ${copy
          ? html`<button type="button" class="button main" @click=${() => copy(body, from)}>
              ${copied === from ? say('copied') : say('copyLetter')}
            </button>`
          : nothing}
        ${files.mailto.startsWith('mailto:') ? html`<a class="button" href=${files.mailto}>${say('email')}</a>` : nothing}
        ${file(files.docx, say('asWord'))} ${file(files.txt, say('asText'))} ${file(files.print, say('print'), true)}
      </div>
    </section>
  `;
}
