/** "Start over?" and "Delete what you wrote?", asked inside the panel. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { say } from './strings';

export type Question = 'startOver' | 'erase';

export const confirmation = (what: Question, failed: boolean, yes: () => void, no: () => void): TemplateResult => html`
  <section class="confirm" role="group" aria-labelledby="confirm-title">
    <h3 id="confirm-title" tabindex="-1">${say(`${what}Title`)}</h3>
    <p>${say(`${what}Text`)}</p>
    <p role="alert">${failed ? say('eraseFailed') : nothing}</p>
    <div class="row">
      <button type="button" class=${`button main ${what}`} @click=${yes}>${say(`${what}Yes`)}</button>
      <button type="button" class="button" @click=${no}>${say('keep')}</button>
    </div>
  </section>
`;
