/** Reads a Dockerfile: as much of the language as ours uses, and a clear no to the rest. */

export type Step =
  | { readonly kind: 'from'; readonly image: string; readonly name?: string }
  | { readonly kind: 'workdir'; readonly path: string }
  | {
      readonly kind: 'copy';
      readonly from?: string;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'volume'; readonly path: string }
  | { readonly kind: 'user'; readonly name: string }
  | {
      readonly kind: 'healthcheck' | 'entrypoint' | 'cmd';
      readonly command: readonly [string, ...(readonly string[])];
    };

/** @throws Error with the line that is not understood */
export function parseDockerfile(text: string): Step[] {
  const args = new Map<string, string>();
  const steps: Step[] = [];
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    const step = stepOf(word.toUpperCase(), rest.trim(), args);
    if (step === undefined) throw new Error(`This line of the Dockerfile is not understood here: ${line}`);
    if (step !== 'nothing') steps.push(step);
  }
  return steps;
}

function stepOf(word: string, rest: string, args: Map<string, string>): Step | 'nothing' | undefined {
  switch (word) {
    case 'ARG': {
      const [name = '', value = ''] = rest.split('=');
      args.set(name, value);
      return 'nothing';
    }
    case 'FROM': {
      const [image = '', as, name] = rest
        .replaceAll(/\$\{(\w+)\}/g, (_, variable) => args.get(variable) ?? '')
        .split(/\s+/);
      return { kind: 'from', image, ...(as && name ? { name } : {}) };
    }
    case 'WORKDIR':
      return { kind: 'workdir', path: rest };
    case 'COPY': {
      const words = rest.split(/\s+/);
      const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
      const to = words.pop();
      if (to === undefined || words.length === 0 || words.some((one) => one.startsWith('--'))) return;
      return { kind: 'copy', sources: words, to, ...(from === undefined ? {} : { from }) };
    }
    case 'RUN':
      return { kind: 'run', command: rest };
    case 'ENV':
      return {
        kind: 'env',
        values: Object.fromEntries(
          rest.split(/\s+/).map((one) => one.split(/=(.*)/s, 2) as [string, string]),
        ),
      };
    case 'VOLUME':
      return { kind: 'volume', path: rest };
    case 'USER':
      return { kind: 'user', name: rest };
    case 'EXPOSE':
      return 'nothing';
    case 'HEALTHCHECK':
      return execForm('healthcheck', rest.replace(/^(--\S+\s+)*CMD\s+/, ''));
    case 'ENTRYPOINT':
      return execForm('entrypoint', rest);
    case 'CMD':
      return execForm('cmd', rest);
    default:
      return;
  }
}

function execForm(kind: 'healthcheck' | 'entrypoint' | 'cmd', rest: string): Step | undefined {
  if (!rest.startsWith('[')) return;
  return { kind, command: JSON.parse(rest) as [string, ...string[]] };
}

/** Whether a path of the build's folder may get into the image, by a `.dockerignore` that names what may. */
export function admits(ignoreFile: string, path: string): boolean {
  let admitted = true;
  for (const line of ignoreFile.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    if (pattern === '*' || path === pattern || path.startsWith(`${pattern}/`))
      admitted = line.startsWith('!');
  }
  return admitted;
}
