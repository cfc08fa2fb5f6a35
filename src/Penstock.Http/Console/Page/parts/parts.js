// Small pieces that every view is made of. Nothing is told by colour alone: each state has its word.

import { html } from '../vendor/htm-preact.js';
import { compact, number, time } from '../format.js';

const KIND = {
  ok: 'ok', open: 'ok', completed: 'ok', landed: 'ok', ready: 'ok', done: 'ok', replayed: 'ok',
  late: 'warn', waiting: 'warn', paused: 'warn', cancelled: 'warn', warning: 'warn', cancelling: 'warn',
  failing: 'bad', failed: 'bad', broken: 'bad', error: 'bad', critical: 'bad',
};
const SIGN = { ok: '✓', warn: '!', bad: '✕' };

export const Badge = ({ of }) => html`<span class="badge ${KIND[of] ?? ''}">${SIGN[KIND[of]] ? html`<span aria-hidden="true">${SIGN[KIND[of]]}</span>` : null}${of}</span>`;

export const Note = ({ kind = '', children }) => html`<div class="note ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}>${children}</div>`;

export const Failure = ({ problem }) => problem && html`<${Note} kind="bad"><strong>${problem.title ?? 'It did not work'}.</strong> ${problem.message}
  ${Array.isArray(problem.errors) && html`<ul>${problem.errors.map((error) => html`<li>${typeof error === 'string' ? error : error.detail ?? JSON.stringify(error)}</li>`)}</ul>`}<//>`;

export const Time = ({ at }) => (at ? html`<time datetime=${at} class="nowrap">${time(at)}</time>` : html`<span class="soft">–</span>`);

export const Facts = ({ rows }) => html`<dl class="facts">${rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

// columns: { name, cell(row), num?, label? }; the first one is the row's header.
export const Table = ({ caption, columns, rows, empty = 'Nothing yet.', of = (row, index) => index }) => html`
  <div class="scroll" tabindex="0" role="region" aria-label=${caption}><table class="cards">
    <caption class="hidden">${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.num ? 'num' : ''}>${column.name}</th>`)}</tr></thead>
    <tbody>${rows.length === 0 ? html`<tr><td colspan=${columns.length} class="soft">${empty}</td></tr>` : rows.map((row, index) => html`
      <tr key=${of(row, index)}>${columns.map((column, place) => (place === 0
        ? html`<th scope="row">${column.cell(row)}</th>`
        : html`<td class=${column.num ? 'num' : ''} data-label=${column.name}>${column.cell(row)}</td>`))}</tr>`)}</tbody>
  </table></div>`;

export const Tile = ({ name, value, kind = '' }) => html`<div class="tile"><dt>${name}</dt><dd class=${kind}>${typeof value === 'number' ? compact(value) : value}</dd></div>`;

export const Meter = ({ part, label, kind, wide }) => {
  const share = Math.max(0, Math.min(1, part ?? 0));
  return html`<span class="meter ${wide ? 'wide' : ''}" role="img" aria-label=${label}><i class=${kind ?? ''} style=${{ width: `${share * 100}%` }}></i></span>`;
};

export const Spark = ({ values, bad = [], label, width = 120, height = 26 }) => {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length);
  const bar = (value, index, name) => value > 0 && html`<rect class=${name} x=${index * step} width=${Math.max(1, step - 1)}
    y=${height - Math.max(1.5, (value / most) * (height - 2))} height=${Math.max(1.5, (value / most) * (height - 2))} />`;
  return html`<svg class="spark" width=${width} height=${height} role="img" aria-label=${label}><line x1="0" x2=${width} y1=${height - 0.5} y2=${height - 0.5} />
    ${values.map((value, index) => bar(value, index, ''))}${bad.map((value, index) => bar(value, index, 'q'))}</svg>`;
};

export const runUrl = (run) => `#/runs/${encodeURIComponent(run.pipeline)}/${encodeURIComponent(run.stream)}/${encodeURIComponent(run.run ?? run.id)}`;

export const Marks = ({ pipeline, runs }) => html`<span class="marks">${[...runs].reverse().map((run) => html`
  <a href=${runUrl({ pipeline, ...run })} class=${run.status} title="${run.stream}: ${run.status}, ${number(run.landed)} records, ${time(run.endedAt)}"><span class="hidden">${run.stream} ${run.status} ${time(run.endedAt)}</span></a>`)}</span>`;
