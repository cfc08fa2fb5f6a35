import { html, useState } from '../vendor/htm-preact.js';
import { get, once, query, send } from '../api.js';
import { ago } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Failure, Note } from '../parts/parts.js';

export function DeadLetters() {
  const [after, go] = useState([]);
  const { data, problem, reload } = useLive(() => get(`/api/deadletters${query({ limit: 25, after: after.at(-1) })}`), [JSON.stringify(after)]);
  const action = useAction(reload);
  return html`<div class="head"><h1 tabindex="-1">Dead letters</h1></div>
    <p class="soft">Messages that could not be processed, with the reason. Mend the cause, then replay; or edit the message; or discard it, if it is worth nothing.</p>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    ${data?.items.length === 0 && html`<section class="card"><p class="soft">None: everything could be processed.</p></section>`}
    ${data?.items.map((letter) => html`<${Letter} key=${letter.id} letter=${letter} action=${action} />`)}
    <p>${after.length > 0 && html`<button onClick=${() => go(after.slice(0, -1))}>Newer</button>`} ${data?.next && html`<button onClick=${() => go([...after, data.next])}>Older</button>`}</p>`;
}

function Letter({ letter, action }) {
  const original = letter.message === undefined ? letter.messageBase64 ?? '' : JSON.stringify(letter.message, null, 2);
  const [text, edit] = useState(null);
  const path = letter.url;
  const replay = () => action.run(async () => {
    if (text !== null && text !== original) await send('PUT', path, { message: JSON.parse(text) });
    return send('POST', `${path}/replay`, undefined, once());
  }, 'It is back in its queue.');
  const discard = () => confirm('Discard this message for good?') && action.run(() => send('DELETE', path), 'It is discarded.');
  return html`<section class="card" aria-label=${`Dead letter ${letter.id}`}><div class="head"><h2>${letter.queue}</h2><span class="soft">${ago(letter.at)}</span><code class="soft">${letter.id}</code>
      <div class="actions"><button class="primary" disabled=${action.busy} onClick=${replay}>Replay</button>${letter.message !== undefined && html`<button onClick=${() => edit(text === null ? original : null)}>${text === null ? 'Edit' : 'Do not edit'}</button>`}<button class="danger" disabled=${action.busy} onClick=${discard}>Discard</button></div></div>
    <p>${letter.reason}</p>${text === null ? html`<pre tabindex="0">${original}</pre>` : html`<label>Message <textarea class="mono" value=${text} onInput=${(event) => edit(event.target.value)}></textarea></label>`}</section>`;
}
