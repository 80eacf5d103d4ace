/**
 * Reads an answer aloud, with a voice of the device itself.
 *
 * Some browsers bring voices that speak on their maker's servers: those would learn what a parent asks about, so they do not count.
 */
import { say } from './strings';

export class Voice {
  /** The reply that is read; empty while nothing is. */
  reading = '';
  /** What waits to be said. Kept here, because Chrome else forgets to tell that it was said. */
  private queue: SpeechSynthesisUtterance[] = [];
  private readonly engine: SpeechSynthesis | undefined = window.speechSynthesis;

  /** @param changed Runs when something begins or ends, and when the device has found its voices. */
  constructor(private readonly changed: () => void) {}

  start(): void {
    // Not in Safari before 16.
    this.engine?.addEventListener?.('voiceschanged', this.changed);
    addEventListener('pagehide', this.stop);
  }

  /** The one that this device's owner chose, or else any that speaks our language. */
  get own(): SpeechSynthesisVoice | undefined {
    const language = say('language');
    const some = this.engine?.getVoices().filter((one) => one.localService && one.lang.slice(0, 2) === language.slice(0, 2));
    return some?.find((one) => one.default) ?? some?.find((one) => one.lang.replace('_', '-') === language) ?? some?.[0];
  }

  /** Read the reply `id`; a second time, stop. */
  toggle(id: string, paragraphs: string[]): void {
    const again = this.reading === id;
    this.stop();
    const voice = this.own;
    if (again || !voice) return;
    this.reading = id;
    // One by one: a phone refuses a long text as a whole.
    this.queue = paragraphs.map((words) => {
      const one = new SpeechSynthesisUtterance(words);
      one.voice = voice;
      one.lang = voice.lang;
      one.onend = () => one === this.queue[this.queue.length - 1] && this.stop();
      one.onerror = () => this.queue.includes(one) && this.stop();
      return one;
    });
    this.queue.forEach((one) => this.engine!.speak(one));
    this.changed();
  }

  readonly stop = (): void => {
    if (!this.reading) return;
    this.reading = '';
    this.queue = [];
    this.engine!.cancel();
    this.changed();
  };

  end(): void {
    this.stop();
    this.engine?.removeEventListener?.('voiceschanged', this.changed);
    removeEventListener('pagehide', this.stop);
  }
}
