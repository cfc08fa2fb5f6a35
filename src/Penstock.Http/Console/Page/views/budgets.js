import { html } from '../vendor/htm-preact.js';
import { get, once, segment, send } from '../api.js';
import { ago, duration, number } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Badge, Failure, Meter, Note, Table } from '../parts/parts.js';

const columns = [
  { name: 'Calls', cell: (row) => row.scope },
  { name: 'Limit', cell: (row) => (row.limit.callsPerSecond ? `${row.limit.callsPerSecond} a second` : row.limit.limit ? `${number(row.limit.limit)} in ${duration(row.limit.windowSeconds)}` : 'not known yet') },
  { name: 'Known from', cell: (row) => row.limit.source },
  { name: 'Used', cell: (row) => row.limit.limit && html`<span class="beside"><${Meter} part=${row.limit.used / row.limit.limit} kind=${row.limit.used / row.limit.limit > 0.95 ? 'warn' : ''} label=${`${row.limit.used} of ${row.limit.limit} calls used`} />${number(row.limit.used)} of ${number(row.limit.limit)}</span>` },
  { name: 'Made', num: true, cell: (row) => number(row.made) },
  { name: 'Refused (429)', num: true, cell: (row) => number(row.refused) },
  { name: 'Now', cell: (row) => (row.waitsUntil ? `waits, ${ago(row.waitsUntil)}` : row.liveWaits ? 'backfills stand back' : 'may be called') },
];

export function Budgets() {
  const { data, problem, reload } = useLive(() => get('/api/budgets'), []);
  const action = useAction(reload);
  const act = (budget, verb, said) => action.run(() => send('POST', `/api/budgets/${segment(budget.credential)}/${verb}`, verb === 'pause' ? { reason: 'Paused in the console.' } : undefined, once()), said);
  return html`<div class="head"><h1 tabindex="-1">Rate budgets</h1></div><p class="soft">What each credential may still call, shared by all workers. Limits come from the manifest, the pipeline, and what the source says.</p>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    ${data?.items.length === 0 && html`<section class="card"><p class="soft">No source has been called yet.</p></section>`}
    ${data?.items.map((budget) => html`<section class="card" key=${budget.credential} aria-label=${budget.credential}><div class="head"><h2>${budget.credential}</h2>${budget.paused && html`<${Badge} of="paused" /><span class="soft">${budget.paused.reason} ${budget.paused.until ? ago(budget.paused.until) : 'until it is resumed'}</span>`}
      <div class="actions">${budget.paused ? html`<button disabled=${action.busy} onClick=${() => act(budget, 'resume', 'It may be called again.')}>Resume</button>` : html`<button disabled=${action.busy} onClick=${() => act(budget, 'pause', 'Nothing calls with this credential now.')}>Pause</button>`}</div></div>
      <${Table} caption=${`Limits of ${budget.credential}`} columns=${columns} rows=${budget.scopes.flatMap((scope) => (scope.limits.length ? scope.limits : [{ source: '–' }]).map((limit) => ({ ...scope, limit })))} /></section>`)}`;
}
