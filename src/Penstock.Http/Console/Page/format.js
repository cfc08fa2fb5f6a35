// Numbers, times and sizes as people read them. All times are shown in UTC, as the API gives them.

const count = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const number = (value) => (value === null || value === undefined ? '–' : count.format(value));
export const compact = (value) => (value === null || value === undefined ? '–' : value < 10000 ? count.format(value) : short.format(value));
export const percent = (part) => (Number.isFinite(part) ? `${(part * 100).toFixed(part > 0 && part < 0.1 ? 1 : 0)} %` : '–');
export const money = (value, currency = '') => (value === null || value === undefined ? '–' : `${value.toFixed(value < 1 ? 4 : 2)} ${currency}`.trim());

export function bytes(value) {
  if (value === null || value === undefined) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 1) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (whole < 100) return `${whole} s`;
  if (whole < 5400) return `${Math.round(whole / 60)} min`;
  if (whole < 172800) return `${(whole / 3600).toFixed(1)} h`;
  return `${Math.round(whole / 86400)} d`;
}

export const time = (text) => (text ? new Date(text).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z').replace(/:00Z$/, 'Z') : '–');

export function ago(text, now = Date.now()) {
  if (!text) return '–';
  const seconds = (now - new Date(text).getTime()) / 1000;
  return seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
}
