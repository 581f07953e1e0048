/** The rules of the house, held against its sources. Each is first tried on small projects that break and that keep it. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PURITY_RULES } from './architecture/purity.ts';
import { ROOM_RULES } from './architecture/rooms.ts';
import { SHAPE_RULES } from './architecture/shape.ts';
import { readProject } from './architecture/sources.ts';
import { WORD_RULES } from './architecture/words.ts';

const project = readProject();

for (const { title, violations, broken, kept } of [
  ...ROOM_RULES,
  ...PURITY_RULES,
  ...SHAPE_RULES,
  ...WORD_RULES,
])
  describe(title, () => {
    test('the rule notices what breaks it', () => {
      assert.ok(broken.length > 0, 'a rule without a planted violation shows nothing');
      for (const planted of broken)
        assert.notDeepEqual(violations(planted), [], `not noticed: ${JSON.stringify(planted)}`);
    });
    test('the rule lets pass what comes close', () => {
      for (const planted of kept) assert.deepEqual(violations(planted), [], JSON.stringify(planted));
    });
    test('the project keeps it', () => {
      assert.deepEqual(violations(project), []);
    });
  });

test('the project was read: each of its folders, and nothing that was built or installed', () => {
  const paths = project.map(({ path }) => path);
  for (const one of [
    'src/index.ts',
    'src/domain/decide.ts',
    'src/i18n/it.json',
    'desk/queues.yaml',
    'package.json',
  ])
    assert.ok(paths.includes(one), `${one} was not read`);
  assert.deepEqual(
    paths.filter((path) => /node_modules|(?:^|\/)(?:data|out)\//.test(path)),
    [],
  );
});
