import { html } from '../vendor/htm-preact.js';
import { get, once, segment, send } from '../api.js';
import { bytes, duration, number, time } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Badge, Facts, Failure, Note, Table, Tile, Time } from '../parts/parts.js';

const MOST = 200;
const words = (slice) => (slice.window ? `${slice.window.start} to ${slice.window.end}` : `slice ${slice.slice}`);
const partition = (slice) => { const text = JSON.stringify(slice.partition); return text === '{}' || text === 'null' ? '' : text; };

const columns = [
  { name: 'Slice', cell: (slice) => slice.slice },
  { name: 'Status', cell: (slice) => html`<${Badge} of=${slice.status} />` },
  { name: 'Window', cell: (slice) => slice.window && words(slice) },
  { name: 'Partition', cell: (slice) => partition(slice) && html`<code>${partition(slice)}</code>` },
  { name: 'Begun', cell: (slice) => html`<${Time} at=${slice.startedAt} />` },
  { name: 'Took', num: true, cell: (slice) => duration(slice.seconds) },
  { name: 'Records', num: true, cell: (slice) => number(slice.records) },
  { name: 'Bytes', num: true, cell: (slice) => bytes(slice.bytes) },
  { name: 'Calls', num: true, cell: (slice) => number(slice.calls) },
  { name: '429s', num: true, cell: (slice) => number(slice.throttled) },
  { name: 'Remark', cell: (slice) => slice.remark ?? '' },
];

export function Run({ pipeline, stream, run }) {
  const path = `/api/runs/${segment(pipeline)}/${segment(stream)}/${segment(run)}`;
  const { data, problem, reload } = useLive(async () => {
    const [about, slices] = await Promise.all([get(path), get(`${path}/slices?limit=${MOST}`)]);
    return { run: about, slices: slices.items, more: slices.next };
  }, [path]);
  const action = useAction(reload);
  if (!data) return html`<div class="head"><h1 tabindex="-1">Run of ${stream}</h1></div><${Failure} problem=${problem} />`;
  const { run: about, slices } = data;
  const counts = about.counts ?? about.totals ?? {};
  const isOpen = about.status === 'planning' || about.status === 'running';
  return html`<div class="head"><h1 tabindex="-1">${pipeline} / ${stream}</h1><${Badge} of=${about.status} /><div class="actions">${isOpen && html`<button class="danger" disabled=${action.busy}
      onClick=${() => action.run(() => send('POST', `${path}/cancel`, undefined, once()), 'It stops; what has landed stays and is curated.')}>Cancel the run</button>`}</div></div>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}${about.error && html`<${Note} kind="bad">${about.error}<//>`}
    <dl class="tiles"><${Tile} name="Landed" value=${counts.landed ?? 0} /><${Tile} name="Curated" value=${counts.curated ?? 0} /><${Tile} name="Quarantined" value=${counts.quarantined ?? 0} kind=${counts.quarantined ? 'warn' : ''} />
      <${Tile} name="Filtered" value=${counts.filtered ?? 0} /><${Tile} name="Calls" value=${counts.calls ?? 0} /><${Tile} name="429s" value=${counts.throttled ?? 0} kind=${counts.throttled ? 'warn' : ''} /></dl>
    <section class="card"><h2>About</h2><${Facts} rows=${[['Run', html`<code>${about.id}</code>`], ['Kind', about.kind], ['Window', about.window && `${time(about.window.from)} to ${time(about.window.to)}`],
      ['Begun', time(about.createdAt)], ['Ended', about.endedAt && time(about.endedAt)], ['Backfill', about.backfill && html`<a href="#/backfills/${segment(about.backfill)}">${about.backfill}</a>`], ['Pipeline', html`<a href="#/pipelines/${segment(pipeline)}">${pipeline}</a>`]]} /></section>
    <section class="card"><h2>Timeline of slices</h2><${Timeline} slices=${slices} /></section>
    <section class="card"><h2>Slices</h2><${Table} caption="Slices" columns=${columns} rows=${slices} of=${(slice) => slice.slice} empty="None is planned yet." />${data.more && html`<p class="soft">The first ${MOST}; <code>GET ${path}/slices</code> gives all.</p>`}</section>`;
}

function Timeline({ slices }) {
  const begun = slices.filter((slice) => slice.startedAt);
  if (begun.length === 0) return html`<p class="soft">Nothing has begun.</p>`;
  const from = Math.min(...begun.map((slice) => new Date(slice.startedAt).getTime()));
  const to = Math.max(from + 200, ...begun.map((slice) => new Date(slice.changedAt ?? slice.startedAt).getTime()));
  const [row, left, width] = [16, 290, 760];
  const x = (at) => left + ((new Date(at).getTime() - from) / (to - from)) * width;
  const height = begun.length * row + 24;
  return html`<div class="timeline" tabindex="0" role="region" aria-label="Timeline of slices"><svg width=${left + width + 90} height=${height} role="img" aria-label=${`${begun.length} slices between ${time(new Date(from).toISOString())} and ${time(new Date(to).toISOString())}`}>
    ${[0, 0.25, 0.5, 0.75, 1].map((part) => html`<g><line class="axis" x1=${left + part * width} x2=${left + part * width} y1="0" y2=${height - 18} /><text x=${left + part * width} y=${height - 4} text-anchor="middle">${new Date(from + part * (to - from))
      .toISOString().slice(11, to - from < 10_000 ? 23 : 19)}</text></g>`)}
    ${begun.map((slice, i) => html`<g key=${slice.slice}><text x="0" y=${i * row + 12}>${(words(slice) + ' ' + partition(slice)).slice(0, 44)}</text>
      <rect class=${slice.status} x=${x(slice.startedAt)} y=${i * row + 3} height=${row - 6} rx="2" width=${Math.max(3, x(slice.changedAt ?? slice.startedAt) - x(slice.startedAt))}><title>${words(slice)}: ${slice.status}, ${number(slice.records)} records, ${number(slice.calls)} calls, ${duration(slice.seconds)}</title></rect></g>`)}</svg></div>
    <div class="legend">${['landed', 'reading', 'waiting', 'failed'].map((name) => html`<span><i class=${name}></i>${name}</span>`)}</div>`;
}
