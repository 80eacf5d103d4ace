/** What an answer rests on, folded. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { safeLink } from './links';
import { link } from './markdown';
import type { Source } from './reply';
import { day, say } from './strings';

export const sources = (list: Source[], reviewed: string): TemplateResult => html`
  <details class="sources">
    <summary><span>${say('sources')}</span></summary>
    <ul>
      ${list.map(({ title, url, cite }) => {
        const address = safeLink(url);
        return html`<li dir="auto">
          ${address ? link(address, title || cite) : title}
          ${cite && title && cite !== title ? html`<span class="cite">${cite}</span>` : nothing}
        </li>`;
      })}
    </ul>
    ${reviewed ? html`<p>${say('reviewed', { date: day(reviewed) })}</p>` : nothing}
  </details>
`;
