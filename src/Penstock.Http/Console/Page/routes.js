// Addresses and their views: pattern, view, tab.

import { Backfill, Backfills } from './views/backfills.js';
import { Budgets } from './views/budgets.js';
import { Catalog, CatalogEntry } from './views/catalog.js';
import { Cost } from './views/cost.js';
import { DeadLetters } from './views/deadletters.js';
import { Lineage } from './views/lineage.js';
import { Overview } from './views/overview.js';
import { Pipeline } from './views/pipeline.js';
import { Quarantine } from './views/quarantine.js';
import { Run } from './views/run.js';
import { Runs } from './views/runs.js';

export const tabs = [
  ['Overview', '/'], ['Runs', '/runs'], ['Backfills', '/backfills'], ['Quarantine', '/quarantine'], ['Dead letters', '/deadletters'],
  ['Catalogue', '/catalog'], ['Lineage', '/lineage'], ['Quota', '/budgets'], ['Cost', '/cost'],
];

export const routes = [
  ['/', Overview, '/'],
  ['/pipelines/:name', Pipeline, '/'],
  ['/runs', Runs, '/runs'],
  ['/runs/:pipeline/:stream/:run', Run, '/runs'],
  ['/backfills', Backfills, '/backfills'],
  ['/backfills/:id', Backfill, '/backfills'],
  ['/quarantine', Quarantine, '/quarantine'],
  ['/deadletters', DeadLetters, '/deadletters'],
  ['/catalog', Catalog, '/catalog'],
  ['/catalog/:pipeline/:stream', CatalogEntry, '/catalog'],
  ['/lineage', Lineage, '/lineage'],
  ['/budgets', Budgets, '/budgets'],
  ['/cost', Cost, '/cost'],
];
