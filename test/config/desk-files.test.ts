import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import { formatDeskProblems } from '../../src/config/desk-problem.ts';
import { plant, problemsIn, withCopy } from './desk-planting.ts';

async function reported(change: (directory: string) => Promise<void>): Promise<string> {
  return withCopy(async (directory) => {
    await change(directory);
    return formatDeskProblems(await problemsIn(directory));
  });
}

test('A5 a problem points to the value, in a list with commas to where it begins', async () => {
  const [problem] = await withCopy(async (directory) => {
    await plant(directory, { file: 'rules.yaml', find: 'impegni, economato', put: 'impegni, cassa' });
    return problemsIn(directory);
  });
  assert.equal(problem?.column, '    service: '.length + 1);
});

test('A5 a missing file is named, and nothing that refers to it', async () => {
  assert.equal(
    await reported((directory) => rm(join(directory, 'calendars.yaml'))),
    'desk/calendars.yaml: the file is missing. Create it; docs/configure.md says what it holds.',
  );
});

test('A5 a misnamed file is one problem, not two', async () => {
  assert.equal(
    await reported((directory) => rename(join(directory, 'rules.yaml'), join(directory, 'rules.yml'))),
    'desk/rules.yaml: the file is missing. Rename rules.yml to rules.yaml.',
  );
});

test('A5 a file that would be overlooked is named', async () => {
  assert.equal(
    await reported((directory) => writeFile(join(directory, 'ruls.yaml'), '')),
    'desk/ruls.yaml: the file is none that Sportello reads, and rules.yaml exists as well. Move it elsewhere.',
  );
  assert.equal(await reported((directory) => writeFile(join(directory, 'README.md'), 'mine')), '');
});

test('A5 a file saved in the encoding of old Windows is refused', async () => {
  assert.equal(
    await reported((directory) =>
      writeFile(join(directory, 'areas.yaml'), Buffer.from('colli: Comunit\u00e0', 'latin1')),
    ),
    'desk/areas.yaml: the file is not saved as UTF-8. Save it again with the encoding UTF-8.',
  );
});

test('A5 a directory that does not exist says how to name another', async () => {
  const loaded = await loadDesk(join(import.meta.dirname, 'no-such-desk'));
  assert.ok(!loaded.ok);
  assert.equal(
    formatDeskProblems(loaded.problems, '/etc/sportello/'),
    '/etc/sportello/desk.yaml: the directory does not exist. Set DESK_DIR to the directory that holds the desk’s files.',
  );
});

test('A5 empty files of what a desk can do without are in order', async () => {
  const problems = await withCopy(async (directory) => {
    await writeFile(join(directory, 'rules.yaml'), '# no rules: everything is sorted by hand\n');
    await writeFile(join(directory, 'templates.yaml'), '');
    await writeFile(join(directory, 'deadlines.yaml'), '');
    // Services name agreements, which stand there.
    const services = join(directory, 'services.yaml');
    await writeFile(services, (await readFile(services, 'utf8')).replaceAll(/^ +agreement: .*\n/gm, ''));
    return problemsIn(directory);
  });
  assert.deepEqual(problems, []);
});

for (const file of ['desk', 'people', 'queues', 'services', 'calendars'])
  test(`A5 an empty ${file}.yaml is one problem`, async () => {
    assert.equal(
      await reported((directory) => writeFile(join(directory, `${file}.yaml`), '{} # nothing yet')),
      `desk/${file}.yaml: the file is empty. docs/configure.md says what it holds.`,
    );
  });
