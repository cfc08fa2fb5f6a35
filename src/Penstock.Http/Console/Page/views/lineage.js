import { html } from '../vendor/htm-preact.js';
import { get, query } from '../api.js';
import { useLive } from '../parts/hooks.js';
import { Failure, Table } from '../parts/parts.js';

const KINDS = ['source', 'stream', 'raw', 'curated'];
const [WIDTH, GAP, ROW, BOX] = [250, 60, 54, 40];

// Each node at the mean height of what it comes from, no two in one place: enough for chains that seldom cross.
function layout({ nodes, edges }) {
  const place = new Map();
  const height = Math.max(...KINDS.map((kind) => nodes.filter((node) => node.kind === kind).length), 1);
  for (const [column, kind] of KINDS.entries()) {
    const here = nodes.filter((node) => node.kind === kind);
    const wanted = (node) => {
      const before = edges.filter((edge) => edge.to === node.id && place.has(edge.from)).map((edge) => place.get(edge.from).y);
      return before.length ? before.reduce((sum, y) => sum + y, 0) / before.length : 0;
    };
    const order = here.map((node, i) => [wanted(node), i, node]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    let next = column === 0 ? ((height - here.length) / 2) * ROW : 0;
    for (const [y, , node] of order) { const at = Math.max(next, y); place.set(node.id, { x: column * (WIDTH + GAP), y: at }); next = at + ROW; }
  }
  return place;
}

const href = (node) => (node.pipeline ? (node.kind === 'stream' ? `#/pipelines/${encodeURIComponent(node.pipeline)}` : `#/catalog/${encodeURIComponent(node.pipeline)}/${encodeURIComponent(node.stream)}`) : null);
const short = (text) => (text.length > 34 ? `…${text.slice(-33)}` : text);

function Graph({ graph }) {
  const place = layout(graph);
  const height = Math.max(...[...place.values()].map((at) => at.y), 0) + ROW + 24;
  const curve = (from, to) => `M${from.x + WIDTH},${from.y + 24 + BOX / 2} C${from.x + WIDTH + GAP / 2},${from.y + 24 + BOX / 2} ${to.x - GAP / 2},${to.y + 24 + BOX / 2} ${to.x},${to.y + 24 + BOX / 2}`;
  const box = (node) => { const at = place.get(node.id); return html`<rect x=${at.x} y=${at.y + 24} width=${WIDTH} height=${BOX} rx="7" /><text x=${at.x + 10} y=${at.y + 24 + 25}>${short(node.name)}<title>${node.name}</title></text>`; };
  return html`<div class="lineage" tabindex="0" role="region" aria-label="Lineage"><svg width=${KINDS.length * WIDTH + (KINDS.length - 1) * GAP} height=${height} role="group" aria-label="What flows where, from sources to curated data">
    ${KINDS.map((kind, i) => html`<text class="kind" x=${i * (WIDTH + GAP)} y="12">${kind}</text>`)}
    ${graph.edges.filter((edge) => place.has(edge.from) && place.has(edge.to)).map((edge) => html`<path d=${curve(place.get(edge.from), place.get(edge.to))} />`)}
    ${graph.nodes.map((node) => (href(node) ? html`<a key=${node.id} href=${href(node)} aria-label=${`${node.kind} ${node.name}`}>${box(node)}</a>` : html`<g key=${node.id}>${box(node)}</g>`))}</svg></div>`;
}

const columns = [
  { name: 'Curated field', cell: (row) => html`<code>${row.field}</code>` },
  { name: 'Of', cell: (row) => row.target },
  { name: 'Comes from', cell: (row) => html`<code>${row.input}</code>` },
  { name: 'Changed', cell: (row) => `${row.change === 'identity' ? 'no' : row.change}${row.isMasked ? ', masked' : ''}` },
];

export function Lineage({ pipeline = '', stream = '' }) {
  const { data, problem } = useLive(() => get(`/api/lineage${query({ pipeline, stream })}`), [pipeline, stream]);
  const name = (id) => data.nodes.find((node) => node.id === id)?.name ?? id;
  return html`<div class="head"><h1 tabindex="-1">Lineage${stream ? ` of ${pipeline} / ${stream}` : pipeline ? ` of ${pipeline}` : ''}</h1>${pipeline && html`<div class="actions"><a class="button" href="#/lineage">All pipelines</a></div>`}</div><${Failure} problem=${problem} />
    ${data && html`<section class="card"><h2>What flows where</h2>${data.nodes.length ? html`<${Graph} graph=${data} />` : html`<p class="soft">There are no pipelines.</p>`}</section>
    ${pipeline && html`<section class="card"><h2>Columns</h2><${Table} caption="Columns" columns=${columns} rows=${data.columns.map((column) => ({ ...column, target: name(column.to ?? column.curated), input: column.input ?? column.fromField }))} empty="No contract and no schema name any." /></section>`}`}`;
}
