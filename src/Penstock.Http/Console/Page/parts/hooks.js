// How views get their data: read at once, and again every few seconds while somebody looks.

import { useCallback, useEffect, useRef, useState } from '../vendor/htm-preact.js';
import { live } from '../live.js';

const EVERY = 3000;

// read() gives a promise of data; depends says when the question has changed. The last answer stays while the host is away.
export function useLive(read, depends) {
  const [state, set] = useState({ data: null, problem: null });
  const asked = useRef(0);
  const answered = useRef(0);
  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const data = await read();
      if (turn === asked.current) { set({ data, problem: null }); live.heard(); }
    } catch (problem) {
      if (turn === asked.current) { set((before) => ({ ...before, problem })); live.missed(problem); }
    }
    answered.current = turn;
  }, depends);
  useEffect(() => {
    set({ data: null, problem: null });
    live.wait(1);
    reload().finally(() => live.wait(-1));
    // A host that takes longer than that to answer isn't asked again before it has.
    const timer = setInterval(() => { if (!document.hidden && !live.isPaused && answered.current === asked.current) reload(); }, EVERY);
    const seen = () => { if (!document.hidden && !live.isPaused) reload(); };
    document.addEventListener('visibilitychange', seen);
    return () => { answered.current = ++asked.current; clearInterval(timer); document.removeEventListener('visibilitychange', seen); };
  }, depends);
  return { ...state, reload };
}

// An action with its outcome: run(promise-giving function) → busy, then what it said or why it failed.
export function useAction(after) {
  const [state, set] = useState({ busy: false, problem: null, said: null });
  const run = async (act, said) => {
    set({ busy: true, problem: null, said: null });
    try {
      const result = await act();
      set({ busy: false, problem: null, said: typeof said === 'function' ? said(result) : said });
      after?.(result);
      return result;
    } catch (problem) {
      set({ busy: false, problem, said: null });
      return null;
    }
  };
  return { ...state, run };
}
