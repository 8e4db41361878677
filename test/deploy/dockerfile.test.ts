import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** The instructions of each stage: comments are dropped, continued lines joined. */
function stagesOf(dockerfile: string): string[][] {
  const lines = dockerfile.replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  const instructions = lines.split('\n').filter((line) => line !== '');
  const starts = instructions.flatMap((line, at) => (line.startsWith('FROM ') ? [at] : []));
  return starts.map((from, at) => instructions.slice(from, starts[at + 1]));
}

const stages = stagesOf(readFileSync('Dockerfile', 'utf8'));
const [build = [], dependencies = [], runtime = []] = stages;
const jsonOf = (instruction = '') => JSON.parse(instruction.slice(instruction.indexOf('[')));

describe('the Dockerfile', () => {
  it('builds, gathers what production needs, and ends with a stage that has nothing else', () => {
    expect(stages.map(([from]) => from)).toEqual([
      'FROM node:20-bookworm-slim AS build',
      'FROM node:20-bookworm-slim AS dependencies',
      'FROM node:20-bookworm-slim AS runtime',
    ]);
    expect(build).toEqual(expect.arrayContaining(['RUN npm ci', 'RUN npm run build']));
    expect(runtime.filter((line) => /^(?:RUN|ADD) /.test(line))).toEqual([]);
  });

  it('installs neither development packages nor the embedded PostgreSQL', () => {
    expect(dependencies).toContain('RUN npm ci --omit=dev --omit=optional');
    expect(runtime).toContain('COPY --from=dependencies /app/node_modules node_modules');
  });

  it('runs as an ordinary user, without a shell between it and the signals', () => {
    const user = runtime.indexOf('USER node');
    expect(user).toBeGreaterThan(runtime.findLastIndex((line) => line.startsWith('COPY ')));
    expect(jsonOf(runtime.at(-1))).toEqual(['node', 'dist/apps/api/src/main.js']);
    expect(runtime.at(-1)).toMatch(/^CMD \[/);
  });

  it('listens where the outside of the container can reach it, and says which port', () => {
    expect(runtime).toContain(
      'ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 MODELDB_COMMIT=$COMMIT',
    );
    expect(runtime).toContain('EXPOSE 8000');
  });

  it('asks the service itself whether it is well', () => {
    const [command, flag, script] = jsonOf(runtime.find((line) => line.startsWith('HEALTHCHECK ')));
    expect([command, flag]).toEqual(['node', '-e']);
    expect(script).toContain("'http://127.0.0.1:' + process.env.PORT + '/health'");
  });

  it('says what it is', () => {
    expect(runtime.find((line) => line.startsWith('LABEL '))).toMatch(
      /image\.title=".+image\.licenses="Apache-2\.0"/,
    );
  });

  it('copies only what .dockerignore lets through, which is all that it lets through', () => {
    const ignore = readFileSync('.dockerignore', 'utf8').split('\n');
    const allowed = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const copied = stages.flat().filter((line) => /^COPY (?!--from)/.test(line));
    const sources = copied.flatMap((line) => line.split(' ').slice(1, -1));
    expect(ignore).toContain('*');
    expect([...new Set(sources)].sort()).toEqual(allowed.sort());
  });
});
