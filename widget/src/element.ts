/** `<which-plan>`: opens and closes, and puts the parts of the chat together. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { version } from '../package.json';
import { Back } from './back';
import { composer, grow, isTooLong, LIMIT } from './composer';
import { confirmation, type Question } from './confirmation';
import { ContactCache } from './contact';
import { Drawn } from './drawn';
import { keepFocus } from './focus';
import { head, type Command } from './head';
import { fork } from './icons';
import { print, save } from './paper';
import { line, type Line, type TurnContext } from './render';
import { Scroll } from './scroll';
import { Session } from './session';
import type { Reply } from './reply';
import { settings, type Settings } from './settings';
import { status } from './status';
import { spoken } from './spoken';
import { Store, storageArea } from './store';
import { inLanguage, say } from './strings';
import { dress } from './styles';
import type { Outgoing, Turn } from './transcript';
import { Transport } from './transport';
import { Viewport } from './viewport';
import { Voice } from './voice';

/** Milliseconds after which a wait is worth a word to a screen reader. */
const SLOW = 2000;
/** Further milliseconds after which who waits is told whom to call in danger: the server may hang as well as refuse. */
const LATE = 6000;

/** Milliseconds for which "Copied" stands. */
const TOLD = 4000;
/** A question in the address of the page: `#ask=May they record?`. */
const ASKED = /^#ask=(.+)$/;

export class WhichPlan extends Drawn {
  static readonly version = version;

  isOpen = false;

  private config!: Settings;
  private session!: Session;
  private contact!: ContactCache;
  private draft!: Store;
  /** Remembers over a reload of this tab where the panel was open. */
  private openMark!: Store;

  private readonly viewport = new Viewport(() => this.requestUpdate());
  private readonly voice = new Voice(() => this.redraw());
  private readonly back = new Back(() => this.close());
  private readonly reading = new Scroll(
    () => this.find<HTMLElement>(this.viewport.short ? '.panel' : '.talk'),
    () => this.requestUpdate(),
  );

  /** The panel is built when it is first opened: a page that is only read pays nothing for it. */
  private built = false;
  private menuOpen = false;
  private confirming: Question | null = null;
  private eraseFailed = false;
  private typed = '';
  private copied = '';
  private drawn = 0;
  private told = '';
  /** What was answered last, for those who do not see it. */
  private spoken = '';
  private toldTimer: ReturnType<typeof setTimeout> | undefined;
  private slow = false;
  private late = false;
  private slowTimer: ReturnType<typeof setTimeout> | undefined;
  /** Where it stands, to tell a swapped page from one that takes it away. */
  private home: HTMLElement = document.body;
  private opener: HTMLElement | null = null;
  /** The last line that the parent had before them. */
  private seen = '';

  override connectedCallback(): void {
    if (!this.hasUpdated) this.prepare();
    super.connectedCallback();
    dress(this.renderRoot, this.config.nonce);
    this.home = document.body;
    this.session.start();
    this.viewport.start();
    this.voice.start();
    if (this.built) this.reading.start(this.find('.talk')!);
    if (this.hasUpdated) this.raise();
    addEventListener('online', this.wake);
    addEventListener('offline', this.lost);
    addEventListener('pageshow', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    document.addEventListener('click', this.pressed);
    addEventListener('hashchange', this.addressed);
    void this.contact.refresh();
    // After a reload the talk is where it was. A whole screen over another page would hide what the parent went for.
    const mark = this.openMark.read();
    if (this.config.inline || this.config.open || mark === location.href || (mark !== null && !this.viewport.full)) this.show();
    else this.session.wake();
    this.addressed();
  }

  disconnectedCallback(): void {
    this.session.stop();
    this.viewport.stop();
    this.voice.end();
    this.reading.stop();
    this.back.release();
    clearTimeout(this.slowTimer);
    removeEventListener('online', this.wake);
    removeEventListener('offline', this.lost);
    removeEventListener('pageshow', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    document.removeEventListener('click', this.pressed);
    removeEventListener('hashchange', this.addressed);
    clearTimeout(this.toldTimer);
    const { home } = this;
    // A page that swaps its whole body as it goes (Turbo) has not meant to end the talk.
    setTimeout(() => {
      if (!this.isConnected && document.body && document.body !== home && !document.querySelector(this.localName)) {
        document.body.append(this);
      }
    });
  }

  /** Stand in the page's top layer: no z-index, transform or overflow of the page reaches there. */
  private raise(): void {
    const frame = this.find<HTMLElement>('.frame');
    if (!frame?.showPopover || !frame.isConnected || this.config.inline) return;
    if (frame.matches(':popover-open')) frame.hidePopover();
    frame.showPopover();
  }

  /** Behind a modal dialog of the page nothing can be reached: a chat that is opened from inside one goes in there. */
  private enter(opener: HTMLElement | null): void {
    const dialog = opener?.closest<HTMLDialogElement>('dialog[open]');
    if (!dialog || dialog.contains(this)) return;
    dialog.append(this);
    dialog.addEventListener('close', () => document.body.append(this), { once: true });
  }

  /** Open the chat and take the focus there. It returns to `opener`, or to the launcher, when the chat closes. */
  open(opener: HTMLElement | null = null): void {
    this.opener = opener;
    this.enter(opener);
    this.show();
    void this.updateComplete.then(() => {
      // A keyboard that slides up at once would hide the greeting; there the title takes the focus.
      const typing = matchMedia('(pointer: fine)').matches && !this.fills;
      this.find<HTMLElement>(typing && !this.confirming ? '#question' : '#title')?.focus();
    });
  }

  close(): void {
    if (!this.isOpen || this.config.inline) return;
    this.isOpen = false;
    this.menuOpen = false;
    this.confirming = null;
    this.back.release();
    this.voice.stop();
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

  private prepare(): void {
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
    this.seen = this.newest?.id ?? '';
  }

  private show(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.built = true;
    if (!this.config.inline) this.openMark.write(location.href);
    this.session.open();
    this.requestUpdate();
    if (this.fills) this.back.hold();
    void this.updateComplete.then(() => {
      this.raise();
      this.reading.toEnd();
      this.reading.start(this.find('.talk')!);
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
    // With a modifier the parent wants the link behind it in a tab of its own.
    if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.open(opener);
    this.ask(opener.dataset['whichplanOpen'] ?? '');
  };

  /** Take the question out of the page's address, so that a reload does not ask it again. */
  private readonly addressed = () => {
    const found = ASKED.exec(location.hash);
    if (!found) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    let question = found[1]!;
    try {
      question = decodeURIComponent(question);
    } catch {
      // As it stands, then.
    }
    this.open();
    this.ask(question);
  };

  private ask(question: string): void {
    const words = question.trim();
    if (words && !isTooLong(words)) this.session.say(words);
  }

  private dispatch(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`whichplan:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Tell the host page that something was said. Never what: the parent's words are not the page's business. */
  private tell(turns: Turn[]): void {
    const said = turns.flatMap((turn) => (turn.from === 'assistant' ? [spoken(turn)] : []));
    // The same words again would be no change, and silent.
    if (said.length) this.spoken = said.join(' ') + (this.spoken.endsWith('\u00a0') ? '' : '\u00a0');
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

  /** The panel covers the whole screen. */
  private get fills(): boolean {
    return !this.config.inline && this.viewport.full;
  }

  /** What the parent wrote and nobody has answered. */
  private get unsent(): Outgoing[] {
    return this.session.talk.outbox.filter((item) => item.kind === 'message');
  }

  private get newest(): Line | undefined {
    const { lines } = this;
    return lines[lines.length - 1];
  }

  /** Replies that came while the panel was closed. */
  private get unread(): number {
    const { lines } = this;
    const seen = lines.findIndex((entry) => entry.id === this.seen);
    if (this.isOpen || seen < 0) return 0;
    return lines.slice(seen + 1).filter((entry) => 'from' in entry && entry.from === 'assistant').length;
  }

  /** Draw the talk anew. A key that is typed changes nothing in it, and three hundred lines take their time. */
  private redraw(): void {
    this.drawn += 1;
    this.requestUpdate();
  }

  private changed(): void {
    this.drawn += 1;
    if (!this.session.working) {
      clearTimeout(this.slowTimer);
      this.slowTimer = undefined;
      this.slow = false;
      // A failed try ends the work, but not the wait.
      if (!this.unsent.length) this.late = false;
    } else {
      this.slowTimer ??= setTimeout(() => {
        this.slow = true;
        this.requestUpdate();
        this.slowTimer = setTimeout(() => {
          this.late = true;
          this.requestUpdate();
        }, LATE);
      }, SLOW);
    }
    this.requestUpdate();
  }

  private find<T extends Element>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  protected override updated(first: boolean): void {
    if (first) this.raise();
    const { position, scheme } = this.config;
    const system = this.viewport.dark ? 'dark' : 'light';
    this.mark('scheme', scheme === 'auto' ? system : scheme);
    this.mark('position', position);
    this.mark('mode', this.config.inline ? 'inline' : 'float');
    if (!this.config.inline) this.viewport.fit(this.find<HTMLElement>('.frame')!, this.isOpen);
    if (!this.isOpen) return;
    grow(this.find<HTMLTextAreaElement>('#question')!);
    const { newest } = this;
    if (!newest || newest.id === this.seen) return;
    this.seen = newest.id;
    this.voice.stop();
    this.reading.said(!('from' in newest) || newest.from === 'parent');
  }

  /** Set an attribute of the element, on which the style sheets depend. */
  private mark(name: string, value: string): void {
    if (this.getAttribute(name) !== value) this.setAttribute(name, value);
  }

  private readonly keydown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // The host page may close something of its own on Escape; one press closes one thing.
      event.stopPropagation();
      event.preventDefault();
      if (this.menuOpen) this.toggleMenu();
      else if (this.confirming) this.leaveConfirmation();
      else this.close();
    } else if (event.key === 'Tab' && this.fills) {
      keepFocus(this.find<HTMLElement>('.panel')!, event);
    }
  };

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

  private pick(command: Command): void {
    this.toggleMenu();
    if (command === 'save') save(this.session.talk);
    else if (command === 'print') print(this.session.talk, this.renderRoot);
    else {
      this.confirming = command;
      this.eraseFailed = false;
      this.requestUpdate();
      void this.updateComplete.then(() => this.find<HTMLElement>('#confirm-title')?.focus());
    }
  }

  private leaveConfirmation(): void {
    this.confirming = null;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.reading.toEnd();
      this.find<HTMLElement>('#menu-button')?.focus();
    });
  }

  private async confirmed(): Promise<void> {
    if (this.confirming === 'startOver') {
      this.session.startOver();
    } else {
      this.eraseFailed = false;
      this.requestUpdate();
      try {
        await this.session.erase();
      } catch {
        this.eraseFailed = true;
        this.requestUpdate();
        return;
      }
      this.type('');
    }
    this.leaveConfirmation();
  }

  private type(words: string): void {
    this.typed = words;
    this.draft.write(words);
    this.requestUpdate();
  }

  private submit(): void {
    const words = this.typed.trim();
    if (!words || isTooLong(words)) return;
    this.type('');
    this.session.say(words);
  }

  /** Put a message that was not sent back into the field, before what is there; or, with `keep` false, drop it. */
  private takeBack(id: string, keep: boolean): void {
    const words = this.session.takeBack(id);
    if (keep) this.type([words, this.typed].filter(Boolean).join('\n'));
    this.find<HTMLElement>('#question')?.focus();
  }

  /** Say something to those who do not see it, and forget it: a word that stays would be true of the next answer too. */
  private announce(words: string): void {
    this.told = words;
    clearTimeout(this.toldTimer);
    this.toldTimer = setTimeout(() => {
      this.told = this.copied = '';
      this.redraw();
    }, TOLD);
  }

  /** Copy words of the reply `from`. */
  private copy(words: string, from: string): void {
    void navigator.clipboard.writeText(words).then(() => {
      this.copied = from;
      this.announce(say(from.startsWith('link') ? 'linkCopied' : 'copied'));
      this.redraw();
    });
  }

  protected override render(): TemplateResult {
    const { launcher, label } = this.config;
    const { unread } = this;
    return html`
      <div class="frame" popover=${this.config.inline ? nothing : 'manual'} lang=${say('language')}>
        ${launcher
          ? html`<button
              type="button"
              class="launcher"
              ?hidden=${this.isOpen}
              aria-haspopup="dialog"
              aria-expanded=${this.isOpen}
              @click=${() => this.open()}
            >
              ${fork}<span>${label || say('launcher')}</span>${unread
                ? html`<span class="unread">${unread}<span class="away"> ${say('unread')}</span></span>`
                : nothing}
            </button>`
          : nothing}
        ${this.built ? this.panel() : nothing}
      </div>
    `;
  }

  private panel(): TemplateResult {
    const { short, low } = this.viewport;
    const { server, inline } = this.config;
    const full = this.fills;
    const { trouble } = this.session;
    const { typed, menuOpen, confirming } = this;
    return html`
      <div
        class=${`panel${full ? ' full' : ''}${short ? ' short' : ''}${low ? ' low' : ''}`}
        role=${inline ? 'region' : 'dialog'}
        aria-modal=${inline ? nothing : full ? 'true' : 'false'}
        aria-labelledby="title"
        aria-describedby="promise"
        ?hidden=${!this.isOpen}
        @keydown=${this.keydown}
        @click=${this.leaveMenu}
        @focusin=${this.leaveMenu}
        @scroll=${() => this.reading.moved()}
      >
        ${head({
          server,
          menuOpen,
          toggleMenu: () => this.toggleMenu(),
          pick: (command) => this.pick(command),
          close: inline ? null : () => this.close(),
        })}
        <div class="away" role="status" lang=${this.last?.language || nothing}>${this.spoken}</div>
        ${confirming
          ? confirmation(
              confirming,
              this.eraseFailed,
              () => void this.confirmed(),
              () => this.leaveConfirmation(),
            )
          : nothing}
        <div class="body" ?hidden=${confirming !== null}>
          ${this.log()}
          ${status({
            problem: isTooLong(typed) ? say('tooLong', { count: typed.trim().length, limit: LIMIT }) : '',
            trouble,
            slow: this.slow,
            told: this.told,
            unheard: this.unsent.some((item) => this.late || trouble || 'refused' in item),
            below: this.reading.below,
            contact: this.contact.current,
            tryNow: () => this.session.wake(),
            showNew: () => this.reading.toEnd(),
          })}
          ${inLanguage(this.last?.language, () =>
            composer(
              typed,
              this.last?.expects ?? '',
              (words) => this.type(words),
              () => this.submit(),
            ),
          )}
        </div>
      </div>
    `;
  }

  /** The last reply; none while the parent's own words wait for an answer. One kept from before may lack parts. */
  private get last(): Partial<Reply> | null {
    const last = this.newest;
    return last && 'from' in last && last.from === 'assistant' ? last : null;
  }

  private log(): TemplateResult {
    const context: TurnContext = {
      server: this.config.server,
      // Pages without https have no clipboard.
      copy: navigator.clipboard ? (words, from) => this.copy(words, from) : null,
      copied: this.copied,
      aloud: this.voice.own ? (id, paragraphs) => this.voice.toggle(id, paragraphs) : null,
      reading: this.voice.reading,
      stuck: this.session.trouble !== null,
      choose: (id, button) => this.session.choose(id, button),
      vote: (id, helpful, reason) => {
        this.session.vote(id, helpful, reason);
        // What it asks for stands below the answer: often below what is seen.
        void this.updateComplete.then(() => this.find<HTMLElement>(`#reason-${CSS.escape(id)}`)?.closest('form')!.scrollIntoView({ block: 'nearest' }));
      },
      edit: (id) => this.takeBack(id, true),
      remove: (id) => this.takeBack(id, false),
    };
    return html`
      <div
        class="talk"
        tabindex="0"
        role="log"
        aria-live="off"
        aria-label=${say('conversation')}
        @scroll=${() => this.reading.moved()}
      >
        <ol role="list">
          ${guard([this.drawn], () =>
            repeat(
              this.lines,
              (entry) => entry.id,
              (entry) => line(entry, context),
            ),
          )}
        </ol>
        ${this.session.working ? html`<div class="working" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'which-plan': WhichPlan;
  }
}
