import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import { makeSource } from './archive/make-source.js';
import { readOptions, USAGE, type ArchiveOptions } from './archive/options.js';
import { runModeldb, type Cost } from './archive/run-modeldb.js';
import type { Cleanup } from './support/cleanup.js';
import { emptyDatabase } from './support/empty-database.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

interface File {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  await mkdir(options.dataDir, { recursive: true });
  const url = await openTarget({ dataDir: options.dataDir }, cleanup);
  const [source, target] = [
    await emptyDatabase(url, 'modeldb_source'),
    await emptyDatabase(url, 'modeldb_target'),
  ];
  for (const databaseUrl of [source, target]) await openTarget({ databaseUrl }, cleanup);
  await makeSource(source, options.experiments);
  return moveAndCompare(source, target, options);
}

async function moveAndCompare(
  source: string,
  target: string,
  { dataDir, experiments }: ArchiveOptions,
): Promise<number> {
  const [first, second] = [join(dataDir, 'first'), join(dataDir, 'second')];
  for (const folder of [first, second]) await rm(folder, { recursive: true, force: true });
  await runModeldb(['audit', 'seal'], source);
  tell('export', await runModeldb(['export', first], source), experiments);
  tell('import', await runModeldb(['import', first], target), experiments);
  await runModeldb(['export', second], target);
  const [one, other] = [await filesOf(first), await filesOf(second)];
  const rows = one.reduce((sum, file) => sum + file.rows, 0);
  const mib = one.reduce((sum, file) => sum + file.bytes, 0) / 2 ** 20;
  console.log(`the archive has ${rows} rows, ${mib.toFixed(0)} MiB`);
  const different = one.filter(({ sha256 }, index) => sha256 !== other[index]?.sha256);
  for (const { file } of different) console.error(`BROKEN: ${file} is not the same afterwards`);
  if (different.length === 0) console.log('exported again after the import, it is the same');
  return different.length === 0 ? 0 : 1;
}

async function filesOf(folder: string): Promise<readonly File[]> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { files: File[] }).files;
}

function tell(what: string, { seconds, peakMiB }: Cost, experiments: number): void {
  const rate = (experiments / seconds).toFixed(0);
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${rate} experiments a second, with at most ${peakMiB.toFixed(0)} MiB`,
  );
}

await runProgram(USAGE, main, [StartupError]);
