/**
 * What the server says, in the shape of version 1 of the HTTP contract.
 *
 * A reply is read field by field: an older or newer server may leave out or add fields, and a talk must not
 * break on either.
 */

export type Outcome = 'answered' | 'asked' | 'clarify' | 'out_of_scope' | 'crisis' | 'booking' | 'letter' | 'error';

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
  /** Of the columns, beside that of the row heads. */
  titles: string[];
  rows: { head: string; cells: string[] }[];
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

export interface Letter {
  /** What it is for. */
  name: string;
  subject: string;
  /** Plain text, blanks in [brackets]. */
  body: string;
  /** Roles. */
  to: string;
  copy: string[];
  /** A mailto: address, and paths of the server. */
  files: { mailto: string; txt: string; docx: string; print: string };
}

export interface Reply {
  id: string;
  /** All of it in small Markdown; what is shown where there is no `body`. */
  text: string;
  /** The question that was taken up. */
  heading: string;
  /** The answer's own words, without the parts below. */
  body: string;
  /** One line that names whom to write to. */
  writeTo: string;
  /** Words to send, with blanks in brackets. */
  script: string;
  /** The paragraph that introduces the buttons. */
  ask: string;
  buttons: Button[];
  sources: Source[];
  answer: { intent: string; point: string; plan: string; state: string; reviewed: string } | null;
  outcome: Outcome;
  card: Card | null;
  letter?: Letter;
  /** The part that is folded away. */
  more: string;
  /** What `more` holds. */
  moreTitle: string;
  /** First name of the advocate who wrote this; empty where the assistant did. */
  person: string;
  /** What is asked for ("name", "address", …), so that the field can help to type it; empty for anything. */
  expects: string;
  /** Of its words ("es"); empty for that of the widget. */
  language: string;
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
    heading: text(value['heading']),
    body: text(value['body']),
    writeTo: text(value['write_to']),
    script: text(value['script']),
    ask: text(value['ask']),
    buttons: list(value['buttons'])
      .map((button) => ({ title: text(button['title']), choice: text(button['choice']) }))
      .filter((button) => button.title),
    sources: list(value['sources'])
      .map((source) => ({ title: text(source['title']), url: text(source['url']), cite: text(source['cite']) }))
      .filter((source) => source.title || source.cite),
    answer: isFields(answer)
      ? {
          intent: text(answer['intent']),
          point: text(answer['point']),
          plan: text(answer['plan']),
          state: text(answer['state']),
          reviewed: text(answer['reviewed']),
        }
      : null,
    outcome: (text(value['outcome']) || 'answered') as Outcome,
    card: readCard(card),
    ...readLetter(value['letter']),
    more: text(value['more']),
    moreTitle: text(value['more_title']),
    person: text(value['person']),
    expects: text(value['expects']),
    language: text(value['language']),
    ...(isFields(card) && card['kind'] === 'deleted' ? { deleted: true } : {}),
  };
}

function readCard(value: unknown): Card | null {
  if (!isFields(value)) return null;
  if (value['kind'] === 'compare') {
    const titles = list(value['columns']).map((column) => text(column['title']));
    const rows = list(value['rows']).map((row) => ({ head: text(row['head']), cells: texts(row['cells']) }));
    return titles.length && rows.length ? { kind: 'compare', titles, rows } : null;
  }
  if (value['kind'] === 'contact') {
    return { kind: 'contact', role: text(value['role']), how: text(value['how']), say: text(value['say']) };
  }
  if (value['kind'] === 'booking') {
    return { kind: 'booking', when: text(value['when']), ics: text(value['ics']) };
  }
  return null;
}

function readLetter(value: unknown): { letter?: Letter } {
  if (!isFields(value) || !text(value['body'])) return {};
  const files = isFields(value['files']) ? value['files'] : {};
  return {
    letter: {
      name: text(value['name']),
      subject: text(value['subject']),
      body: text(value['body']),
      to: text(value['to']),
      copy: texts(value['copy']),
      files: {
        mailto: text(files['mailto']),
        txt: text(files['txt']),
        docx: text(files['docx']),
        print: text(files['print']),
      },
    },
  };
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
