import { html } from '../vendor/htm-preact.js';
import { get } from '../api.js';
import { ago, compact, duration, money, number, percent } from '../format.js';
import { useLive } from '../parts/hooks.js';
import { Badge, Failure, Marks, Meter, Spark, Table, Tile } from '../parts/parts.js';

// How much of what is promised has been used up: a bar that turns red beyond it.
export const Freshness = ({ lag, promised }) => {
  if (lag === null || lag === undefined) return html`<span class="soft">no data yet</span>`;
  if (!promised) return html`<span>${duration(lag)}</span>`;
  const part = lag / promised;
  return html`<span><${Meter} part=${part} kind=${part > 1 ? 'bad' : part > 0.8 ? 'warn' : ''} label=${`${duration(lag)} old of ${duration(promised)} allowed`} /><span class="soft">${duration(lag)} of ${duration(promised)}</span></span>`;
};

// How much of its credential's fullest limit a pipeline has used: full is what a quota is for, so that only a pause or a wait is told.
export const Quota = ({ of }) => {
  if (of.quotaState === undefined) return html`<span class="soft">–</span>`;
  return html`<a href="#/budgets">${of.quotaUsed === undefined ? 'no limit known' : html`<${Meter} part=${of.quotaUsed} label=${`${percent(of.quotaUsed)} of the fullest limit used`} />${percent(of.quotaUsed)}`}</a>${of.quotaState !== 'open' && html` <${Badge} of=${of.quotaState} />`}`;
};

export const Alerts = ({ alerts }) => (alerts.length === 0 ? html`<p class="soft">No alerts.</p>` : html`<ul class="alerts">${alerts.map((alert) => html`
  <li><${Badge} of=${alert.severity ?? 'warning'} /><span><strong>${alert.subject}</strong> ${alert.message}<br /><span class="soft">${alert.kind}, since ${ago(alert.since)}${alert.owner ? `, ${alert.owner}` : ''}</span></span></li>`)}</ul>`);

const columns = [
  { name: 'Pipeline', cell: (row) => html`<a href="#/pipelines/${encodeURIComponent(row.name)}">${row.name}</a>` },
  { name: 'Health', cell: (row) => html`<span title=${row.problem ?? ''}><${Badge} of=${row.health} />${row.problem ? html`<br /><span class="soft">${row.problem}</span>` : row.worstStream && row.health !== 'ok' && row.health !== 'idle' ? html` <span class="soft">${row.worstStream}</span>` : null}</span>` },
  { name: 'Freshness', cell: (row) => html`<${Freshness} lag=${row.lagSeconds} promised=${row.freshnessSeconds} />` },
  { name: 'Last runs', cell: (row) => html`<${Marks} pipeline=${row.name} runs=${row.lastRuns} />` },
  { name: 'Read, 24 h', cell: (row) => html`<span class="beside"><${Spark} values=${row.readByHour} bad=${row.quarantinedByHour} label=${`${number(row.read24h)} records read in 24 hours, by hour`} />${compact(row.read24h)}</span>` },
  { name: 'Quarantine', num: true, cell: (row) => (row.quarantined24h ? html`<a href="#/quarantine?pipeline=${encodeURIComponent(row.name)}">${compact(row.quarantined24h)}</a>` : '0') },
  { name: 'Cost, 7 d', num: true, cell: (row) => (row.cost7d === undefined ? '–' : money(row.cost7d)) },
  { name: 'Quota', cell: (row) => html`<${Quota} of=${row} />` },
  { name: 'Next', cell: (row) => html`<span class="nowrap">${row.openRuns ? html`<a href="#/runs?pipeline=${encodeURIComponent(row.name)}">${row.openRuns} running</a>` : row.nextDue ? ago(row.nextDue) : '–'}</span>` },
];

export function Overview() {
  const { data, problem } = useLive(() => get('/api/overview'), []);
  const totals = data?.totals;
  return html`<div class="head"><h1 tabindex="-1">Overview</h1></div><${Failure} problem=${problem} />
    ${!data ? html`<p class="soft">Reading …</p>` : html`
    <dl class="tiles"><${Tile} name="Pipelines" value=${totals.pipelines} /><${Tile} name="Healthy" value=${totals.ok} />
      <${Tile} name="Late" value=${totals.late} kind=${totals.late ? 'warn' : ''} /><${Tile} name="Failing or broken" value=${totals.failing + totals.broken} kind=${totals.failing + totals.broken ? 'bad' : ''} />
      <${Tile} name="Running now" value=${totals.openRuns} /><${Tile} name="Read, 24 h" value=${totals.read24h} />
      ${totals.cost7d !== undefined && html`<${Tile} name=${`Cost, 7 days (${totals.currency})`} value=${html`<a href="#/cost">${money(totals.cost7d)}</a>`} />`}
      <${Tile} name="Quarantined, 24 h" value=${totals.quarantined24h} kind=${totals.quarantined24h ? 'warn' : ''} /><${Tile} name="Dead letters" value=${totals.deadLetters} kind=${totals.deadLetters ? 'bad' : ''} /></dl>
    <section class="card" aria-label="Pipelines"><h2>Pipelines</h2><${Table} caption="Pipelines" columns=${columns} rows=${data.pipelines} of=${(row) => row.name} empty="There are no pipelines. Put a folder into pipelines/." /></section>
    <section class="card" aria-label="Alerts"><h2>Alerts</h2><${Alerts} alerts=${data.alerts} /></section>`}`;
}
