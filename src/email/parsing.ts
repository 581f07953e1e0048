/** Has mails parsed by a worker thread, for no longer and with no more memory than any real mail needs (A9). */

import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import type { ArrivedFile, MailBroke, MailReport } from '../app/ports/mail.ts';
import type { Head } from './head.ts';

export type Asked =
  | { readonly kind: 'head'; readonly source: Uint8Array; readonly own: string }
  | { readonly kind: 'report'; readonly source: Uint8Array }
  | { readonly kind: 'body' };

/** What the worker asks for meanwhile, by the number of its call. */
export type Call = { readonly call: number } & (
  | { readonly kind: 'more' }
  | { readonly kind: 'file'; readonly name?: string; readonly contentType: string }
  | { readonly kind: 'piece'; readonly chunk: Uint8Array }
  | { readonly kind: 'fileEnd' }
);
export type Said =
  | Call
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'broke'; readonly reason: string };
export type Reply = {
  readonly kind: 'reply';
  readonly call: number;
  /** Of the source; absent at its end. */
  readonly chunk?: Uint8Array;
  /** No more of this file is wanted. */
  readonly enough?: boolean;
};

/** Each throws `MailBroke` where the mail stops the parser, and what `source` and `keep` throw. */
export type Parsing = {
  head(source: Buffer, own: string): Promise<Head>;
  report(source: Readable): Promise<MailReport | undefined>;
  body(
    source: Readable,
    keep: (file: ArrivedFile) => Promise<void>,
  ): Promise<{ readonly text: string } | 'unreadable'>;
  /** The next mail starts a thread anew. */
  close(): Promise<void>;
};

export type ParsingLimits = {
  /** For how long the thread may work without a word, and at all on one mail; in milliseconds. */
  readonly silentMs: number;
  readonly wholeMs: number;
  /** Heap, in MiB. The bytes of files are not in it. */
  readonly heapMiB: number;
  /** What the thread runs. */
  readonly program: URL;
};

const LIMITS: ParsingLimits = {
  silentMs: 30_000,
  wholeMs: 180_000,
  heapMiB: 256,
  program: new URL('./parsing-worker.ts', import.meta.url),
};

function mailBroke(reason: string): MailBroke {
  return Object.assign(new Error(reason), { mailBroke: true } as const);
}

export function createParsing(over: Partial<ParsingLimits> = {}): Parsing {
  const limits = { ...LIMITS, ...over };
  let worker: Worker | undefined;

  function start(): Worker {
    const started = new Worker(limits.program, {
      // Nothing of what this process knows is for a mail.
      env: {},
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: limits.heapMiB,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
    });
    started.unref();
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    // Whoever waits for it hears of it, and afterwards nobody needs to.
    started.on('error', () => {});
    return started;
  }

  /** @param serve answers what the thread asks for; what it throws ends the thread */
  function run(asked: Asked, serve: (call: Call) => Promise<Omit<Reply, 'kind' | 'call'>>): Promise<unknown> {
    worker ??= start();
    const thread = worker;
    return new Promise((resolve, reject) => {
      /** How many answers the thread waits for: time passes for it while there is none. */
      let owed = 0;
      let worked = 0;
      let since = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const over = (settle: () => void) => {
        clearTimeout(timer);
        thread.off('message', heard).off('error', failed).off('exit', gone);
        settle();
      };
      const broken = (error: unknown) =>
        over(() => {
          if (worker === thread) worker = undefined;
          void thread.terminate();
          reject(error);
        });
      const failed = (error: { readonly code?: string; readonly name: string }) =>
        broken(mailBroke(error.code ?? error.name));
      const gone = () => broken(mailBroke('the thread ended'));
      const letWork = () => {
        since = performance.now();
        const ms = Math.min(limits.silentMs, Math.max(limits.wholeMs - worked, 0));
        timer = setTimeout(() => broken(mailBroke(`no end within ${ms} ms`)), ms);
      };
      const heard = (said: Said) => {
        clearTimeout(timer);
        if (owed === 0) worked += performance.now() - since;
        if (said.kind === 'done') return over(() => resolve(said.value));
        if (said.kind === 'broke') return broken(mailBroke(said.reason));
        owed++;
        serve(said).then((reply) => {
          if (worker !== thread) return;
          thread.postMessage({ ...reply, kind: 'reply', call: said.call } satisfies Reply);
          if (--owed === 0) letWork();
        }, broken);
      };
      thread.on('message', heard).on('error', failed).on('exit', gone);
      thread.postMessage(asked);
      letWork();
    });
  }

  const nothing = async () => ({});
  return {
    head: async (source, own) => (await run({ kind: 'head', source, own }, nothing)) as Head,
    async report(source) {
      const read = Buffer.from(await textOf(source));
      return (await run({ kind: 'report', source: read }, nothing)) as MailReport | undefined;
    },
    async body(source, keep) {
      const chunks = source[Symbol.asyncIterator]();
      let file: Keeping | undefined;
      try {
        const read = await run({ kind: 'body' }, async (call) => {
          switch (call.kind) {
            case 'more': {
              const next = await chunks.next();
              return next.done ? {} : { chunk: next.value };
            }
            case 'file':
              file = keeping(keep, call);
              return {};
            case 'piece':
              return { enough: (await file?.take(call.chunk)) ?? true };
            case 'fileEnd':
              await file?.end();
              return {};
          }
        });
        return read as Awaited<ReturnType<Parsing['body']>>;
      } finally {
        file?.drop();
        source.destroy();
      }
    },
    async close() {
      const thread = worker;
      worker = undefined;
      await thread?.terminate();
    },
  };
}

type Keeping = {
  /** @returns whether no more is wanted. @throws what `keep` throws, as `end` does */
  take(chunk: Uint8Array): Promise<boolean>;
  end(): Promise<void>;
  drop(): void;
};

function keeping(
  keep: (file: ArrivedFile) => Promise<void>,
  { name, contentType }: Extract<Call, { readonly kind: 'file' }>,
): Keeping {
  const pipe = new PassThrough();
  let over = false;
  const kept = keep({
    ...(name === undefined ? {} : { name }),
    contentType,
    content: { [Symbol.asyncIterator]: () => pipe.iterator({ destroyOnReturn: false }) },
  }).finally(() => {
    over = true;
  });
  // It is waited for below, or nobody is interested any more.
  kept.catch(() => {});
  return {
    async take(chunk) {
      if (!over && !pipe.write(chunk)) await Promise.race([once(pipe, 'drain'), kept]);
      if (over) await kept;
      return over;
    },
    async end() {
      pipe.end();
      await kept;
    },
    drop: () => void pipe.destroy(),
  };
}
