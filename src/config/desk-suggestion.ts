/** What somebody who mistyped a name most likely meant. */

/** Names listed in full where none is near. */
const LISTED = 12;

/**
 * A sentence that helps on from an unknown name: the nearest known one, or the list of all where it is short.
 * Empty when neither helps.
 */
export function suggest(wrong: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(wrong, names);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  if (names.length === 0 || names.length > LISTED) return '';
  return names.length === 1 ? ` Write ${names[0]}.` : ` Use one of: ${names.join(', ')}.`;
}

/** The known name with the fewest typing slips to `wrong`, where that is few enough to be one. Ignores case. */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  const typed = wrong.toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const slips = editDistance(typed, name.toLowerCase());
    if (slips < fewest) {
      fewest = slips;
      best = name;
    }
  }
  return best;
}

/** Letters to insert, drop, replace or swap with their neighbour to get from `a` to `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
