/** What this browser remembers of a talk, and how news is woven into it. Plain functions on a plain value. */
import type { Message, Reply } from './reply';
import { uuid } from './uuid';

/** Phrases that the widget itself puts between the turns. */
export type Note = 'newTalk' | 'eraseDone';

export type Turn =
  | { from: 'parent'; id: string; text: string }
  | ({
      from: 'assistant';
      /** The button that was pressed last. */
      chosen?: string;
      helpful?: boolean;
      reasonGiven?: boolean;
      /** Said in a talk that has ended: its buttons would no longer be understood. */
      past?: boolean;
    } & Reply)
  | { from: 'note'; id: string; note: Note };

/** Something the server has not confirmed yet. It stays here through reloads until it has, or refuses it. */
export type Outgoing =
  | { kind: 'message'; id: string; text: string; choice?: string; refused?: string }
  | { kind: 'vote'; id: string; reply: string; helpful: boolean; reason?: string };

export interface Talk {
  version: 1;
  /** Changes when the parent starts over or deletes: what comes back for an older talk is dropped. */
  epoch: string;
  token: string | null;
  /** Tokens of talks that were started over, so that "delete what I wrote" reaches them too. */
  earlier: string[];
  turns: Turn[];
  outbox: Outgoing[];
  /** When it last changed, in milliseconds. */
  touched: number;
}

/** The server deletes talks after 30 days; a copy here would outlive what we promise. */
const KEPT = 30 * 24 * 3600 * 1000;
/** Enough to scroll back; localStorage ends at 5 MB. */
const LONGEST = 300;

export const emptyTalk = (): Talk => ({
  version: 1,
  epoch: uuid(),
  token: null,
  earlier: [],
  turns: [],
  outbox: [],
  touched: Date.now(),
});

export function isTalk(value: unknown): value is Talk {
  const talk = value as Talk | null;
  return (
    typeof talk === 'object' &&
    talk !== null &&
    talk.version === 1 &&
    Array.isArray(talk.turns) &&
    Array.isArray(talk.outbox) &&
    Array.isArray(talk.earlier) &&
    Date.now() - talk.touched < KEPT
  );
}

const knows = (talk: Talk, id: string) => talk.turns.some((turn) => turn.id === id);

/** Add what the server has, each message once, in its order; what it has is no longer ours to send. */
export function merge(talk: Talk, messages: Message[]): Turn[] {
  const added: Turn[] = [];
  for (const message of messages) {
    if (message.from === 'parent') talk.outbox = talk.outbox.filter((item) => item.id !== message.id);
    if (knows(talk, message.id)) continue;
    talk.turns.push(message);
    added.push(message);
  }
  talk.turns = talk.turns.slice(-LONGEST);
  return added;
}

/** The server answered the message `sent`. */
export function confirm(talk: Talk, sent: { id: string; text: string }, replies: Reply[]): Turn[] {
  return merge(talk, [
    { from: 'parent', id: sent.id, text: sent.text },
    ...replies.map((reply) => ({ from: 'assistant' as const, ...reply })),
  ]);
}

/** The token is no longer valid: keep what was said readable, and what was not sent for the next talk. */
export function expire(talk: Talk): void {
  talk.token = null;
  for (const turn of talk.turns) if (turn.from === 'assistant') turn.past = true;
  talk.outbox = talk.outbox.filter((item) => item.kind === 'message');
  // The new talk cannot know a choice of the old one; its title says the same in words.
  for (const item of talk.outbox) if (item.kind === 'message') delete item.choice;
  if (talk.turns.length) talk.turns.push({ from: 'note', id: uuid(), note: 'newTalk' });
}

/** The last reply of the running talk, from which the server is asked for news. */
export function lastReply(talk: Talk): string | null {
  for (let at = talk.turns.length - 1; at >= 0; at--) {
    const turn = talk.turns[at]!;
    if (turn.from === 'assistant') return turn.past ? null : turn.id;
  }
  return null;
}

/** The last message of the running talk that the server knows, from which it is asked for what people write. */
export function lastKnown(talk: Talk): string | null {
  const turn = talk.turns.filter((one) => one.from !== 'note').at(-1);
  return turn && !(turn.from === 'assistant' && turn.past) ? turn.id : null;
}
