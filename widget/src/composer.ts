/** The field in which a parent writes. */
import { html, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { arrow } from './icons';
import { say, type Phrase } from './strings';

/** Characters in one message; the server refuses more. */
export const LIMIT = 2000;

export const isTooLong = (typed: string) => typed.trim().length > LIMIT;

interface Help {
  placeholder: Phrase;
  autocomplete: string;
  inputmode: string;
}

const ANYTHING: Help = { placeholder: 'placeholder', autocomplete: 'off', inputmode: 'text' };
/** How the field helps with what the last reply asks for. Anything else may be typed all the same. */
const HELP = new Map<string, Help>(
  Object.entries({
    name: { placeholder: 'expectsName', autocomplete: 'given-name', inputmode: 'text' },
    address: { placeholder: 'expectsAddress', autocomplete: 'email', inputmode: 'email' },
    email: { placeholder: 'expectsEmail', autocomplete: 'email', inputmode: 'email' },
    time: { placeholder: 'expectsTime', autocomplete: 'off', inputmode: 'text' },
    zone: { placeholder: 'expectsZone', autocomplete: 'off', inputmode: 'text' },
    code: { placeholder: 'expectsCode', autocomplete: 'one-time-code', inputmode: 'numeric' },
    reason: { placeholder: 'expectsReason', autocomplete: 'off', inputmode: 'text' },
    confirmation: { placeholder: 'expectsConfirmation', autocomplete: 'off', inputmode: 'text' },
  }),
);

export function composer(
  typed: string,
  expects: string,
  type: (words: string) => void,
  submit: () => void,
): TemplateResult {
  const help = HELP.get(expects) ?? ANYTHING;
  const tooLong = isTooLong(typed);
  const keydown = (event: KeyboardEvent) => {
    // An input method confirms its word with Enter; Safari tells so by the key code alone.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  return html`
    <form
      class="composer"
      lang=${say('language')}
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="away" for="question">${say('question')}</label>
      <textarea
        id="question"
        rows="1"
        dir="auto"
        autocomplete=${help.autocomplete}
        inputmode=${help.inputmode}
        enterkeyhint="send"
        placeholder=${say(help.placeholder)}
        aria-invalid=${tooLong}
        .value=${live(typed)}
        @input=${(event: InputEvent) => type((event.target as HTMLTextAreaElement).value)}
        @keydown=${keydown}
      ></textarea>
      <button
        type="submit"
        class="send"
        aria-label=${say('send')}
        title=${say('send')}
        aria-disabled=${tooLong || !typed.trim()}
      >
        ${arrow}
      </button>
    </form>
  `;
}

/** The field grows with what is typed, up to the height that the style sheet allows. */
export function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
