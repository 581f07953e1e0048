/** The Italian “d” that keeps two like vowels apart: “assegnata ad Anna”, but “a Marco” and “a Elena”. */

/** “a {name}” in a message: the preposition, and the parameter that follows it. */
const A_BEFORE_PARAMETER = /\b([Aa]) \{(\w+)\}/g;
const BEGINS_WITH_A = /^a/i;

/** Leaves room for the “d” in an Italian message, before each parameter that “a” stands in front of. */
export function withRoomForD(message: string): string {
  return message.replace(A_BEFORE_PARAMETER, '$1{d_$2} {$2}');
}

/**
 * The parameters with what goes into that room: “d” before the same vowel only, as today's Italian has it, whatever its
 * accent.
 */
export function withD<T>(params: Readonly<Record<string, T>>): Record<string, T | 'd' | ''> {
  const d = Object.entries(params).map(([name, value]) => [`d_${name}`, takesD(value) ? 'd' : ''] as const);
  return { ...params, ...Object.fromEntries(d) };
}

function takesD(value: unknown): boolean {
  return typeof value === 'string' && BEGINS_WITH_A.test(value.normalize('NFD'));
}
