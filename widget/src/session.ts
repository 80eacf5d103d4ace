/**
 * One parent's talk with the server: it survives reloads, lost connections and second tabs.
 *
 * Every message waits in the outbox under its own id until the server has answered it. The server does nothing
 * twice for one id, so sending again is always safe, from any tab.
 */
import type { Store } from './store';
import { confirm, emptyTalk, expire, isTalk, lastKnown, lastReply, merge, type Outgoing, type Talk, type Turn } from './transcript';
import { Failure, type Transport } from './transport';
import { uuid } from './uuid';

/** Why something waits. `busy` ends by itself after `seconds`. */
export type Trouble = { kind: 'offline' } | { kind: 'unreachable' } | { kind: 'busy'; seconds: number };

/** Another tab sends what it queued at once; after this long it may have been closed. In milliseconds. */
const TAKE_OVER = 5_000;
/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 30_000;
/** Seconds for which the server holds the question whether a person has written. */
const HOLD = 25;
/** What still stands in conflict after so many tries is not going to be solved by the next. */
const CONFLICTS = 4;

/** Milliseconds to wait after the given number of failures: 1, 2, 4 … 30 s, spread so that not all come back at once. */
export function pause(failures: number, random = Math.random()): number {
  return Math.min(LONGEST_PAUSE, 1000 * 2 ** (failures - 1)) * (0.75 + random / 2);
}

export class Session {
  talk: Talk;
  trouble: Trouble | null = null;
  /** True while an answer is on its way. */
  working = false;
  /** Told after every change. */
  onchange: () => void = () => undefined;
  /** Told what was added to the transcript in this tab, as it happens. */
  onturns: (turns: Turn[]) => void = () => undefined;

  private kept = false;
  private running = false;
  private again = false;
  private wanted = false;
  private stale = false;
  private listening = false;
  private stopped = false;
  private failures = 0;
  private conflicts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What this tab queued: another tab's write at the same moment must not lose it. */
  private mine: Outgoing[] = [];
  private stopWatching: () => void = () => undefined;

  constructor(
    private readonly transport: Transport,
    private readonly store: Store,
  ) {
    this.talk = emptyTalk();
    this.adopt();
  }

  start(): void {
    this.stopped = false;
    this.stopWatching = this.store.watch(() => {
      this.adopt();
      if (this.pending().length && !this.running) this.later(TAKE_OVER);
      this.onchange();
    });
  }

  /** The panel is open: greet, or catch up. */
  open(): void {
    this.wanted = true;
    this.stale = this.talk.token !== null;
    void this.run();
  }

  /** The connection or the parent came back: catch up and try again now. */
  wake(): void {
    this.adopt();
    if (this.trouble?.kind === 'offline') this.trouble = null;
    this.onchange();
    if (!this.wanted && !this.pending().length) return;
    this.stale = this.talk.token !== null;
    void this.run();
  }

  /** The browser says that there is no network. */
  lost(): void {
    this.trouble = { kind: 'offline' };
    this.onchange();
  }

  say(text: string): void {
    this.enqueue({ kind: 'message', id: uuid(), text });
  }

  /** Press a button of the reply `id`. */
  choose(id: string, button: { title: string; choice: string }): void {
    this.change((talk) => {
      for (const turn of talk.turns) if (turn.from === 'assistant' && turn.id === id) turn.chosen = button.choice;
    });
    this.enqueue({ kind: 'message', id: uuid(), text: button.title, choice: button.choice });
  }

  vote(reply: string, helpful: boolean, reason?: string): void {
    this.change((talk) => {
      for (const turn of talk.turns) {
        if (turn.from !== 'assistant' || turn.id !== reply) continue;
        turn.helpful = helpful;
        if (reason !== undefined || helpful) turn.reasonGiven = true;
        else delete turn.reasonGiven;
      }
    });
    if (reason !== '') this.enqueue({ kind: 'vote', id: uuid(), reply, helpful, ...(reason ? { reason } : {}) });
  }

  /** Take a refused message out of the talk. Returns its words. */
  takeBack(id: string): string {
    const item = this.talk.outbox.find((waiting) => waiting.id === id);
    this.drop(id);
    return item?.kind === 'message' ? item.text : '';
  }

  startOver(): void {
    this.change((talk) => {
      const { token, earlier } = talk;
      Object.assign(talk, emptyTalk(), { earlier: token ? [...earlier, token].slice(-20) : earlier });
    });
    this.open();
  }

  /**
   * Delete every talk of this browser, on the server and here.
   *
   * @throws Failure when the server could not be reached; then nothing is forgotten here either, so that the parent
   *   can try again.
   */
  async erase(): Promise<void> {
    this.adopt();
    const tokens = [...this.talk.earlier, ...(this.talk.token ? [this.talk.token] : [])];
    for (const token of tokens) {
      try {
        await this.transport.erase(token);
      } catch (problem) {
        // Already gone is as good as deleted.
        if (!(problem instanceof Failure && (problem.status === 401 || problem.status === 404))) throw problem;
      }
    }
    this.wanted = false;
    this.trouble = null;
    this.change((talk) => {
      Object.assign(talk, emptyTalk());
      talk.turns = [{ from: 'note', id: uuid(), note: 'eraseDone' }];
    });
  }

  /** Leave the page without leaving timers behind. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.stopWatching();
  }

  /** Take over what other tabs wrote. */
  private adopt(): void {
    const stored = this.store.read();
    // Nothing there: either nothing was ever kept, or somebody cleared the browser's storage.
    if (!isTalk(stored) && !this.kept) {
      // Too old to be kept any longer, or of a version we do not know.
      if (stored !== null) this.store.clear();
      return;
    }
    const talk = isTalk(stored) ? stored : emptyTalk();
    this.kept = true;
    if (talk.epoch !== this.talk.epoch) this.mine = [];
    const known = new Set([...talk.turns, ...talk.outbox].map((entry) => entry.id));
    talk.outbox.push(...this.mine.filter((item) => !known.has(item.id)));
    this.talk = talk;
  }

  private change(change: (talk: Talk) => void): void {
    this.adopt();
    change(this.talk);
    this.talk.touched = Date.now();
    this.mine = this.mine.filter((item) => this.talk.outbox.some((waiting) => waiting.id === item.id));
    this.store.write(this.talk);
    this.kept = true;
    this.onchange();
  }

  private enqueue(item: Outgoing): void {
    this.mine.push(item);
    this.change((talk) => {
      if (!talk.outbox.some((waiting) => waiting.id === item.id)) talk.outbox.push(item);
    });
    void this.run();
  }

  private drop(id: string): void {
    this.mine = this.mine.filter((item) => item.id !== id);
    this.change((talk) => {
      talk.outbox = talk.outbox.filter((item) => item.id !== id);
    });
  }

  private pending(): Outgoing[] {
    return this.talk.outbox.filter((item) => item.kind === 'vote' || item.refused === undefined);
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.adopt();
      void this.run();
    }, milliseconds);
  }

  /** Do all there is to do, one call after the other; one run at a time. */
  private async run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    clearTimeout(this.timer);
    let renewed = false;
    do {
      this.again = false;
      try {
        await this.step();
        this.failures = 0;
        this.trouble = null;
      } catch (problem) {
        const failure = problem instanceof Failure ? problem : new Failure(0);
        const gone = failure.status === 401 || failure.status === 404;
        if (gone && this.talk.token && !renewed) {
          renewed = true;
          this.change(expire);
          this.again = true;
        } else {
          this.wait(failure);
          break;
        }
      }
    } while (this.again || (this.trouble === null && this.pending().length > 0));
    this.running = false;
    this.working = false;
    this.onchange();
    void this.listen();
  }

  /** While a person is asked for or speaks, bring in what they write as they write it. */
  private async listen(): Promise<void> {
    if (this.listening) return;
    this.listening = true;
    for (let failures = 0; this.transport.person && this.talk.token && !this.stopped; ) {
      try {
        await this.catchUp(HOLD, lastKnown(this.talk));
        failures = 0;
      } catch (problem) {
        if (problem instanceof Failure && problem.status === 401) break; // deleted, in this tab or another
        await new Promise((done) => setTimeout(done, pause(++failures)));
      }
    }
    this.listening = false;
  }

  /** The next call. */
  private async step(): Promise<void> {
    const [item] = this.pending();
    if (!this.talk.token) {
      if (this.wanted || item) await this.begin();
    } else if (this.stale) {
      await this.catchUp();
      this.stale = false;
    } else if (item?.kind === 'message') {
      this.working = true;
      this.onchange();
      await this.deliver(item);
    } else if (item) {
      await this.deliverVote(item);
    }
    if (this.talk.token && this.stale) this.again = true;
  }

  private async begin(): Promise<void> {
    const { epoch } = this.talk;
    this.working = true;
    this.onchange();
    const { token, replies } = await this.transport.begin();
    this.adopt();
    // Started over meanwhile, or another tab was quicker: its talk is the one that both show.
    if (this.talk.epoch !== epoch || this.talk.token) return;
    let added: Turn[] = [];
    this.change((talk) => {
      const renewed = talk.turns.some((turn) => turn.from === 'note' && turn.note === 'newTalk');
      talk.token = token;
      // A parent in the middle of a talk needs no second greeting.
      if (!renewed) added = merge(talk, replies.map((reply) => ({ from: 'assistant', ...reply })));
    });
    this.onturns(added);
  }

  private async catchUp(wait = 0, after = lastReply(this.talk)): Promise<void> {
    const { epoch, token } = this.talk;
    const messages = await this.transport.since(token!, after, wait);
    let added: Turn[] = [];
    this.change((talk) => {
      if (talk.epoch === epoch && talk.token === token) added = merge(talk, messages);
    });
    this.onturns(added);
  }

  private async deliver(item: Outgoing & { kind: 'message' }): Promise<void> {
    const { epoch, token } = this.talk;
    const { id, text, choice } = item;
    try {
      const replies = await this.transport.send(token!, choice === undefined ? { id, text } : { id, choice });
      this.conflicts = 0;
      let added: Turn[] = [];
      this.change((talk) => {
        if (talk.epoch !== epoch) return;
        added = confirm(talk, item, replies);
        if (!replies.some((reply) => reply.deleted)) return;
        // Nothing of it stays here either; what was typed since begins a new talk.
        const { earlier, outbox } = talk;
        const turns = replies.map((reply) => ({ from: 'assistant' as const, ...reply, past: true }));
        Object.assign(talk, emptyTalk(), { earlier, outbox: outbox.filter(({ kind }) => kind === 'message'), turns });
        this.wanted = false;
      });
      this.onturns(added);
    } catch (problem) {
      const failure = problem instanceof Failure ? problem : new Failure(0);
      if (failure.status === 409 && ++this.conflicts < CONFLICTS) {
        // Our first delivery is still being answered: wait for its replies.
        await this.catchUp(25);
      } else if (failure.status === 400 && choice !== undefined) {
        // An old button. Its title says the same in words.
        this.revise(id, (waiting) => delete waiting.choice);
      } else if ([400, 409, 413, 415].includes(failure.status)) {
        this.conflicts = 0;
        this.revise(id, (waiting) => (waiting.refused = failure.message));
      } else {
        throw failure;
      }
    }
  }

  private async deliverVote(vote: Outgoing & { kind: 'vote' }): Promise<void> {
    try {
      await this.transport.vote(this.talk.token!, vote.reply, vote.helpful, vote.reason);
    } catch (problem) {
      // A vote that the server does not want is no reason to disturb a parent; one that it could not get is sent again.
      const status = problem instanceof Failure ? problem.status : 0;
      if (![400, 404, 409, 413, 415].includes(status)) throw problem;
    }
    this.drop(vote.id);
  }

  private revise(id: string, revise: (item: Outgoing & { kind: 'message' }) => void): void {
    for (const item of this.mine) if (item.id === id && item.kind === 'message') revise(item);
    this.change((talk) => {
      for (const item of talk.outbox) if (item.id === id && item.kind === 'message') revise(item);
    });
  }

  private wait(failure: Failure): void {
    this.failures += 1;
    let milliseconds = pause(this.failures);
    if (failure.status === 429) {
      const seconds = Math.min(120, failure.retryAfter || 5);
      this.trouble = { kind: 'busy', seconds };
      milliseconds = seconds * 1000;
    } else if (!navigator.onLine) {
      this.trouble = { kind: 'offline' };
    } else if (this.failures > 1) {
      // One lost call on a train is not worth a word.
      this.trouble = { kind: 'unreachable' };
    }
    this.later(milliseconds);
  }
}
