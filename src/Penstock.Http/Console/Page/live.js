// Whether the figures on the page are fresh; the head of the page shows it.

const listeners = new Set();

export const live = {
  isPaused: false,
  at: null,
  problem: null,
  waiting: 0,
  // A view waits for its first answer; the page says so to whoever can't see it, and to tests.
  wait(change) { this.waiting += change; document.querySelector('main')?.setAttribute('aria-busy', String(this.waiting > 0)); },
  heard() { Object.assign(this, { at: new Date(), problem: null }); this.tell(); },
  missed(problem) { this.problem = problem; this.tell(); },
  pause(isPaused) { this.isPaused = isPaused; this.tell(); },
  listen(listener) { listeners.add(listener); return () => listeners.delete(listener); },
  tell() { for (const listener of listeners) listener(); },
};
