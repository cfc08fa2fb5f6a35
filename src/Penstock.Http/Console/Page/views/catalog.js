import { html, useState } from '../vendor/htm-preact.js';
import { get, query } from '../api.js';
import { compact, duration, number, time } from '../format.js';
import { useLive } from '../parts/hooks.js';
import { Badge, Facts, Failure, Table } from '../parts/parts.js';
import { Freshness } from './overview.js';

const to = (row) => `#/catalog/${encodeURIComponent(row.pipeline)}/${encodeURIComponent(row.stream)}`;

const columns = [
  { name: 'Stream', cell: (row) => html`<a href=${to(row)}>${row.pipeline} / ${row.stream}</a>` },
  { name: 'What', cell: (row) => row.description },
  { name: 'Owner', cell: (row) => row.owner },
  { name: 'Contract', cell: (row) => row.contract ? `${row.contract.id} ${row.contract.version}` : html`<span class="soft">none</span>` },
  { name: 'Fields', num: true, cell: (row) => number(row.fields.length) },
  { name: 'Freshness', cell: (row) => html`<${Freshness} lag=${row.freshness.lagSeconds} promised=${row.freshness.promisedSeconds} />` },
  { name: 'Read, 24 h', num: true, cell: (row) => compact(row.volume.read) },
];

export function Catalog() {
  const { data, problem } = useLive(() => get('/api/catalog'), []);
  const [text, find] = useState('');
  const rows = (data?.items ?? []).filter((row) => JSON.stringify([row.pipeline, row.stream, row.description, row.owner, row.tags, row.fields.map((field) => field.path)]).toLowerCase().includes(text.toLowerCase()));
  return html`<div class="head"><h1 tabindex="-1">Catalogue</h1></div><${Failure} problem=${problem} />
    <div class="filters"><label>Find a stream, a field, an owner <input type="search" value=${text} onInput=${(event) => find(event.target.value)} /></label></div>
    <section class="card"><${Table} caption="Streams" columns=${columns} rows=${rows} of=${(row) => `${row.pipeline}/${row.stream}`} empty="Nothing like that." /></section>`;
}

const fields = [
  { name: 'Field', cell: (row) => html`<code>${row.path}</code>` },
  { name: 'Type', cell: (row) => row.type },
  { name: 'Rules', cell: (row) => [row.required && 'required', row.unique && 'unique', row.values && `one of ${row.values.join(', ')}`].filter(Boolean).join(', ') },
  { name: 'Classification', cell: (row) => row.classification && html`<${Badge} of=${row.classification} />` },
  { name: 'On its way', cell: (row) => html`${row.change === 'identity' ? html`<span class="soft">as it is</span>` : row.change}${row.isMasked ? ', masked' : ''}` },
];

export function CatalogEntry({ pipeline, stream }) {
  const { data, problem } = useLive(async () => {
    const [catalog, drift] = await Promise.all([
      get(`/api/catalog${query({ pipeline, stream, samples: 5 })}`),
      get(`/api/drift${query({ pipeline, stream })}`)]);
    return { entry: catalog.items[0], drift: drift.items };
  }, [pipeline, stream]);
  if (!data?.entry) return html`<div class="head"><h1 tabindex="-1">${stream}</h1></div><${Failure} problem=${problem} />`;
  const { entry, drift } = data;
  return html`<div class="head"><h1 tabindex="-1">${pipeline} / ${stream}</h1>${entry.tags.map((tag) => html`<span class="badge">${tag}</span>`)}<div class="actions"><a class="button" href="#/lineage?pipeline=${encodeURIComponent(pipeline)}&stream=${encodeURIComponent(stream)}">Lineage</a><a class="button" href="#/pipelines/${encodeURIComponent(pipeline)}">Pipeline</a></div></div><${Failure} problem=${problem} />
    <div class="columns"><section class="card"><h2>About</h2><${Facts} rows=${[['What', entry.description], ['Owner', entry.owner], ['Ask', entry.support.join(', ')], ['Kind', entry.kind], ['Key', entry.key.join(', ')], ['Version', entry.version],
      ['Contract', entry.contract && `${entry.contract.id} ${entry.contract.version} (${entry.contract.status || 'no status'}), ${number(entry.contract.rules)} quality rules`]]} /></section>
    <section class="card"><h2>State</h2><${Facts} rows=${[['Freshness', html`<${Freshness} lag=${entry.freshness.lagSeconds} promised=${entry.freshness.promisedSeconds} />`], ['Everything until', time(entry.freshness.until)], ['Read, 24 h', number(entry.volume.read)],
      ['Quarantined, 24 h', html`<a href="#/quarantine?pipeline=${encodeURIComponent(pipeline)}&stream=${encodeURIComponent(stream)}">${number(entry.volume.quarantined)}</a>`], ['Last run', entry.lastRun && html`<a href="#/runs/${encodeURIComponent(pipeline)}/${encodeURIComponent(stream)}/${encodeURIComponent(entry.lastRun.id)}">${time(entry.lastRun.endedAt)}</a> ${entry.lastRun.status}, ${number(entry.lastRun.landed)} records`]]} /></section></div>
    <section class="card"><h2>Fields</h2><${Table} caption="Fields" columns=${fields} rows=${entry.fields} of=${(row) => row.path} empty="No contract and no schema name any." /></section>
    ${drift.length > 0 && html`<section class="card"><h2>Drift</h2><${Table} caption="Drift" columns=${drifts} rows=${drift} /></section>`}
    <section class="card"><h2>Samples</h2><p class="soft">Curated records; what is classified and not masked is hidden.</p>${(entry.samples ?? []).length === 0 ? html`<p class="soft">None is curated yet.</p>` : entry.samples.map((sample, i) => html`<pre tabindex="0" aria-label=${`Sample ${i + 1}`}>${JSON.stringify(sample, null, 2)}</pre>`)}</section>`;
}

const drifts = [
  { name: 'Field', cell: (row) => html`<code>${row.path}</code>` },
  { name: 'What', cell: (row) => row.entity },
  { name: 'Expected', cell: (row) => row.expected },
  { name: 'Found', cell: (row) => row.found },
  { name: 'Done', cell: (row) => row.mode },
  { name: 'First', cell: (row) => html`<span title=${`${row.firstBlob}:${row.firstLine}`}>${time(row.firstSeen)}</span>` },
  { name: 'Last', cell: (row) => time(row.lastSeen) },
  { name: 'Records', num: true, cell: (row) => number(row.records) },
];
