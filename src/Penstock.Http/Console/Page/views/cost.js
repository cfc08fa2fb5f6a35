import { html, useState } from '../vendor/htm-preact.js';
import { get, query } from '../api.js';
import { bytes, money, number } from '../format.js';
import { useLive } from '../parts/hooks.js';
import { Failure, Table, Tile } from '../parts/parts.js';

export function Cost() {
  const [days, choose] = useState(7);
  const from = new Date(Date.now() - (days - 1) * 86400e3).toISOString().slice(0, 10);
  const { data, problem } = useLive(() => get(`/api/cost${query({ from })}`), [from]);
  const currency = data?.prices.currency ?? '';
  const columns = [
    { name: 'Stream', cell: (row) => html`<a href="#/pipelines/${encodeURIComponent(row.pipeline)}">${row.pipeline} / ${row.stream}</a>` },
    { name: 'Cost', num: true, cell: (row) => money(row.cost.total, currency) },
    { name: 'A million records', num: true, cell: (row) => money(row.perMillionRecords, currency) },
    { name: 'Runs', num: true, cell: (row) => number(row.runs) },
    { name: 'Calls', num: true, cell: (row) => number(row.calls) },
    { name: 'Records', num: true, cell: (row) => number(row.records) },
    { name: 'Raw', num: true, cell: (row) => bytes(row.rawBytes) },
    { name: 'GB-s', num: true, cell: (row) => number(Math.round(row.usage.gigabyteSeconds * 10) / 10) },
    { name: 'Storage operations', num: true, cell: (row) => number(row.usage.blobReads + row.usage.blobWrites + row.usage.blobLists + row.usage.messages) },
    { name: 'RU', num: true, cell: (row) => number(Math.round(row.usage.requestUnits)) },
  ];
  return html`<div class="head"><h1 tabindex="-1">Cost</h1><div class="actions"><label>Days <select onChange=${(event) => choose(Number(event.target.value))}>${[1, 7, 30].map((one) => html`<option selected=${one === days}>${one}</option>`)}</select></label></div></div>
    <p class="soft">What each stream used, counted where it is used, at the prices of the configuration.</p><${Failure} problem=${problem} />
    ${data && html`<dl class="tiles"><${Tile} name="In all" value=${money(data.total.total, currency)} /></dl><section class="card"><${Table} caption="Cost by stream" columns=${columns} rows=${data.items} of=${(row) => `${row.pipeline}/${row.stream}`} empty="Nothing was used in these days." /></section>`}`;
}
