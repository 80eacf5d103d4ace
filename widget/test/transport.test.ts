import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure, Transport } from '../src/transport';

const transport = new Transport('https://plan.example');
const answers = (body: unknown, init: ResponseInit = {}) => {
  const fetch = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init));
  vi.stubGlobal('fetch', fetch);
  return fetch as unknown as ReturnType<typeof vi.fn>;
};
const failure = async (call: Promise<unknown>): Promise<Failure> => {
  try {
    await call;
  } catch (problem) {
    return problem as Failure;
  }
  throw new Error('it did not fail');
};

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('carries the token, JSON and no cookies', async () => {
    const fetch = answers({ replies: [] });
    await transport.send('secret', { id: '1', text: 'hi' });
    const [address, options] = fetch.mock.calls[0]!;
    expect(address).toBe('https://plan.example/v1/messages');
    expect(options).toMatchObject({
      method: 'POST',
      headers: { Authorization: 'Bearer secret', 'Content-Type': 'application/json' },
      body: '{"id":"1","text":"hi"}',
      credentials: 'omit',
    });
  });

  it('asks for news after the last reply', async () => {
    const fetch = answers({ messages: [{ from: 'parent', id: '1', text: 'hi' }, { from: 'assistant', id: '2', text: 'yes' }] });
    const messages = await transport.since('t', 'last reply', 25);
    expect(fetch.mock.calls[0]![0]).toBe('https://plan.example/v1/messages?after=last+reply&wait=25');
    expect(messages.map(({ from }) => from)).toEqual(['parent', 'assistant']);
  });

  it('reads the older form of a transcript', async () => {
    answers({ replies: [{ id: '2', text: 'yes' }] });
    expect(await transport.since('t', null)).toMatchObject([{ from: 'assistant', id: '2' }]);
  });
});

describe('a failure', () => {
  it('of ours carries its status, words and pause', async () => {
    answers({ error: { code: 'too_many', message: 'Slowly.' } }, { status: 429, headers: { 'Retry-After': '9' } });
    expect(await failure(transport.begin())).toMatchObject({ status: 429, message: 'Slowly.', retryAfter: 9 });
  });

  it.each([
    ['a Wi-Fi sign-in page', '<h1>Welcome</h1>', 200],
    ['a proxy that forbids', '<h1>Forbidden</h1>', 403],
    ['a proxy without a server behind it', 'Bad gateway', 502],
    ['somebody else’s JSON', '{"detail": "no"}', 401],
  ])('of others counts as not reached: %s', async (_who, body, status) => {
    answers(body, { status });
    expect((await failure(transport.begin())).status).toBe(0);
  });
});
