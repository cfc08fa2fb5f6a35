// Calls the operators' API of the host that served this page. Errors are RFC 9457 problems; they are thrown as they are.

const KEY = 'penstock.key';

export const key = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: (value) => (value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY)),
};

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The host answered ${status}.`);
    Object.assign(this, { status, title: body.title ?? 'It did not work', errors: body.errors ?? body.problems });
  }
}

async function call(method, path, { body, headers = {} } = {}) {
  const sent = { Accept: 'application/json', ...headers };
  if (key.get()) sent['x-functions-key'] = key.get();
  if (body !== undefined) sent['Content-Type'] = 'application/json';
  let answer;
  try {
    answer = await fetch(path, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  } catch {
    throw new Problem(0, { title: 'The host does not answer', detail: 'The last figures stay on the page; it is asked again in a few seconds.' });
  }
  const text = await answer.text();
  let content = null;
  try { content = text ? JSON.parse(text) : null; } catch { content = { detail: text.slice(0, 500) }; }
  if (!answer.ok) throw new Problem(answer.status, content ?? {});
  return { content, etag: answer.headers.get('ETag'), status: answer.status };
}

export const get = async (path) => (await call('GET', path)).content;
export const getTagged = (path) => call('GET', path);
export const send = async (method, path, body, headers) => (await call(method, path, { body, headers })).content;

// A double click, or a second try after a lost answer, is one request: the same key each time a form is sent.
export const once = () => ({ 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` });

export const segment = encodeURIComponent;
export const query = (values) => {
  const pairs = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
};
