import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Voice } from '../src/voice';

/** A device that says nothing until the test lets it. */
class Device extends EventTarget {
  voices = [{ lang: 'en-US', localService: true, default: false }];
  said: FakeUtterance[] = [];
  getVoices = () => this.voices;
  speak = (one: FakeUtterance) => this.said.push(one);
  cancel = vi.fn();
}

class FakeUtterance {
  voice: unknown;
  lang = '';
  onend = () => {};
  onerror = () => {};
  constructor(readonly text: string) {}
}

let device: Device;
let voice: Voice;
const changed = vi.fn();

beforeEach(() => {
  device = new Device();
  vi.stubGlobal('speechSynthesis', device);
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
  changed.mockReset();
  voice = new Voice(changed);
  voice.start();
});

describe('a voice', () => {
  it('is one of the device that speaks English: a voice of the network would hear what is asked', () => {
    device.voices = [
      { lang: 'en-US', localService: false, default: true },
      { lang: 'de-DE', localService: true, default: true },
    ];
    expect(voice.own).toBeUndefined();
    voice.toggle('r', ['Hello.']);
    expect(device.said).toEqual([]);
    const android = { lang: 'en_US', localService: true, default: false };
    device.voices.push({ lang: 'en-GB', localService: true, default: false }, android);
    expect(voice.own).toBe(android);
  });

  it('that comes late is told of', () => {
    device.dispatchEvent(new Event('voiceschanged'));
    expect(changed).toHaveBeenCalledTimes(1);
    voice.end();
    device.dispatchEvent(new Event('voiceschanged'));
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('reads a reply paragraph by paragraph and is ready again after the last', () => {
    voice.toggle('r', ['One.', 'Two.']);
    expect(device.said.map(({ text }) => text)).toEqual(['One.', 'Two.']);
    device.said[0]!.onend();
    expect(voice.reading).toBe('r');
    device.said[1]!.onend();
    expect(voice.reading).toBe('');
  });

  it('stops when it is asked a second time', () => {
    voice.toggle('r', ['One.']);
    voice.toggle('r', ['One.']);
    expect(voice.reading).toBe('');
    expect(device.cancel).toHaveBeenCalledTimes(1);
    expect(device.said).toHaveLength(1);
  });

  it('goes over to another reply, whatever the first one still tells', () => {
    voice.toggle('r', ['One.']);
    voice.toggle('s', ['Two.']);
    device.said[0]!.onerror();
    device.said[0]!.onend();
    expect(voice.reading).toBe('s');
  });

  it('that fails is ready again', () => {
    voice.toggle('r', ['One.', 'Two.']);
    device.said[0]!.onerror();
    expect(voice.reading).toBe('');
  });

  it('is silent on a page that is left', () => {
    voice.toggle('r', ['One.']);
    dispatchEvent(new Event('pagehide'));
    expect(device.cancel).toHaveBeenCalledTimes(1);
  });

  it('is none in a browser without one', () => {
    vi.stubGlobal('speechSynthesis', undefined);
    const none = new Voice(changed);
    none.start();
    none.toggle('r', ['One.']);
    none.end();
    expect(none.own).toBeUndefined();
  });
});
