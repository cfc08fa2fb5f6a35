import { html } from '../vendor/htm-preact.js';
import { get, once, send } from '../api.js';
import { ago, duration, number, percent, time } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Badge, Failure, Meter, Note, Table } from '../parts/parts.js';

const FROM = { declared: 'declared', header: 'what the source says', learnt: 'found by trying' };

const limit = ({ limit: one }) => (one.callsPerSecond ? `${one.callsPerSecond} a second`
  : one.limit ? `${number(one.limit)}${one.windowSeconds ? ` in ${duration(one.windowSeconds)}` : ''}` : html`<span class="soft">not known yet</span>`);

const used = ({ limit: one }) => one.limit > 0 && one.used !== undefined && html`<span class="beside">
  <${Meter} part=${one.used / one.limit} label=${`${one.used} of ${one.limit} calls used`} />${number(one.used)} of ${number(one.limit)}</span>`;

const columns = [
  { name: 'Calls', cell: (row) => row.scope },
  { name: 'Limit', cell: limit },
  { name: 'Known from', cell: (row) => FROM[row.limit.source] ?? '' },
  { name: 'Used', cell: used },
  { name: 'Renewed', cell: (row) => row.limit.resetAt && html`<span title=${time(row.limit.resetAt)}>${ago(row.limit.resetAt)}</span>` },
  { name: 'Made', num: true, cell: (row) => number(row.made) },
  { name: 'Refused (429)', num: true, cell: (row) => number(row.refused) },
  { name: 'Now', cell: (row) => (row.waitsUntil ? `the source asked to wait; again ${ago(row.waitsUntil)}` : row.liveWaits ? 'backfills stand back' : 'may be called') },
];

const rows = (budget) => budget.scopes.flatMap((scope) => (scope.limits.length ? scope.limits : [{}]).map((one) => ({ ...scope, limit: one })));

export function Budgets() {
  const { data, problem, reload } = useLive(() => get('/api/budgets?limit=100'), []);
  const action = useAction(reload);
  return html`<div class="head"><h1 tabindex="-1">Quota</h1></div><p class="soft">What each credential may still call, shared by all workers. Limits come from the manifest, the pipeline, and what the source says.</p>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    ${data?.items.length === 0 && html`<section class="card"><p class="soft">No pipeline calls a source.</p></section>`}
    ${data?.items.map((budget) => html`<${Budget} key=${budget.credential} budget=${budget} action=${action} />`)}
    ${data?.next && html`<p class="soft">The first 100; <code>GET /api/budgets</code> gives all.</p>`}`;
}

function Budget({ budget, action }) {
  const act = (verb, said) => action.run(() => send('POST', `${budget.url}/${verb}`, verb === 'pause' ? { reason: 'Paused in the console.' } : undefined, once()), said);
  return html`<section class="card" aria-label=${budget.credential}><div class="head"><h2>${budget.credential}</h2><${Badge} of=${budget.state} />
      ${budget.used !== undefined && html`<span class="soft">${percent(budget.used)} of the fullest limit used</span>`}
      <div class="actions">${budget.pause ? html`<button disabled=${action.busy} onClick=${() => act('resume', `${budget.credential} may be called with again.`)}>Resume</button>`
        : html`<button disabled=${action.busy} onClick=${() => act('pause', `Nothing calls with ${budget.credential} now.`)}>Pause</button>`}</div></div>
    <p class="soft">Used by ${budget.pipelines.length === 0 ? 'no pipeline any more' : budget.pipelines.map((name, i) => html`${i ? ', ' : ''}<a href="#/pipelines/${encodeURIComponent(name)}">${name}</a>`)}.
      ${budget.pause && html` Paused${budget.pause.by ? ` by ${budget.pause.by}` : ''} ${budget.pause.until ? `until ${time(budget.pause.until)}` : 'until it is resumed'}. ${budget.pause.reason}`}</p>
    ${budget.scopes.length === 0 ? html`<p class="soft">Nothing has been called yet.</p>` : html`<${Table} caption=${`Limits of ${budget.credential}`} columns=${columns} rows=${rows(budget)} />`}</section>`;
}
