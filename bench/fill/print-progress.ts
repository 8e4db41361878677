import type { FillProgress } from './fill.js';

/** A line for each step and for each twentieth of the rows, with the seconds since the start. */
export function printProgress(): FillProgress {
  const start = performance.now();
  let nextTwentieth = 1;
  const say = (what: string): void => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(`${seconds.padStart(7)} s  ${what}`);
  };
  return {
    step: say,
    rows: (done, total) => {
      const twentieth = Math.floor((done / total) * 20);
      if (twentieth < nextTwentieth) return;
      nextTwentieth = twentieth + 1;
      say(`${done} rows (${twentieth * 5} %)`);
    },
  };
}
