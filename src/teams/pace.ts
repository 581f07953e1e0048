/** Keeps the bot under the platform's rate limits before the platform has to say 429 (N3). */

type Window = { readonly ms: number; readonly most: number };

/** One bot in one conversation, and one app in one tenant (Microsoft's documentation of Teams bot rate limits). */
const PER_CONVERSATION: readonly Window[] = [
  { ms: 1_000, most: 7 },
  { ms: 2_000, most: 8 },
  { ms: 30_000, most: 60 },
  { ms: 3_600_000, most: 1_800 },
];
/** Of fifty requests in a second five are left for what is read, which cannot be kept waiting. */
const PER_TENANT: Window = { ms: 1_000, most: 45 };

export type Pace = {
  /** Takes a place for one request now, or says how many milliseconds to wait before asking again. */
  take(conversation: string): number;
  /** A request was made without asking: it is one of the tenant's all the same. */
  count(): void;
  /** How many places the whole tenant has now; where none, how many milliseconds pass until it has one. */
  free(): { readonly places: number; readonly afterMs: number };
  /** The platform said to wait. */
  hold(conversation: string, ms: number): void;
};

/** @param now milliseconds of real time, never going back */
export function createPace(now: () => number): Pace {
  const conversations = new Map<string, { sent: number[]; heldUntil: number }>();
  const tenant: number[] = [];
  const entry = (conversation: string) => {
    const known = conversations.get(conversation) ?? { sent: [], heldUntil: 0 };
    conversations.set(conversation, known);
    return known;
  };
  return {
    take(conversation) {
      const at = now();
      const own = entry(conversation);
      forgetBefore(own.sent, at - 3_600_000);
      forgetBefore(tenant, at - PER_TENANT.ms);
      const wait = Math.max(
        own.heldUntil - at,
        waitFor(PER_CONVERSATION, own.sent, at),
        waitFor([PER_TENANT], tenant, at),
      );
      if (wait > 0) return wait;
      own.sent.push(at);
      tenant.push(at);
      if (conversations.size > 5_000) forgetQuiet(conversations, at);
      return 0;
    },
    count() {
      tenant.push(now());
    },
    free() {
      const at = now();
      forgetBefore(tenant, at - PER_TENANT.ms);
      return { places: PER_TENANT.most - tenant.length, afterMs: waitFor([PER_TENANT], tenant, at) };
    },
    hold(conversation, ms) {
      const own = entry(conversation);
      own.heldUntil = Math.max(own.heldUntil, now() + ms);
    },
  };
}

function waitFor(windows: readonly Window[], sent: readonly number[], at: number): number {
  return Math.max(
    0,
    ...windows.map(({ ms, most }) => {
      const oldestThatCounts = sent.at(-most);
      return oldestThatCounts === undefined ? 0 : oldestThatCounts + ms - at;
    }),
  );
}

function forgetBefore(sent: number[], at: number): void {
  let gone = 0;
  while (gone < sent.length && (sent[gone] as number) <= at) gone++;
  if (gone) sent.splice(0, gone);
}

function forgetQuiet(conversations: Map<string, { sent: number[]; heldUntil: number }>, at: number): void {
  for (const [key, { sent, heldUntil }] of conversations)
    if (heldUntil < at && (sent.at(-1) ?? 0) < at - 30_000 && sent.length < 1_000) conversations.delete(key);
}
