// Charts over time, drawn by uPlot (vendor/). A table with the same figures stands beside each for those who can't see it.

import { html, useEffect, useRef } from '../vendor/htm-preact.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// series: [{ label, values, colour: '--bar', bars?: true }], times in seconds since 1970.
export function TimeChart({ times, series, label, height = 220 }) {
  const place = useRef(null);
  useEffect(() => {
    const bars = window.uPlot.paths.bars({ size: [0.8, 60] });
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    const chart = new window.uPlot({
      width: place.current.clientWidth || 600,
      height,
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
      axes: [{ ...axis, values: (_, ticks) => ticks.map((tick) => new Date(tick * 1e3).toISOString().slice(11, 16)) }, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => new Intl.NumberFormat('en', { notation: 'compact' }).format(tick)) }],
      scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)] } },
      series: [{ label: 'UTC' }, ...series.map((one) => ({
        label: one.label, stroke: colour(one.colour), fill: one.bars ? colour(one.colour) : undefined, width: one.bars ? 0 : 2, paths: one.bars ? bars : undefined, points: { show: !one.bars },
      }))],
    }, [times, ...series.map((one) => one.values)], place.current);
    const fit = new ResizeObserver(() => chart.setSize({ width: place.current.clientWidth, height }));
    fit.observe(place.current);
    return () => { fit.disconnect(); chart.destroy(); };
  }, [JSON.stringify([times, series]), document.documentElement.dataset.theme]);
  return html`<div class="chart" ref=${place} role="img" aria-label=${label}></div>`;
}
