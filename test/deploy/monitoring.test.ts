import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse, stringify } from 'yaml';
import { registry, watchProcess } from '#telemetry';
import { readScrape } from '../support/prometheus.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const config = parse(readFileSync('deploy/prometheus/prometheus.yml', 'utf8'));
const alerts = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8'));
const rules: Rule[] = alerts.groups.flatMap((group: { rules: Rule[] }) => group.rules);
const dashboard = JSON.parse(readFileSync('deploy/grafana/modeldb.json', 'utf8'));
const panels: Panel[] = dashboard.panels;

/** Each expression by where it stands. Grafana puts a duration where its variable is. */
const expressions: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [title, expr.replaceAll('$__rate_interval', '5m')]),
  ),
];

/** What Prometheus adds by itself. */
const ADDED = ['job', 'instance', 'le'];

/** The texts of all nodes of a kind; `⚠` is what the parser does not understand. */
function nodesOf(expression: string, kind: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to }) => {
      if (name === kind || (kind === '⚠' && type.isError)) found.push(expression.slice(from, to));
    },
  });
  return found;
}

let names: Set<string>;
let labels: Set<string>;
beforeAll(async () => {
  watchProcess();
  const { types } = readScrape(await registry.metrics());
  names = new Set(
    [...types].flatMap(([name, type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
  const ofMetrics = registry.getMetricsAsArray() as unknown as {
    labelNames?: string[];
    options?: { labels: string[] };
  }[];
  labels = new Set([
    ...ADDED,
    ...ofMetrics.flatMap(({ labelNames, options }) => labelNames ?? options?.labels ?? []),
  ]);
});

describe.each(expressions)('%s: %s', (_where, expression) => {
  it('is what Prometheus understands', () => {
    expect(nodesOf(expression, 'VectorSelector').length).toBeGreaterThan(0);
    expect(nodesOf(expression, '⚠')).toEqual([]);
  });

  it('asks for metrics, labels and codes that there are', () => {
    const metrics = nodesOf(expression, 'VectorSelector').map((text) => text.split('{')[0] ?? '');
    expect(metrics.filter((name) => name !== 'up' && !names.has(name))).toEqual([]);
    const used = nodesOf(expression, 'LabelName');
    expect(used.filter((label) => !labels.has(label))).toEqual([]);
    const openapi = readFileSync('docs/openapi.json', 'utf8');
    for (const [, code] of expression.matchAll(/code="(\w+)"/g)) {
      expect(openapi).toContain(`"code": "${code ?? ''}"`);
    }
  });
});

describe('the alerts', () => {
  it('say how urgent they are', () => {
    expect(rules.length).toBeGreaterThan(5);
    for (const { labels: told, annotations } of rules) {
      expect(['page', 'ticket']).toContain(told.severity);
      expect(annotations.summary).toMatch(/\.$/);
    }
  });

  it('lead to their sections of docs/runbook.md, which has no other ones', () => {
    const sections = readFileSync('docs/runbook.md', 'utf8').split(/^## /m).slice(1);
    const told = sections.map((section) => {
      const [title = '', , text = ''] = section.split('\n');
      return [title, /^\*\*(\w+)\*\*: /.exec(text)?.[1]];
    });
    expect(told).toEqual(rules.map(({ alert, labels: { severity } }) => [alert, severity]));
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    }
  });

  it('are the same ones for the Prometheus Operator', () => {
    const file = 'deploy/kubernetes/monitoring/prometheus-rule.yaml';
    const rule = parse(readFileSync(file, 'utf8'));
    if (process.env['UPDATE_ALERTS'] !== undefined) {
      const comment =
        '# deploy/prometheus/alerts.yml for the Prometheus Operator. A test writes it: CONTRIBUTING.md tells how.\n';
      rule.spec.groups = alerts.groups;
      writeFileSync(file, comment + stringify(rule, { lineWidth: 0 }));
    }
    expect(rule.spec.groups).toEqual(alerts.groups);
  });

  it('are read by the Prometheus of the example', () => {
    expect(config.rule_files).toEqual(['alerts.yml']);
    expect(config.scrape_configs[0].job_name).toBe('modeldb');
  });
});

it('the dashboard works with any data source, and has one place for each panel', () => {
  const places = dashboard.panels.map((panel: { gridPos: object }) =>
    JSON.stringify(panel.gridPos),
  );
  expect(new Set(places).size).toBe(panels.length);
  for (const { datasource } of dashboard.panels) expect(datasource.uid).toBe('${datasource}');
});
