// The console: which view an address shows, the head of the page, the key. Views are one file each in views/.

import { html, render, useEffect, useLayoutEffect, useRef, useState } from './vendor/htm-preact.js';
import { key } from './api.js';
import { live } from './live.js';
import { routes, tabs } from './routes.js';

const THEME = 'penstock.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const applyTheme = () => { document.documentElement.dataset.theme = localStorage.getItem(THEME) ?? (system.matches ? 'dark' : 'light'); };

function useRoute() {
  const read = () => location.hash.replace(/^#/, '') || '/';
  const [path, set] = useState(read());
  useEffect(() => {
    const changed = () => set(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return path;
}

function match(path) {
  const [plain, search] = path.split('?');
  const given = plain.split('/').filter(Boolean).map(decodeURIComponent);
  for (const [pattern, view, tab] of routes) {
    const wanted = pattern.split('/').filter(Boolean);
    if (wanted.length !== given.length || !wanted.every((part, i) => part.startsWith(':') || part === given[i])) continue;
    const values = Object.fromEntries(wanted.map((part, i) => [part.slice(1), given[i]]).filter((_, i) => wanted[i].startsWith(':')));
    return { view, tab, values: { ...values, ...Object.fromEntries(new URLSearchParams(search)) } };
  }
  return null;
}

function Live() {
  const [, again] = useState(0);
  useEffect(() => live.listen(() => again((n) => n + 1)), []);
  const state = live.problem ? (live.problem.status === 401 ? 'a key is needed' : 'no answer') : live.isPaused ? 'paused' : 'live';
  return html`<div class="live"><span><span class="dot ${live.problem || live.isPaused ? 'off' : ''}" aria-hidden="true"></span> <span role="status">${state}</span>${live.at && html` <span class="nowrap">${live.at.toISOString().slice(11, 19)}Z</span>`}</span>
    <button class="plain" onClick=${() => live.pause(!live.isPaused)}>${live.isPaused ? 'Go on' : 'Hold'}</button></div>`;
}

function Key() {
  const dialog = useRef(null);
  const [text, set] = useState(key.get());
  useEffect(() => live.listen(() => { if (live.problem?.status === 401 && !dialog.current.open) dialog.current.showModal(); }), []);
  const save = (event) => { event.preventDefault(); key.set(text.trim()); dialog.current.close(); location.reload(); };
  return html`<button onClick=${() => dialog.current.showModal()}>Key</button>
    <dialog ref=${dialog} aria-labelledby="key-title"><form onSubmit=${save}><h2 id="key-title">The host's key</h2>
      <p class="soft">A function key, or what <code>penstock up --key</code> was given. It is kept in this tab only. Leave it empty where you are signed in, or where none is needed.</p>
      <label>Key <input type="password" autocomplete="off" value=${text} onInput=${(event) => set(event.target.value)} /></label>
      <div class="row"><button type="button" onClick=${() => dialog.current.close()}>Cancel</button><button class="primary">Use it</button></div></form></dialog>`;
}

function App() {
  const path = useRoute();
  const title = useRef(null);
  const [, again] = useState(0);
  const found = match(path);
  useLayoutEffect(() => { scrollTo(0, 0); document.querySelector('main h1')?.focus({ preventScroll: true }); }, [path.split('?')[0]]);
  const theme = () => { localStorage.setItem(THEME, document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'); applyTheme(); again((n) => n + 1); };
  return html`<a class="skip" href=${`#${path}`} onClick=${(event) => { event.preventDefault(); document.querySelector('main h1')?.focus(); }}>To the content</a>
    <header class="top"><a class="brand" href="#/"><img src="icon.svg" alt="" />Penstock</a>
      <nav class="main" aria-label="Views">${tabs.map(([name, to]) => html`<a href="#${to}" aria-current=${found?.tab === to ? 'page' : null}>${name}</a>`)}</nav>
      <${Live} /><button onClick=${theme} aria-label="Light or dark">◐</button><${Key} /></header>
    <main ref=${title}>${found ? html`<${found.view} key=${path.split('?')[0]} ...${found.values} />` : html`<h1 tabindex="-1">There is no such page</h1><p><a href="#/">To the overview</a></p>`}</main>`;
}

applyTheme();
system.addEventListener('change', applyTheme);
addEventListener('DOMContentLoaded', () => render(html`<${App} />`, document.body));
if (document.readyState !== 'loading') render(html`<${App} />`, document.body);
