import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';

const FOLDERS = ['.', 'docs', 'docs/adr', 'examples'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** A link in the text, past what is code. */
const LINK = /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

function textOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/^ *```[^]*?^ *```$/gm, '');
}

/** How a heading is linked to. */
function anchorsOf(file: string): string[] {
  const headings = [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The links of a file that lead nowhere. */
function deadLinksOf(file: string): string[] {
  const links = [...textOf(file).matchAll(LINK)];
  return links.flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return [`${file}: ${link}`];
    if (anchor === undefined || anchorsOf(target).includes(anchor)) return [];
    return [`${file}: ${link}`];
  });
}

it('every link of the documentation leads to a file, and to a heading, that there is', () => {
  expect(files.length).toBeGreaterThan(25);
  const links = files.flatMap((file) => [...textOf(file).matchAll(LINK)]);
  expect(links.length).toBeGreaterThan(100);
  expect(files.flatMap(deadLinksOf)).toEqual([]);
});
