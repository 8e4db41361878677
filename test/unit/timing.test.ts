import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { Timing } from '../../libs/telemetry/src/timing.js';
import { readScrape } from '../support/prometheus.js';

function timingOf(labels: readonly string[]) {
  const registry = new Registry();
  const options = { name: 'took_seconds', help: 'How long.', labels, bounds: [0.1, 1] };
  return { registry, timing: new Timing(options, registry) };
}

it('is the histogram that Prometheus knows', async () => {
  const { registry, timing } = timingOf(['route', 'method']);
  for (const seconds of [0.05, 0.1, 0.5, 2]) timing.of('/a', 'GET').observe(seconds);
  timing.of('/a', 'POST').observe(0.5);
  expect(await registry.metrics()).toBe(`# HELP took_seconds How long.
# TYPE took_seconds histogram
took_seconds_bucket{route="/a",method="GET",le="0.1"} 2
took_seconds_bucket{route="/a",method="GET",le="1"} 3
took_seconds_bucket{route="/a",method="GET",le="+Inf"} 4
took_seconds_sum{route="/a",method="GET"} 2.65
took_seconds_count{route="/a",method="GET"} 4
took_seconds_bucket{route="/a",method="POST",le="0.1"} 0
took_seconds_bucket{route="/a",method="POST",le="1"} 1
took_seconds_bucket{route="/a",method="POST",le="+Inf"} 1
took_seconds_sum{route="/a",method="POST"} 0.5
took_seconds_count{route="/a",method="POST"} 1
`);
});

it('has the same series for the same labels', () => {
  const { timing } = timingOf(['a', 'b', 'c']);
  expect(timing.of('1', '2', '3')).toBe(timing.of('1', '2', '3'));
  expect(timing.of('1', '2', '4')).not.toBe(timing.of('1', '2', '3'));
});

it('counts together what comes when there are too many labels', async () => {
  const { registry, timing } = timingOf(['a']);
  for (let n = 0; n < 3000; n += 1) timing.of(String(n)).observe(0.5);
  const scrape = readScrape(await registry.metrics());
  expect(scrape.value('took_seconds_count', { a: '1999' })).toBe(1);
  expect(scrape.value('took_seconds_count', { a: '2000' })).toBeUndefined();
  expect(scrape.value('took_seconds_count', { a: 'other' })).toBe(1000);
});
