// Addresses and their views: pattern, view, tab.

import { Backfill, Backfills } from './views/backfills.js';
import { DeadLetters } from './views/deadletters.js';
import { Overview } from './views/overview.js';
import { Pipeline } from './views/pipeline.js';
import { Run } from './views/run.js';
import { Runs } from './views/runs.js';

export const tabs = [
  ['Overview', '/'], ['Runs', '/runs'], ['Backfills', '/backfills'], ['Dead letters', '/deadletters'],
];

export const routes = [
  ['/', Overview, '/'],
  ['/pipelines/:name', Pipeline, '/'],
  ['/runs', Runs, '/runs'],
  ['/runs/:pipeline/:stream/:run', Run, '/runs'],
  ['/backfills', Backfills, '/backfills'],
  ['/backfills/:id', Backfill, '/backfills'],
  ['/deadletters', DeadLetters, '/deadletters'],
];
