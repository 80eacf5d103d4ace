/** `<which-plan>`: the launcher, the panel, and what keys, focus and scrolling do. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { version } from '../package.json';
import { ContactCache } from './contact';
import { arrow, cross, dots, down, fork } from './icons';
import { print, save } from './paper';
import { line, type Line, type TurnContext } from './render';
import { Session } from './session';
import { settings, type Settings } from './settings';
import { Store, storageArea } from './store';
import { say } from './strings';
import { dress } from './styles';
import type { Turn } from './transcript';
import { Transport } from './transport';
import { Viewport } from './viewport';

/** Characters in one message; the server refuses more. */
const LIMIT = 2000;
/** Nearer to the end than this, in pixels, a reader follows the talk. */
const NEAR = 80;
/** Milliseconds after which a wait is worth a word to a screen reader. */
const SLOW = 2000;

const FOCUSABLE = 'a[href], button, summary, textarea, [tabindex="0"]';

export class WhichPlan extends LitElement {
  static readonly version = version;

  isOpen = false;

  private config!: Settings;
  private session!: Session;
  private contact!: ContactCache;
  private draft!: Store;
  /** Remembers over a reload of this tab that the panel was open. */
  private openMark!: Store;

  private readonly viewport = new Viewport(() => this.requestUpdate());
  private menuOpen = false;
  private confirming: 'startOver' | 'erase' | null = null;
  private eraseFailed = false;
  private typed = '';
  private copied = '';
  private slow = false;
  private slowTimer: ReturnType<typeof setTimeout> | undefined;
  private opener: HTMLElement | null = null;
  private drawn = false;
  private lastLine = '';
  private following = true;
  private below = false;

  override createRenderRoot(): ShadowRoot {
    return this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  }

  override connectedCallback(): void {
    const first = !this.hasUpdated;
    if (first) {
      this.config = settings(this.dataset);
      const { server, remember, phone, email } = this.config;
      const area = storageArea(remember);
      const transport = new Transport(server);
      this.draft = new Store(`whichplan:draft:${server}`, area);
      this.openMark = new Store(`whichplan:open:${server}`, storageArea('tab'));
      this.contact = new ContactCache(transport, new Store(`whichplan:contact:${server}`, area), { phone, email });
      this.session = new Session(transport, new Store(`whichplan:talk:${server}`, area));
      this.session.onchange = () => this.changed();
      this.session.onturns = (turns) => this.tell(turns);
      this.typed = String(this.draft.read() ?? '');
      this.lastLine = this.lines[this.lines.length - 1]?.id ?? '';
    }
    super.connectedCallback();
    if (first) dress(this.renderRoot as ShadowRoot, this.config.nonce);
    this.session.start();
    this.viewport.start();
    addEventListener('online', this.wake);
    addEventListener('offline', this.lost);
    addEventListener('pageshow', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    document.addEventListener('click', this.pressed);
    void this.contact.refresh();
    // After a reload the talk is where it was. A whole screen over another page would hide what the parent went for.
    const mark = this.openMark.read();
    if (this.config.open || mark === location.href || (mark !== null && !this.viewport.full)) this.show();
    else this.session.wake();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.stop();
    this.viewport.stop();
    this.resized.disconnect();
    clearTimeout(this.slowTimer);
    removeEventListener('online', this.wake);
    removeEventListener('offline', this.lost);
    removeEventListener('pageshow', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    document.removeEventListener('click', this.pressed);
  }

  /** Open the chat and take the focus there. It returns to `opener` when the chat closes. */
  open(opener: HTMLElement | null = null): void {
    this.opener = opener;
    this.show();
    void this.updateComplete.then(() => {
      // A keyboard that slides up at once would hide the greeting; there the title takes the focus.
      const typing = matchMedia('(pointer: fine)').matches && !this.viewport.full;
      this.find<HTMLElement>(typing && !this.confirming ? '#question' : '#title')?.focus();
    });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.menuOpen = false;
    this.confirming = null;
    this.openMark.write(null);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      (this.opener?.isConnected ? this.opener : this.find<HTMLElement>('.launcher'))?.focus();
      this.opener = null;
    });
    this.dispatch('close');
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  private show(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.drawn = true;
    this.following = true;
    this.openMark.write(location.href);
    this.session.open();
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.scrollToEnd();
      this.resized.observe(this.find('.talk')!);
    });
    this.dispatch('open');
  }

  private readonly wake = () => {
    if (document.visibilityState === 'visible') this.session.wake();
  };

  private readonly lost = () => this.session.lost();

  /** A click on anything of the host page that is marked to open the chat. */
  private readonly pressed = (event: MouseEvent) => {
    const opener = (event.target as Element | null)?.closest?.<HTMLElement>('[data-whichplan-open]');
    if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.open(opener);
  };

  private dispatch(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`whichplan:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Tell the host page that something was said. Never what: the parent's words are not the page's business. */
  private tell(turns: Turn[]): void {
    for (const turn of turns) {
      if (turn.from === 'note') continue;
      const { from, id } = turn;
      this.dispatch('message', from === 'parent' ? { from, id } : { from, id, outcome: turn.outcome });
    }
  }

  private get lines(): Line[] {
    const { turns, outbox } = this.session.talk;
    return [...turns, ...outbox.flatMap((item) => (item.kind === 'message' ? [item] : []))];
  }

  /** Replies that came while the panel was closed. */
  private get unread(): number {
    const read = this.lines.findIndex((entry) => entry.id === this.lastLine);
    if (this.isOpen || read < 0) return 0;
    return this.lines.slice(read + 1).filter((entry) => 'from' in entry && entry.from === 'assistant').length;
  }

  private changed(): void {
    const { working } = this.session;
    if (working && !this.slowTimer) {
      this.slowTimer = setTimeout(() => {
        this.slow = true;
        this.requestUpdate();
      }, SLOW);
    } else if (!working) {
      clearTimeout(this.slowTimer);
      this.slowTimer = undefined;
      this.slow = false;
    }
    this.requestUpdate();
  }

  private find<T extends Element>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  // --- scrolling -------------------------------------------------------------------------------------------------

  private get scroller(): HTMLElement | null {
    return this.find<HTMLElement>(this.viewport.short ? '.panel' : '.talk');
  }

  private get atEnd(): boolean {
    const box = this.scroller;
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  /** Show what was said last, but a long answer from its beginning: never past the parent's own last words. */
  private scrollToEnd(): void {
    const box = this.scroller;
    if (!box) return;
    const asked = [...this.renderRoot.querySelectorAll('.talk li.parent')].pop();
    const top = asked
      ? box.scrollTop + asked.getBoundingClientRect().top - box.getBoundingClientRect().top - 12
      : Infinity;
    box.scrollTop = Math.min(top, box.scrollHeight - box.clientHeight);
    this.following = true;
    this.below = false;
  }

  /** The keyboard, a notice, a turned phone: who read the end goes on reading it. */
  private readonly resized = new ResizeObserver(() => {
    if (this.following) this.scrollToEnd();
  });

  private readonly scrolled = () => {
    const below = this.below && !this.atEnd;
    this.following = this.atEnd;
    if (below === this.below) return;
    this.below = below;
    this.requestUpdate();
  };

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    const { position, scheme } = this.config;
    const resolved = scheme === 'auto' ? (this.viewport.dark ? 'dark' : 'light') : scheme;
    if (this.getAttribute('scheme') !== resolved) this.setAttribute('scheme', resolved);
    if (this.getAttribute('position') !== position) this.setAttribute('position', position);
    if (!this.isOpen) return;
    const panel = this.find<HTMLElement>('.panel')!;
    this.viewport.fit(panel);
    this.grow();
    const newest = this.lines[this.lines.length - 1];
    if (!newest || newest.id === this.lastLine) return;
    const own = !('from' in newest) || newest.from === 'parent';
    this.lastLine = newest.id;
    if (own || this.following) {
      this.scrollToEnd();
    } else {
      this.below = true;
      this.requestUpdate();
    }
  }

  // --- keys and focus --------------------------------------------------------------------------------------------

  private readonly keydown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // The host page may close something of its own on Escape; one press closes one thing.
      event.stopPropagation();
      if (this.menuOpen) this.toggleMenu();
      else if (this.confirming) this.leaveConfirm();
      else this.close();
    } else if (event.key === 'Tab' && this.viewport.full) {
      this.keepFocus(event);
    }
  };

  /** A full-screen panel covers the page, so Tab must not lead behind it. */
  private keepFocus(event: KeyboardEvent): void {
    const reachable = [...this.find('.panel')!.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (element) => element.getClientRects().length && getComputedStyle(element).visibility === 'visible',
    );
    const [first] = reachable;
    const last = reachable[reachable.length - 1];
    const current = (this.renderRoot as ShadowRoot).activeElement;
    if (event.shiftKey && (current === first || current?.id === 'title')) last?.focus();
    else if (!event.shiftKey && current === last) first?.focus();
    else return;
    event.preventDefault();
  }

  private toggleMenu(): void {
    this.menuOpen = !this.menuOpen;
    this.requestUpdate();
    if (!this.menuOpen) this.find<HTMLElement>('#menu-button')?.focus();
  }

  /** Close the menu when the focus or a press goes elsewhere in the panel. */
  private readonly leaveMenu = (event: Event) => {
    if (!this.menuOpen || (event.target as Element).closest('.menu, #menu-button')) return;
    this.menuOpen = false;
    this.requestUpdate();
  };

  private pick(what: 'startOver' | 'erase' | 'save' | 'print'): void {
    this.toggleMenu();
    if (what === 'save') save(this.session.talk);
    else if (what === 'print') print(this.session.talk, this.renderRoot as ShadowRoot);
    else {
      this.confirming = what;
      this.eraseFailed = false;
      this.requestUpdate();
      void this.updateComplete.then(() => this.find<HTMLElement>('.confirm h3')?.focus());
    }
  }

  private leaveConfirm(): void {
    this.confirming = null;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.scrollToEnd();
      this.find<HTMLElement>('#menu-button')?.focus();
    });
  }

  private async confirmed(): Promise<void> {
    if (this.confirming === 'startOver') {
      this.session.startOver();
    } else {
      try {
        await this.session.erase();
      } catch {
        this.eraseFailed = true;
        this.requestUpdate();
        return;
      }
      this.type('');
    }
    this.leaveConfirm();
  }

  // --- writing ---------------------------------------------------------------------------------------------------

  private type(words: string): void {
    this.typed = words;
    this.draft.write(words);
    this.requestUpdate();
  }

  private submit(): void {
    const words = this.typed.trim();
    if (!words || words.length > LIMIT) return;
    this.type('');
    this.session.say(words);
  }

  private readonly typedKey = (event: KeyboardEvent) => {
    // An input method confirms its word with Enter; Safari tells so by the key code alone.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  };

  /** The field grows with what is typed, up to the height that the style sheet allows. */
  private grow(): void {
    const field = this.find<HTMLTextAreaElement>('#question');
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  // --- what it looks like ----------------------------------------------------------------------------------------

  protected override render(): TemplateResult {
    const { launcher, label } = this.config;
    const words = label || say('launcher');
    const { unread } = this;
    return html`
      <div class="frame" lang=${say('language')}>
        ${launcher
          ? html`<button
              type="button"
              class="launcher"
              ?hidden=${this.isOpen}
              aria-haspopup="dialog"
              aria-expanded=${this.isOpen}
              @click=${() => this.open()}
            >
              ${fork}<span>${words}</span>${unread
                ? html`<span class="unread">${unread}<span class="away"> ${say('unread')}</span></span>`
                : nothing}
            </button>`
          : nothing}
        ${this.drawn ? this.panel() : nothing}
      </div>
    `;
  }

  private panel(): TemplateResult {
    const { full, short } = this.viewport;
    return html`
      <div
        class=${`panel${full ? ' full' : ''}${short ? ' short' : ''}`}
        role="dialog"
        aria-modal=${full ? 'true' : 'false'}
        aria-labelledby="title"
        aria-describedby="promise"
        ?hidden=${!this.isOpen}
        @keydown=${this.keydown}
        @click=${this.leaveMenu}
        @focusin=${this.leaveMenu}
        @scroll=${this.scrolled}
      >
        <div class="head">
          <span class="mark">${fork}</span>
          <div class="heading">
            <h2 id="title" tabindex="-1">${say('name')}</h2>
            <p id="promise">${say('promise')}</p>
          </div>
          <button
            type="button"
            class="glyph"
            id="menu-button"
            aria-label=${say('menu')}
            title=${say('menu')}
            aria-expanded=${this.menuOpen}
            aria-controls="menu"
            @click=${() => this.toggleMenu()}
          >
            ${dots}
          </button>
          <button
            type="button"
            class="glyph"
            aria-label=${say('close')}
            title=${say('close')}
            @click=${() => this.close()}
          >
            ${cross}
          </button>
          <ul class="menu" id="menu" ?hidden=${!this.menuOpen}>
            <li><button type="button" @click=${() => this.pick('startOver')}>${say('startOver')}</button></li>
            <li><button type="button" @click=${() => this.pick('save')}>${say('save')}</button></li>
            <li><button type="button" @click=${() => this.pick('print')}>${say('print')}</button></li>
            <li>
              <a href=${`${this.config.server}/accessibility`} target="_blank" rel="noopener"
                >${say('accessibility')}<span class="away"> (${say('newTab')})</span></a
              >
            </li>
            <li>
              <button type="button" class="danger" @click=${() => this.pick('erase')}>${say('erase')}</button>
            </li>
          </ul>
        </div>
        ${this.confirming ? this.confirm(this.confirming) : nothing}
        <div class="body" ?hidden=${this.confirming !== null}>${this.log()} ${this.status()} ${this.composer()}</div>
      </div>
    `;
  }

  private log(): TemplateResult {
    const copy = navigator.clipboard
      ? (words: string) => {
          void navigator.clipboard.writeText(words).then(() => {
            this.copied = words;
            this.requestUpdate();
          });
        }
      : null;
    const context: TurnContext = {
      server: this.config.server,
      copy,
      copied: this.copied,
      stuck: this.session.trouble !== null,
      choose: (id, button) => this.session.choose(id, button),
      vote: (id, helpful, reason) => this.session.vote(id, helpful, reason),
      edit: (id) => {
        this.type([this.session.takeBack(id), this.typed].filter(Boolean).join('\n'));
        this.find<HTMLElement>('#question')?.focus();
      },
      remove: (id) => {
        this.session.takeBack(id);
        this.find<HTMLElement>('#question')?.focus();
      },
    };
    return html`
      <div class="talk" tabindex="0" role="log" aria-live="polite" aria-relevant="additions" aria-label=${say('conversation')} @scroll=${this.scrolled}>
        <ol role="list">
          ${repeat(
            this.lines,
            (entry) => entry.id,
            (entry) => line(entry, context),
          )}
        </ol>
        ${this.session.working ? html`<div class="working" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing}
      </div>
    `;
  }

  private status(): TemplateResult {
    const { trouble, working } = this.session;
    const over = this.typed.trim().length > LIMIT;
    const words = over
      ? say('tooLong', { count: this.typed.trim().length, limit: LIMIT })
      : trouble
        ? say(trouble.kind, trouble.kind === 'busy' ? { seconds: trouble.seconds } : {})
        : '';
    const { phone, email } = trouble && trouble.kind !== 'busy' ? this.contact.current : { phone: '', email: '' };
    return html`
      <div class=${words || this.below ? 'status shown' : 'status'}>
        <p role="status">${words || (working && this.slow ? html`<span class="away">${say('working')}</span>` : nothing)}</p>
        ${phone || email
          ? html`<p>
              ${say('instead')}
              ${phone ? html`<a href=${`tel:${phone.replace(/[^\d+]/g, '')}`}>${say('call', { phone })}</a>` : nothing}
              ${email ? html`<a href=${`mailto:${email}`}>${say('write', { email })}</a>` : nothing}
            </p>`
          : nothing}
        ${trouble && trouble.kind !== 'busy'
          ? html`<button type="button" class="plain" @click=${() => this.session.wake()}>${say('tryNow')}</button>`
          : nothing}
        ${this.below
          ? html`<button type="button" class="button" @click=${() => this.scrollToEnd()}>${down}${say('newReply')}</button>`
          : nothing}
      </div>
    `;
  }

  private composer(): TemplateResult {
    const words = this.typed.trim();
    return html`
      <form
        class="composer"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          this.submit();
        }}
      >
        <label class="away" for="question">${say('question')}</label>
        <textarea
          id="question"
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          placeholder=${say('placeholder')}
          aria-invalid=${words.length > LIMIT}
          .value=${this.typed}
          @input=${(event: InputEvent) => this.type((event.target as HTMLTextAreaElement).value)}
          @keydown=${this.typedKey}
        ></textarea>
        <button
          type="submit"
          class="send"
          aria-label=${say('send')}
          title=${say('send')}
          aria-disabled=${!words || words.length > LIMIT}
        >
          ${arrow}
        </button>
      </form>
    `;
  }

  private confirm(what: 'startOver' | 'erase'): TemplateResult {
    return html`
      <section class="confirm" role="group" aria-labelledby="confirm-title">
        <h3 id="confirm-title" tabindex="-1">${say(`${what}Title`)}</h3>
        <p>${say(`${what}Text`)}</p>
        <p role="alert">${this.eraseFailed ? say('eraseFailed') : nothing}</p>
        <div class="row">
          <button type="button" class=${`button main${what === 'erase' ? ' danger' : ''}`} @click=${() => void this.confirmed()}>
            ${say(`${what}Yes`)}
          </button>
          <button type="button" class="button" @click=${() => this.leaveConfirm()}>${say('keep')}</button>
        </div>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'which-plan': WhichPlan;
  }
}
