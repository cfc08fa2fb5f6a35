import { html, useState } from '../vendor/htm-preact.js';
import { get, query } from '../api.js';
import { ago, duration, number } from '../format.js';
import { useLive } from '../parts/hooks.js';
import { Badge, Failure, Table, Time, runUrl } from '../parts/parts.js';

const seconds = (run) => (run.endedAt ? (new Date(run.endedAt) - new Date(run.createdAt)) / 1000 : null);
const figure = (run, name) => run.totals?.[name] ?? run.counts?.[name];

const columns = [
  { name: 'Run', cell: (run) => html`<a href=${runUrl(run)}>${run.pipeline} / ${run.stream}</a>` },
  { name: 'Status', cell: (run) => html`<${Badge} of=${run.status} />` },
  { name: 'Kind', cell: (run) => run.kind },
  { name: 'Window', cell: (run) => run.window && html`<span><${Time} at=${run.window.from} /> to <${Time} at=${run.window.to} /></span>` },
  { name: 'Begun', cell: (run) => html`<span class="nowrap" title=${run.createdAt}>${ago(run.createdAt)}</span>` },
  { name: 'Took', num: true, cell: (run) => (run.endedAt ? duration(seconds(run)) : '') },
  { name: 'Slices', num: true, cell: (run) => number(run.slices) },
  { name: 'Landed', num: true, cell: (run) => number(figure(run, 'landed')) },
  { name: 'Quarantined', num: true, cell: (run) => number(figure(run, 'quarantined')) },
  { name: 'Calls', num: true, cell: (run) => number(figure(run, 'calls')) },
];

export const RunTable = ({ runs }) => html`<${Table} caption="Runs" columns=${columns} rows=${runs} of=${(run) => `${run.pipeline}/${run.stream}/${run.id}`} empty="No runs yet." />`;

export function Runs({ pipeline = '', stream = '', status = '' }) {
  const [filter, set] = useState({ pipeline, stream, status });
  const [after, go] = useState([]);
  const { data, problem } = useLive(() => get(`/api/runs${query({ ...filter, limit: 50, after: after.at(-1) })}`), [JSON.stringify([filter, after])]);
  const change = (name) => (event) => { go([]); set({ ...filter, [name]: event.target.value.trim() }); };
  return html`<div class="head"><h1 tabindex="-1">Runs</h1></div><${Failure} problem=${problem} />
    <div class="filters"><label>Pipeline <input value=${filter.pipeline} onChange=${change('pipeline')} /></label><label>Stream <input value=${filter.stream} onChange=${change('stream')} /></label>
      <label>Status <select value=${filter.status} onChange=${change('status')}><option value="">any</option>${['planning', 'running', 'completed', 'failed', 'cancelled'].map((one) => html`<option selected=${filter.status === one}>${one}</option>`)}</select></label></div>
    <section class="card"><${RunTable} runs=${data?.items ?? []} /><p>${after.length > 0 && html`<button onClick=${() => go(after.slice(0, -1))}>Newer</button>`} ${data?.next && html`<button onClick=${() => go([...after, data.next])}>Older</button>`}</p></section>`;
}
