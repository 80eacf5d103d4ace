/**
 * What the server says, in the shape of version 1 of the HTTP contract.
 *
 * A reply is read field by field: an older or newer server may leave out or add fields, and a talk must not
 * break on either.
 */

export type Outcome = 'answered' | 'asked' | 'clarify' | 'out_of_scope' | 'crisis' | 'booking' | 'error';

export interface Button {
  title: string;
  /** Opaque and signed: it goes back as it came. */
  choice: string;
}

export interface Source {
  title: string;
  url: string;
  cite: string;
}

export interface CompareCard {
  kind: 'compare';
  columns: { title: string; points: string[] }[];
}

export interface ContactCard {
  kind: 'contact';
  role: string;
  how: string;
  say: string;
}

export interface BookingCard {
  kind: 'booking';
  when: string;
  ics: string;
}

export type Card = CompareCard | ContactCard | BookingCard;

export interface Reply {
  id: string;
  text: string;
  buttons: Button[];
  sources: Source[];
  answer: { intent: string; plan: string; reviewed: string } | null;
  outcome: Outcome;
  card: Card | null;
  /** The part of `text` that a small screen may fold away. */
  more: string;
  /** First name of the advocate who wrote this; empty where the assistant did. */
  person: string;
  /** What is asked for ("name", "address", …), so that the field can help to type it; empty for anything. */
  expects: string;
  /** It tells that the talk was deleted, because the parent asked for that within it. */
  deleted?: boolean;
}

/** One line of the transcript: the parent's words, or a reply. */
export type Message = { from: 'parent'; id: string; text: string } | ({ from: 'assistant' } & Reply);

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

export function readReply(value: unknown): Reply | null {
  if (!isFields(value) || !text(value['id'])) return null;
  const answer = value['answer'];
  const card = value['card'];
  return {
    id: text(value['id']),
    text: text(value['text']),
    buttons: list(value['buttons'])
      .map((button) => ({ title: text(button['title']), choice: text(button['choice']) }))
      .filter((button) => button.title),
    sources: list(value['sources'])
      .map((source) => ({ title: text(source['title']), url: text(source['url']), cite: text(source['cite']) }))
      .filter((source) => source.title || source.cite),
    answer: isFields(answer)
      ? { intent: text(answer['intent']), plan: text(answer['plan']), reviewed: text(answer['reviewed']) }
      : null,
    outcome: (text(value['outcome']) || 'answered') as Outcome,
    card: readCard(card),
    more: text(value['more']),
    person: text(value['person']),
    expects: text(value['expects']),
    ...(isFields(card) && card['kind'] === 'deleted' ? { deleted: true } : {}),
  };
}

function readCard(value: unknown): Card | null {
  if (!isFields(value)) return null;
  if (value['kind'] === 'compare') {
    const columns = list(value['columns']).map((column) => ({
      title: text(column['title']),
      points: texts(column['points']),
    }));
    return columns.length ? { kind: 'compare', columns } : null;
  }
  if (value['kind'] === 'contact') {
    return { kind: 'contact', role: text(value['role']), how: text(value['how']), say: text(value['say']) };
  }
  if (value['kind'] === 'booking') {
    return { kind: 'booking', when: text(value['when']), ics: text(value['ics']) };
  }
  return null;
}

export function readReplies(value: unknown): Reply[] {
  return list(value).map(readReply).filter((reply): reply is Reply => reply !== null);
}

export function readMessages(value: unknown): Message[] {
  return list(value).flatMap((message): Message[] => {
    if (message['from'] === 'parent') {
      return text(message['id']) ? [{ from: 'parent', id: text(message['id']), text: text(message['text']) }] : [];
    }
    const reply = readReply(message);
    return reply ? [{ from: 'assistant', ...reply }] : [];
  });
}
