/** Version 1 of the HTTP contract, one method a call. It knows no talk and repeats nothing: `session.ts` does. */
import { encode } from './json';
import { readMessages, readReplies, type Message, type Reply } from './reply';

/** Longer than the server takes at its worst; the same id may be sent again afterwards. */
const TIMEOUT = 30_000;

export interface Contact {
  name: string;
  phone: string | null;
  email: string | null;
}

/** A call that did not do what it should. `status` 0: nobody of ours answered. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message = '',
    /** Seconds the server asks us to wait. */
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

/** Somebody is asked to join the talk, or is there; null: the assistant answers. */
export type Person = 'waiting' | 'here' | null;

export class Transport {
  /** As the server said it last. */
  person: Person = null;

  constructor(readonly server: string) {}

  async begin(): Promise<{ token: string; replies: Reply[] }> {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const body = await this.call('POST', '/v1/conversations', null, timeZone ? { timezone: timeZone } : {});
    if (typeof body['token'] !== 'string') throw new Failure(0);
    return { token: body['token'], replies: readReplies(body['replies']) };
  }

  async send(token: string, message: { id: string; text: string } | { id: string; choice: string }): Promise<Reply[]> {
    const body = await this.call('POST', '/v1/messages', token, message);
    this.hearOf(body['person']);
    return readReplies(body['replies']);
  }

  /** What was said after the reply `after`; with `wait`, holds on that many seconds until there is something. */
  async since(token: string, after: string | null, wait = 0): Promise<Message[]> {
    const query = new URLSearchParams();
    if (after) query.set('after', after);
    if (wait) query.set('wait', String(wait));
    const body = await this.call('GET', `/v1/messages?${query.toString()}`, token);
    this.hearOf(body['person']);
    return body['messages']
      ? readMessages(body['messages'])
      : readReplies(body['replies']).map((reply) => ({ from: 'assistant' as const, ...reply }));
  }

  async erase(token: string): Promise<void> {
    await this.call('DELETE', '/v1/conversations', token);
  }

  async vote(token: string, reply: string, helpful: boolean, reason?: string): Promise<void> {
    await this.call('POST', '/v1/feedback', token, reason ? { reply, helpful, reason } : { reply, helpful });
  }

  async contact(): Promise<Contact> {
    const { name, phone, email } = await this.call('GET', '/v1/contact', null);
    const text = (value: unknown) => (typeof value === 'string' && value ? value : null);
    return { name: text(name) ?? '', phone: text(phone), email: text(email) };
  }

  private hearOf(person: unknown): void {
    this.person = person === 'waiting' || person === 'here' ? person : null;
  }

  private async call(
    method: string,
    path: string,
    token: string | null,
    body?: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    const headers: Record<string, string> = {};
    if (token) headers['Authorization'] = `Bearer ${token}`;
    if (body) headers['Content-Type'] = 'application/json';
    try {
      const response = await fetch(this.server + path, {
        method,
        headers,
        body: body ? encode(body) : null,
        signal: stop.signal,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'strict-origin',
      });
      if (response.status === 204) return {};
      // The sign-in page of a train's or hotel's Wi-Fi answers 200 with HTML: that is nobody of ours.
      const answer = (await response.json()) as Record<string, unknown> & { error?: { code?: string; message?: string } };
      if (response.ok) return answer;
      const known = typeof answer.error?.code === 'string';
      throw new Failure(
        known || response.status === 429 ? response.status : 0,
        answer.error?.message ?? '',
        Number(response.headers.get('Retry-After')) || 0,
      );
    } catch (problem) {
      throw problem instanceof Failure ? problem : new Failure(0);
    } finally {
      clearTimeout(timer);
    }
  }
}
