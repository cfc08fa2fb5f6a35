import { html } from '../vendor/htm-preact.js';
import { get, once, query, segment, send } from '../api.js';
import { ago, compact } from '../format.js';
import { TimeChart } from '../parts/chart.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Badge, Facts, Failure, Marks, Note, Table, Time } from '../parts/parts.js';
import { Freshness } from './overview.js';
import { RunTable } from './runs.js';

const HOUR = 3600;

const columns = (name) => [
  { name: 'Stream', cell: (row) => html`<a href="#/catalog/${segment(name)}/${segment(row.stream)}">${row.stream}</a>` },
  { name: 'Health', cell: (row) => html`<${Badge} of=${row.health} />` },
  { name: 'Kind', cell: (row) => row.kind },
  { name: 'Freshness', cell: (row) => html`<${Freshness} lag=${row.lagSeconds} promised=${row.freshnessSeconds} />` },
  { name: 'Last runs', cell: (row) => html`<${Marks} pipeline=${name} runs=${row.lastRuns} />` },
  { name: 'Landed', cell: (row) => html`<span class="nowrap">${ago(row.landedAt)}</span>` },
  { name: 'Read, 24 h', num: true, cell: (row) => compact(row.read24h) },
  { name: 'Quarantined', num: true, cell: (row) => compact(row.quarantined24h) },
];

export function Pipeline({ name }) {
  const path = `/api/pipelines/${segment(name)}`;
  const { data, problem, reload } = useLive(async () => {
    const [pipeline, streams, runs] = await Promise.all([get(path), get(`${path}/streams`), get(`/api/runs${query({ pipeline: name, limit: 15 })}`)]);
    return { pipeline, streams: streams.items, runs: runs.items };
  }, [name]);
  const action = useAction(reload);
  if (!data) return html`<div class="head"><h1 tabindex="-1">${name}</h1></div><${Failure} problem=${problem} />`;
  const { pipeline, streams, runs } = data;
  const pulled = streams.filter((stream) => stream.kind === 'pulled').length > 0;
  const act = (verb, said, body) => action.run(() => send('POST', `${path}/${verb}`, body, once()), said);
  return html`<div class="head"><h1 tabindex="-1">${name}</h1><${Badge} of=${pipeline.state} /><div class="actions">
      ${pulled && html`<button disabled=${action.busy} onClick=${() => act('runs', 'The runs have begun.', {})}>Run now</button>`}
      ${pipeline.state === 'paused' ? html`<button disabled=${action.busy} onClick=${() => act('resume', 'It goes on.')}>Resume</button>` : html`<button disabled=${action.busy} onClick=${() => act('pause', 'It is paused; what has landed is still curated.')}>Pause</button>`}
      ${pulled && html`<a class="button primary" href="#/backfills?pipeline=${segment(name)}">Backfill …</a>`}</div></div>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    ${pipeline.problems && html`<${Note} kind="bad"><strong>The pipeline's files are broken.</strong><ul>${pipeline.problems.map((one) => html`<li><code>${one.file}:${one.line}</code> ${one.path} ${one.message} ${one.fix}</li>`)}</ul><//>`}
    <div class="columns"><section class="card"><h2>About</h2><${Facts} rows=${[['What', pipeline.description], ['Owner', pipeline.owner], ['Schedule', pipeline.schedule], ['Next due', pipeline.nextDue && html`<${Time} at=${pipeline.nextDue} /> (${ago(pipeline.nextDue)})`]]} /></section>
    <section class="card"><h2>Records by hour</h2><${Volume} streams=${streams} /></section></div>
    <section class="card"><h2>Streams</h2><${Table} caption="Streams" columns=${columns(name)} rows=${streams} of=${(row) => row.stream} /></section>
    <section class="card"><h2>Last runs</h2><${RunTable} runs=${runs} /></section>`;
}

function Volume({ streams }) {
  const sum = (field) => streams.reduce((total, stream) => total.map((value, i) => value + stream[field][i]), Array(24).fill(0));
  const last = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  const [read, bad] = [sum('readByHour'), sum('quarantinedByHour')];
  return html`<${TimeChart} label=${`Records read by hour, 24 hours: ${read.join(', ')}`} times=${read.map((_, i) => last - (23 - i) * HOUR)}
    series=${[{ label: 'Read', values: read, colour: '--bar', bars: true }, { label: 'Quarantined', values: bad, colour: '--barbad', bars: true }]} />`;
}
