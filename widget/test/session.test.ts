import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause, Session } from '../src/session';
import { Store } from '../src/store';
import { emptyTalk } from '../src/transcript';
import type { Message } from '../src/reply';
import { Failure } from '../src/transport';
import { aReply, FakeServer } from './fakes';

const KEY = 'talk';
let server: FakeServer;
let session: Session;

let tabs: Session[] = [];

const inThisBrowser = () => {
  const tab = new Session(server, new Store(KEY, localStorage));
  tab.start();
  tabs.push(tab);
  return tab;
};
const settle = () => vi.advanceTimersByTimeAsync(0);
const words = (tab = session) => tab.talk.turns.flatMap((turn) => (turn.from === 'note' ? [turn.note] : [turn.text]));
/** What a browser tells the other tabs. */
const toldOtherTabs = () => dispatchEvent(Object.assign(new Event('storage'), { key: KEY }));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new FakeServer();
  session = inThisBrowser();
});
afterEach(() => {
  tabs.forEach((tab) => tab.stop());
  tabs = [];
  vi.useRealTimers();
});

describe('a talk', () => {
  it('is not begun before the panel is opened', async () => {
    session.wake();
    await settle();
    expect(server.calls).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('greets, then answers', async () => {
    session.open();
    session.say('how long?');
    await settle();
    expect(words()).toEqual(['reply greeting 1', 'how long?', expect.stringMatching(/^reply to /)]);
    expect(session.talk.outbox).toEqual([]);
  });

  it('is the same after a reload', async () => {
    session.open();
    session.say('how long?');
    await settle();
    const before = words();
    session.stop();
    session = inThisBrowser();
    session.open();
    await settle();
    expect(words()).toEqual(before);
    expect(server.calls.filter((call) => call === 'begin')).toHaveLength(1);
  });

  it('is forgotten here after 30 days, as it is on the server', () => {
    localStorage.setItem(KEY, JSON.stringify({ ...emptyTalk(), token: 'old', touched: Date.now() - 31 * 86_400_000 }));
    expect(inThisBrowser().talk.token).toBeNull();
    expect(localStorage.getItem(KEY)).toBeNull();
  });
});

describe('a message', () => {
  beforeEach(async () => {
    session.open();
    await settle();
  });

  it('whose answer was lost is sent again under its id and shown once', async () => {
    server.troubles = ['lost'];
    session.say('how long?');
    await vi.advanceTimersByTimeAsync(3000);
    expect(server.calls.filter((call) => call === 'send how long?')).toHaveLength(2);
    expect(server.answered('how long?')).toBe(1);
    expect(words().filter((text) => text === 'how long?')).toHaveLength(1);
  });

  it('typed in a ten-minute outage arrives once, and in order', async () => {
    server.troubles = Array.from({ length: 1000 }, () => new Failure(0));
    session.say('first');
    session.say('second');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(session.trouble).toEqual({ kind: 'unreachable' });
    expect(session.talk.outbox).toHaveLength(2);
    const tries = server.calls.length;
    expect(tries).toBeLessThan(60);
    server.troubles = [];
    await vi.advanceTimersByTimeAsync(40_000);
    expect(server.answered('first')).toBe(1);
    expect(server.answered('second')).toBe(1);
    expect(words().filter((text) => /first|second/.test(text))).toEqual(['first', 'second']);
    expect(session.trouble).toBeNull();
  });

  it('goes out at once when the connection comes back', async () => {
    server.troubles = [new Failure(0), new Failure(0), new Failure(0)];
    session.say('how long?');
    await vi.advanceTimersByTimeAsync(3500);
    server.troubles = [];
    session.wake();
    await settle();
    expect(server.answered('how long?')).toBe(1);
  });

  it('survives a reload in the middle of an outage', async () => {
    server.troubles = ['lost', new Failure(0), new Failure(0)];
    session.say('how long?');
    await settle();
    session.stop();
    session = inThisBrowser();
    session.open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.answered('how long?')).toBe(1);
    expect(words().filter((text) => text === 'how long?')).toHaveLength(1);
  });

  it('waits as long as the server asks', async () => {
    server.troubles = [new Failure(429, '', 7)];
    session.say('how long?');
    await vi.advanceTimersByTimeAsync(6900);
    expect(session.trouble).toEqual({ kind: 'busy', seconds: 7 });
    expect(server.answered('how long?')).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.answered('how long?')).toBe(1);
  });

  it('that the server refuses stays to be edited, and holds up no other', async () => {
    server.troubles = [new Failure(413, 'Too long.')];
    session.say('too long');
    session.say('how long?');
    await settle();
    expect(server.answered('how long?')).toBe(1);
    const [refused] = session.talk.outbox;
    expect(refused).toMatchObject({ text: 'too long', refused: 'Too long.' });
    expect(session.takeBack(refused!.id)).toBe('too long');
    expect(session.talk.outbox).toEqual([]);
  });

  it('in conflict with its own first delivery is answered from the transcript', async () => {
    session.say('how long?');
    server.troubles = ['lost', new Failure(409)];
    await vi.advanceTimersByTimeAsync(2000);
    expect(session.talk.outbox).toEqual([]);
    expect(server.answered('how long?')).toBe(1);
  });

  it('in conflict for ever is given back', async () => {
    vi.spyOn(server, 'send').mockRejectedValue(new Failure(409, 'Twice.'));
    session.say('how long?');
    await vi.advanceTimersByTimeAsync(200_000);
    expect(session.talk.outbox).toMatchObject([{ text: 'how long?', refused: 'Twice.' }]);
    expect(server.send).toHaveBeenCalledTimes(4);
  });
});

describe('a button', () => {
  it('sends its choice, shows its title and stays chosen', async () => {
    session.open();
    await settle();
    session.choose('greeting 1', { title: '504 plan', choice: 'signed' });
    await settle();
    expect(server.calls).toContain('send signed');
    expect(words()).toContain('504 plan');
    expect(session.talk.turns[0]).toMatchObject({ chosen: 'signed' });
  });

  it('that the server no longer knows is said in words', async () => {
    session.open();
    await settle();
    server.troubles = [new Failure(400)];
    session.choose('greeting 1', { title: '504 plan', choice: 'signed' });
    await settle();
    expect(server.calls.slice(-2)).toEqual(['send signed', 'send 504 plan']);
  });
});

describe('a token that is no longer valid', () => {
  it('begins a new talk, keeps the old one readable and sends what was not sent', async () => {
    session.open();
    await settle();
    server.talks.clear();
    session.choose('greeting 1', { title: '504 plan', choice: 'signed' });
    await settle();
    expect(words()).toEqual(['reply greeting 1', 'newTalk', '504 plan', expect.stringMatching(/^reply to /)]);
    expect(session.talk.turns[0]).toMatchObject({ past: true });
    expect(server.calls).toContain('send 504 plan');
  });

  it('is not asked for in a circle', async () => {
    session.open();
    await settle();
    server.troubles = Array.from({ length: 100 }, () => new Failure(401));
    session.say('how long?');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.calls.length).toBeLessThan(20);
    expect(session.talk.outbox).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('show the same talk and send a message once', async () => {
    session.open();
    await settle();
    const other = inThisBrowser();
    other.open();
    await settle();
    session.say('how long?');
    toldOtherTabs();
    await vi.advanceTimersByTimeAsync(10_000);
    toldOtherTabs();
    expect(words(other)).toEqual(words());
    expect(server.answered('how long?')).toBe(1);
  });

  it('one sends what the other was closed over', async () => {
    session.open();
    await settle();
    server.troubles = [new Failure(0)];
    session.say('how long?');
    await settle();
    session.stop();
    inThisBrowser();
    toldOtherTabs();
    await vi.advanceTimersByTimeAsync(6000);
    expect(server.answered('how long?')).toBe(1);
  });

  it('lose no message to each other’s writes', async () => {
    session.open();
    await settle();
    const before = localStorage.getItem(KEY)!;
    server.troubles = [new Failure(0)];
    session.say('how long?');
    await settle();
    // The other tab read before we wrote, and writes after.
    localStorage.setItem(KEY, before);
    toldOtherTabs();
    await vi.advanceTimersByTimeAsync(6000);
    expect(server.answered('how long?')).toBe(1);
  });
});

describe('starting over and deleting', () => {
  beforeEach(async () => {
    session.open();
    session.say('how long?');
    await settle();
  });

  it('starts over with a greeting and a new token', async () => {
    session.startOver();
    await settle();
    expect(words()).toEqual(['reply greeting 2']);
  });

  it('an answer to the talk before does not come into the new one', async () => {
    session.say('slow');
    session.startOver();
    await settle();
    expect(words()).toEqual(['reply greeting 2']);
  });

  it('deletes the earlier talks too', async () => {
    session.startOver();
    await settle();
    await session.erase();
    expect(server.talks.size).toBe(0);
    expect(words()).toEqual(['eraseDone']);
    expect(localStorage.getItem(KEY)).not.toContain('how long?');
  });

  it('forgets nothing while the server can not be reached', async () => {
    server.troubles = [new Failure(0)];
    await expect(session.erase()).rejects.toThrow();
    expect(words()).toContain('how long?');
  });

  it('asked for within the talk, leaves nothing here either', async () => {
    session.say('delete it');
    await settle();
    expect(words()).toEqual(['reply gone']);
    expect(session.talk.token).toBeNull();
    expect(localStorage.getItem(KEY)).not.toContain('how long?');
    session.say('again');
    await settle();
    expect(words()).toEqual(['reply gone', 'reply greeting 2', 'again', expect.stringMatching(/^reply to /)]);
  });

  it('what another tab deleted does not come back', async () => {
    const other = inThisBrowser();
    await other.erase();
    toldOtherTabs();
    session.say('again');
    await settle();
    expect(words()).toEqual(['eraseDone', 'reply greeting 2', 'again', expect.stringMatching(/^reply to /)]);
  });
});

describe('a vote', () => {
  it('is sent, and once more with its reason', async () => {
    session.open();
    await settle();
    session.vote('greeting 1', false);
    session.vote('greeting 1', false, 'too short');
    await settle();
    expect(server.votes).toEqual([
      { reply: 'greeting 1', helpful: false, reason: undefined },
      { reply: 'greeting 1', helpful: false, reason: 'too short' },
    ]);
  });

  it('that the server does not want troubles nobody', async () => {
    session.open();
    await settle();
    server.troubles = [new Failure(404)];
    session.vote('greeting 1', true);
    await settle();
    expect(session.trouble).toBeNull();
    expect(session.talk.token).toBe('token 1');
    expect(session.talk.outbox).toEqual([]);
  });
});

it('a browser without storage still talks', async () => {
  const alone = new Session(server, new Store(KEY, null));
  alone.start();
  alone.open();
  alone.say('how long?');
  await settle();
  expect(words(alone)).toHaveLength(3);
  alone.stop();
});

it('pauses grow from a second to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => pause(failures, 0.5))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
});

describe('a person', () => {
  it('is heard while they are there, and no longer asked for afterwards', async () => {
    session.open();
    await settle();
    let write: (line: Message) => void = () => undefined;
    server.line = new Promise((done) => (write = done));
    server.person = 'here';
    session.say('hello?');
    await settle();
    const before = server.calls.length;
    server.person = null;
    write({ from: 'assistant', ...aReply('line 1', { text: 'Hi, I am Dana.', person: 'Dana' }) });
    await settle();
    expect(words().at(-1)).toBe('Hi, I am Dana.');
    expect(server.calls.slice(before)).toEqual(['since']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.calls.slice(before)).toEqual(['since']);
  });

  it('is asked again after a lost connection, not all the time', async () => {
    session.open();
    await settle();
    server.person = 'waiting';
    server.troubles = [];
    session.say('hello?');
    server.line = Promise.reject(new Failure(0));
    server.line.catch(() => undefined);
    const asked = vi.spyOn(server, 'since');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.mock.calls.length).toBeGreaterThan(1);
    expect(asked.mock.calls.length).toBeLessThan(8);
    server.person = null;
  });
});
