#!/usr/bin/env node
/**
 * A stand-in for the assistant's server, with canned answers: `npm run dev`, screenshots, browser tests.
 *
 *   node mock/server.mjs [--port 5173] [--build]     --build rebuilds dist/widget.js whenever a source changes
 *
 * It keeps the HTTP contract, headers included, in memory. `POST /mock/fault {"mode": …, "times": n}` makes the next
 * n calls below /v1/ go wrong, so that a test can see the widget live through it:
 *
 *   down      the connection breaks before anything was done
 *   lost      the message is answered, but the answer never arrives
 *   slow      the answer takes three seconds
 *   busy      429 with Retry-After: 2
 *   away      503
 *   portal    200 with the HTML of a Wi-Fi sign-in page
 *   conflict  409
 *   refuse    400
 *   expire    every token becomes invalid (at once, whatever n)
 *
 * `GET /mock/log` says what was received; `POST /mock/reset` forgets everything.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { answer, GREETING } from './answers.mjs';

const { values: options } = parseArgs({
  options: { port: { type: 'string', default: '5173' }, build: { type: 'boolean', default: false } },
});
const HOME = new URL('..', import.meta.url);

const FILES = {
  '/': ['index.html', 'text/html'],
  '/accessibility': ['accessibility.html', 'text/html'],
  '/demo.css': ['demo.css', 'text/css'],
  '/widget.js': ['dist/widget.js', 'text/javascript'],
};

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Expose-Headers': 'Retry-After',
};

/** Token to transcript. */
const talks = new Map();
let received = [];
let fault = { mode: '', times: 0 };

class Refusal extends Error {
  constructor(status, code, message, headers = {}) {
    super(message);
    Object.assign(this, { status, code, headers });
  }
}

function talkOf(request) {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const talk = talks.get(token);
  if (!talk) throw new Refusal(401, 'token_invalid', 'This talk has ended.');
  return { token, talk };
}

const complete = (reply) => ({
  id: randomUUID(),
  buttons: [],
  sources: [],
  answer: null,
  outcome: 'answered',
  ...reply,
});

const routes = {
  'POST /v1/conversations': () => {
    const token = randomUUID();
    const replies = GREETING.map(complete);
    talks.set(token, { messages: replies.map((reply) => ({ from: 'assistant', ...reply })), answered: new Map() });
    return [201, { token, replies }];
  },
  'POST /v1/messages': (request, body) => {
    const { talk } = talkOf(request);
    if (typeof body?.id !== 'string') throw new Refusal(400, 'id_missing', 'A message needs an id.');
    const words = body.text ?? body.choice;
    if (typeof words !== 'string' || words.length > 2000) throw new Refusal(413, 'too_long', 'That is too long.');
    if (!talk.answered.has(body.id)) {
      const replies = answer(words).map(complete);
      talk.answered.set(body.id, replies);
      talk.messages.push({ from: 'parent', id: body.id, text: body.text ?? body.choice.replace(/^choice:/, '') });
      talk.messages.push(...replies.map((reply) => ({ from: 'assistant', ...reply })));
    }
    return [200, { replies: talk.answered.get(body.id) }];
  },
  'GET /v1/messages': (request, _body, url) => {
    const { talk } = talkOf(request);
    const after = url.searchParams.get('after');
    const messages = talk.messages.slice(talk.messages.findIndex((message) => message.id === after) + 1);
    return [200, { messages, replies: messages.filter((message) => message.from === 'assistant') }];
  },
  'DELETE /v1/conversations': (request) => {
    talks.delete(talkOf(request).token);
    return [204];
  },
  'POST /v1/feedback': (request) => {
    talkOf(request);
    return [204];
  },
  'GET /v1/contact': () => [200, { name: 'Pat Rivera', phone: '(555) 010-0142', email: 'help@example.org' }],
};

async function read(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : undefined;
}

async function serveFile(response, [path, type]) {
  const body = await readFile(new URL(path, HOME));
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': CSP,
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
  });
  response.end(body);
}

function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { ...CORS, 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function control(path, body) {
  if (path === '/mock/fault') {
    if (body.mode === 'expire') talks.clear();
    else fault = { mode: body.mode, times: body.times ?? 1 };
  } else if (path === '/mock/reset') {
    talks.clear();
    received = [];
    fault = { mode: '', times: 0 };
  } else if (path !== '/mock/log') {
    throw new Refusal(404, 'not_found', 'No such page.');
  }
  return received;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  try {
    if (request.method === 'GET' && FILES[url.pathname]) return await serveFile(response, FILES[url.pathname]);
    if (request.method === 'OPTIONS') return sendJson(response, 204, undefined, { 'Access-Control-Max-Age': '600' });
    const body = await read(request);
    if (url.pathname.startsWith('/mock/')) return sendJson(response, 200, control(url.pathname, body));
    if (url.pathname.endsWith('/invitation.ics')) {
      response.writeHead(200, { 'Content-Type': 'text/calendar', 'Content-Disposition': 'attachment; filename=call.ics' });
      return response.end('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n');
    }
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) throw new Refusal(404, 'not_found', 'No such page.');

    const mode = fault.times > 0 && url.pathname !== '/v1/contact' ? fault.mode : '';
    if (mode) fault.times -= 1;
    received.push({ call: `${request.method} ${url.pathname}`, body, mode });
    if (mode === 'down') return request.socket.destroy();
    if (mode === 'busy') throw new Refusal(429, 'too_many', 'One moment, please.', { 'Retry-After': '2' });
    if (mode === 'away') throw new Refusal(503, 'away', 'Back in a minute.');
    if (mode === 'conflict') throw new Refusal(409, 'in_progress', 'Still being answered.');
    if (mode === 'refuse') throw new Refusal(400, 'unreadable', 'I could not read that.');
    if (mode === 'portal') {
      response.writeHead(200, { ...CORS, 'Content-Type': 'text/html' });
      return response.end('<h1>Welcome to TrainWiFi</h1>');
    }
    const [status, answered] = route(request, body, url);
    if (mode === 'lost') return request.socket.destroy();
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 3000));
    sendJson(response, status, answered);
  } catch (problem) {
    const { status = 400, code = 'unreadable', message, headers } = problem;
    sendJson(response, status, { error: { code, message } }, headers);
  }
});

server.listen(Number(options.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});

if (options.build) {
  spawn('npx', ['vite', 'build', '--watch'], { cwd: fileURLToPath(HOME), stdio: 'inherit' });
}
