import { html, useState } from '../vendor/htm-preact.js';
import { get, once, query, segment, send } from '../api.js';
import { ago } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Failure, Note, Table } from '../parts/parts.js';

export function Quarantine({ pipeline = '', stream = '', rule = '' }) {
  const [filter, set] = useState({ pipeline, stream, rule });
  const [after, go] = useState([]);
  const [shown, show] = useState(null);
  const { data, problem, reload } = useLive(() => get(`/api/quarantine${query({ ...filter, limit: 50, after: after.at(-1) })}`), [JSON.stringify([filter, after])]);
  const action = useAction(reload);
  const change = (name) => (event) => { go([]); set({ ...filter, [name]: event.target.value.trim() }); };
  const chosen = () => Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  const replay = (body) => action.run(() => send('POST', '/api/quarantine/replay', body, once()), (said) => `${said.records} records of ${said.blobs} raw blobs are transformed again.`);
  const discard = (row) => confirm('Discard this record for good?') && action.run(() => send('DELETE', `/api/quarantine/${segment(row.id)}`), 'It is discarded.');
  const inspect = (row) => action.run(async () => show(await get(`/api/quarantine/${segment(row.id)}`)));
  const columns = [
    { name: 'Stream', cell: (row) => `${row.pipeline} / ${row.stream}` },
    { name: 'Rule', cell: (row) => html`<code>${row.rule}</code>` },
    { name: 'Where', cell: (row) => row.path && html`<code>${row.path}</code>` },
    { name: 'Why', cell: (row) => row.reason },
    { name: 'Taken', cell: (row) => html`<span class="nowrap">${ago(row.takenAt)}</span>` },
    { name: 'Line', num: true, cell: (row) => html`<span title=${row.blob}>${row.line}</span>` },
    { name: 'Do', cell: (row) => html`<span class="nowrap"><button class="plain" onClick=${() => inspect(row)}>Inspect</button><button class="plain" disabled=${action.busy} onClick=${() => replay({ ids: [row.id] })}>Replay</button><button class="plain" disabled=${action.busy} onClick=${() => discard(row)}>Discard</button></span>` },
  ];
  return html`<div class="head"><h1 tabindex="-1">Quarantine</h1><div class="actions"><button class="primary" disabled=${action.busy || !filter.pipeline} title=${filter.pipeline ? '' : 'Choose a pipeline first'} onClick=${() => replay(chosen())}>Replay all of these</button></div></div>
    <p class="soft">Records that break their contract, each with the reason. Mend the contract or the source, then replay: just these are transformed again, and what is right then is curated.</p>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    <div class="filters">${['pipeline', 'stream', 'rule'].map((name) => html`<label>${name[0].toUpperCase() + name.slice(1)} <input name=${name} value=${filter[name]} onChange=${change(name)} /></label>`)}</div>
    ${shown && html`<section class="card" aria-label="Record"><div class="head"><h2>Record</h2><div class="actions"><button onClick=${() => show(null)}>Close</button></div></div><p>${shown.reason} <code>${shown.blob}:${shown.line}</code></p><pre tabindex="0">${shown.record === undefined ? shown.text ?? 'Its content is withheld.' : JSON.stringify(shown.record, null, 2)}</pre></section>`}
    <section class="card"><${Table} caption="Records in quarantine" columns=${columns} rows=${data?.items ?? []} of=${(row) => row.id} empty="None." />
      <p>${after.length > 0 && html`<button onClick=${() => go(after.slice(0, -1))}>Newer</button>`} ${data?.next && html`<button onClick=${() => go([...after, data.next])}>Older</button>`}</p></section>`;
}
