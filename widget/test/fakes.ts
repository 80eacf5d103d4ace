/** A server in memory that keeps the contract, and can be made to fail. */
import { readReply, type Message, type Reply } from '../src/reply';
import { Failure, Transport } from '../src/transport';

export const aReply = (id: string, fields: Record<string, unknown> = {}): Reply =>
  readReply({ id, text: `reply ${id}`, ...fields })!;

type Sent = { id: string; text?: string; choice?: string };

export class FakeServer extends Transport {
  /** What the next calls do instead: a failure, or `lost` for an answer that never arrives. */
  troubles: (Failure | 'lost')[] = [];
  /** What was asked of it, in order. */
  calls: string[] = [];
  talks = new Map<string, Message[]>();
  votes: unknown[] = [];
  private count = 0;

  constructor() {
    super('https://plan.example');
  }

  /** How often the message of these words was really answered. */
  answered(words: string): number {
    return [...this.talks.values()].flat().filter((message) => message.from === 'parent' && message.text === words).length;
  }

  override async begin() {
    return this.handle('begin', () => {
      const token = `token ${++this.count}`;
      const replies = [aReply(`greeting ${this.count}`)];
      this.talks.set(token, replies.map((reply) => ({ from: 'assistant', ...reply })));
      return { token, replies };
    });
  }

  override async send(token: string, message: Sent) {
    return this.handle(`send ${message.text ?? message.choice}`, () => {
      const talk = this.talk(token);
      if (message.text === 'delete it') {
        this.talks.delete(token);
        return [aReply('gone', { card: { kind: 'deleted' } })];
      }
      const reply = aReply(`to ${message.id}`);
      if (!talk.some((known) => known.id === message.id)) {
        talk.push({ from: 'parent', id: message.id, text: message.text ?? `title of ${message.choice}` });
        talk.push({ from: 'assistant', ...reply });
      }
      return [reply];
    });
  }

  /** A line of an advocate, once there is one; until then the server holds the question. */
  line: Promise<Message> | null = null;

  override async since(token: string, after: string | null, wait = 0) {
    if (wait && this.line) this.talk(token).push(await this.line);
    return this.handle('since', () => {
      const talk = this.talk(token);
      return talk.slice(talk.findIndex((message) => message.id === after) + 1);
    });
  }

  override async erase(token: string) {
    return this.handle('erase', () => {
      this.talk(token);
      this.talks.delete(token);
    });
  }

  override async vote(token: string, reply: string, helpful: boolean, reason?: string) {
    return this.handle('vote', () => {
      this.talk(token);
      this.votes.push({ reply, helpful, reason });
    });
  }

  private talk(token: string): Message[] {
    const talk = this.talks.get(token);
    if (!talk) throw new Failure(401);
    return talk;
  }

  private async handle<T>(call: string, act: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    const trouble = this.troubles.shift();
    if (trouble instanceof Failure) throw trouble;
    const answer = act();
    if (trouble === 'lost') throw new Failure(0);
    return answer;
  }
}
