import { html, useState } from '../vendor/htm-preact.js';
import { get, once, query, segment, send } from '../api.js';
import { ago, duration, money, number, percent, time } from '../format.js';
import { useAction, useLive } from '../parts/hooks.js';
import { Badge, Facts, Failure, Meter, Note, Table, Tile, Time } from '../parts/parts.js';
import { RunTable } from './runs.js';

const day = (offset) => new Date(Date.now() + offset * 86400e3).toISOString().slice(0, 10);
const done = (backfill) => backfill.progress ?? {};
const isOpen = (status) => ['planning', 'running', 'paused'].includes(status);

const columns = [
  { name: 'Backfill', cell: (row) => html`<a href="#/backfills/${segment(row.id)}">${row.pipeline}: ${row.streams.join(', ')}</a>` },
  { name: 'Status', cell: (row) => html`<${Badge} of=${row.status} />` },
  { name: 'From', cell: (row) => html`<${Time} at=${row.from} />` },
  { name: 'To', cell: (row) => html`<${Time} at=${row.to} />` },
  { name: 'Progress', cell: (row) => done(row).share !== undefined && html`<${Meter} part=${done(row).share} label=${percent(done(row).share)} /><span class="soft">${percent(done(row).share)}</span>` },
  { name: 'Asked for', cell: (row) => html`<span class="nowrap">${ago(row.requestedAt)}</span>` },
];

export function Backfills({ pipeline = '' }) {
  const { data, problem, reload } = useLive(async () => {
    const [backfills, pipelines] = await Promise.all([get('/api/backfills?limit=25'), get('/api/pipelines')]);
    return { backfills: backfills.items, pipelines: pipelines.items.filter((one) => one.streams?.some((stream) => stream.kind === 'pulled')) };
  }, []);
  return html`<div class="head"><h1 tabindex="-1">Backfills</h1></div><${Failure} problem=${problem} />
    ${data && html`<section class="card" aria-label="New backfill"><h2>New backfill</h2><p class="soft">Reads a past window again, beside the live runs. It never moves a cursor, and live runs go before it.</p><${Form} pipelines=${data.pipelines} chosen=${pipeline} begun=${reload} /></section>
    <section class="card"><h2>Backfills</h2><${Table} caption="Backfills" columns=${columns} rows=${data.backfills} of=${(row) => row.id} empty="None yet." /></section>`}`;
}

function Form({ pipelines, chosen, begun }) {
  const [form, set] = useState({ pipeline: chosen || (pipelines[0]?.name ?? ''), streams: [], from: day(-7), to: day(0), parallelism: '', priority: 'low' });
  const [estimate, show] = useState(null);
  const action = useAction();
  const streams = pipelines.find((one) => one.name === form.pipeline)?.streams.filter((stream) => stream.kind === 'pulled') ?? [];
  const change = (values) => { show(null); set({ ...form, ...values }); };
  const body = () => ({ pipeline: form.pipeline, ...(form.streams.length ? { streams: form.streams } : {}), from: form.from, to: form.to, ...(form.parallelism ? { parallelism: Number(form.parallelism) } : {}), priority: form.priority });
  const dryRun = () => action.run(async () => show(await send('POST', '/api/backfills', { ...body(), dryRun: true })));
  const start = async (event) => {
    event.preventDefault();
    const backfill = await action.run(() => send('POST', '/api/backfills', body(), once()));
    if (backfill) { begun(); location.hash = `#/backfills/${segment(backfill.id)}`; }
  };
  const toggle = (name) => change({ streams: form.streams.includes(name) ? form.streams.filter((one) => one !== name) : [...form.streams, name] });
  return html`<form class="fields" onSubmit=${start}>
    <label>Pipeline <select name="pipeline" value=${form.pipeline} onChange=${(event) => change({ pipeline: event.target.value, streams: [] })}>${pipelines.map((one) => html`<option value=${one.name} selected=${one.name === form.pipeline}>${one.name}</option>`)}</select></label>
    <fieldset><legend>Streams (none marked: all)</legend>${streams.map((one) => html`<label><input type="checkbox" checked=${form.streams.includes(one.name)} onChange=${() => toggle(one.name)} />${one.name}</label>`)}</fieldset>
    <label>From (UTC) <input name="from" required value=${form.from} placeholder="2026-01-01 or 2026-01-01T12:00:00Z" onInput=${(event) => change({ from: event.target.value })} /></label>
    <label>To, not included <input name="to" required value=${form.to} onInput=${(event) => change({ to: event.target.value })} /></label>
    <label>Slices at once <input name="parallelism" type="number" min="1" max="64" placeholder="4 of each stream" value=${form.parallelism} onInput=${(event) => change({ parallelism: event.target.value })} /></label>
    <label>Priority <select name="priority" onChange=${(event) => change({ priority: event.target.value })}><option value="low">behind the live runs</option><option value="live">like the live runs</option></select></label>
    <div><button type="button" onClick=${dryRun} disabled=${action.busy}>Dry run</button> <button class="primary" disabled=${action.busy || !form.pipeline}>Start</button></div></form>
    <${Failure} problem=${action.problem} />${estimate && html`<${Estimate} of=${estimate} />`}`;
}

const Estimate = ({ of }) => html`<${Note}><h3>It would take</h3><${Facts} rows=${[
  ['Slices', `${number(of.slices)}${of.isExact ? '' : ' or more'}`], ['Calls', of.calls !== undefined && `about ${number(of.calls)}`], ['Time', of.seconds !== undefined && `about ${duration(of.seconds)}`],
  ['Cost', of.cost && `about ${money(of.cost.total, of.cost.currency)}`], ['Not in it', of.cost && of.cost.leftOut.join('; ')], ['How this is known', of.basis],
  ...of.streams.filter((stream) => stream.note || of.streams.length > 1).map((stream) => [stream.stream, `${number(stream.slices)} slices${stream.records === undefined ? '' : `, about ${number(stream.records)} records`}. ${stream.note ?? ''}`])]} /><//>`;

export function Backfill({ id }) {
  const path = `/api/backfills/${segment(id)}`;
  const { data, problem, reload } = useLive(() => get(path), [path]);
  const action = useAction(reload);
  if (!data) return html`<div class="head"><h1 tabindex="-1">Backfill</h1></div><${Failure} problem=${problem} />`;
  const progress = done(data);
  const share = progress.share ?? (data.status === 'completed' ? 1 : 0);
  const act = (verb, said) => action.run(() => send('POST', `${path}/${verb}`, undefined, once()), said);
  return html`<div class="head"><h1 tabindex="-1">Backfill of ${data.pipeline}</h1><${Badge} of=${data.status} /><div class="actions">
      ${data.status === 'paused' ? html`<button disabled=${action.busy} onClick=${() => act('resume', 'It goes on.')}>Resume</button>` : isOpen(data.status) && html`<button disabled=${action.busy} onClick=${() => act('pause', 'It is paused; nothing is lost.')}>Pause</button>`}
      ${isOpen(data.status) && html`<button class="danger" disabled=${action.busy} onClick=${() => act('cancel', 'It stops; what has landed stays.')}>Cancel</button>`}</div></div>
    <${Failure} problem=${problem ?? action.problem} />${action.said && html`<${Note} kind="ok">${action.said}<//>`}
    <section class="card" aria-label="Progress"><h2>Progress</h2><${Meter} wide part=${share} label=${`${percent(share)} done`} />
      <p role="status">${percent(share)} done${progress.remainingSeconds !== undefined && isOpen(data.status) ? `, about ${duration(progress.remainingSeconds)} left` : ''}${isOpen(data.status) && !progress.isPlanned ? ' (still planning)' : ''}</p></section>
    ${progress.slicesPlanned !== undefined && html`<dl class="tiles"><${Tile} name="Slices done" value=${`${number(progress.slicesEnded)} of ${number(progress.slicesPlanned)}`} /><${Tile} name="Slices failed" value=${progress.slicesFailed} kind=${progress.slicesFailed ? 'bad' : ''} /><${Tile} name="Records" value=${progress.records ?? 0} /><${Tile} name="Calls" value=${progress.calls ?? 0} /><${Tile} name="429s" value=${progress.throttled ?? 0} kind=${progress.throttled ? 'warn' : ''} /></dl>`}
    <section class="card"><h2>About</h2><${Facts} rows=${[['Window', `${time(data.from)} to ${time(data.to)}`], ['Streams', data.streams.join(', ')], ['Asked for', time(data.requestedAt)], ['Priority', data.priority], ['Slices at once', data.parallelism]]} /></section>
    <section class="card"><h2>Runs</h2><${RunTable} runs=${data.runs} /></section>`;
}
