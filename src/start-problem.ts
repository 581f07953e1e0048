/** What keeps Sportello from starting, as one sentence for whoever starts it. */

/** The message is that sentence, with what to do; no stack is needed to act on it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** https://sqlite.org/rescode.html: BUSY and LOCKED, the lower byte of longer codes. */
const IN_USE = [5, 6];

/**
 * @param variable that sets the port
 * @returns the fault as a sentence where it is one of the port, or as it was
 */
export function portProblem(error: unknown, variable: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new CannotStart(
        `Port ${port} is in use by another program, perhaps by a Sportello that runs already. End that one, or set ` +
          `${variable} to another port.`,
        { cause: error },
      );
    case 'EACCES':
      return new CannotStart(
        `Port ${port} may not be opened by this user. Set ${variable} to a port above 1023, and let a proxy take what ` +
          'comes from outside.',
        { cause: error },
      );
    default:
      return error;
  }
}

/**
 * @param file of local Teams
 * @returns the fault as a sentence where it is one of the file or its folder, or as it was
 */
export function localFileProblem(error: unknown, file: string): unknown {
  const { errcode, message } = error as { errcode?: unknown; message?: unknown };
  if (typeof errcode === 'number' && IN_USE.includes(errcode & 0xff))
    return new CannotStart(
      `Local Teams runs already in this folder: ${file} is in use. Open the page of the Sportello that runs, or end it ` +
        'first.',
      { cause: error },
    );
  if (typeof errcode === 'number' || isFileFault(error))
    return new CannotStart(
      `Local Teams cannot keep its conversations in ${file} (${String(message)}). Start Sportello in a folder that this ` +
        'user may write to, with free space; a file that is damaged can be removed.',
      { cause: error },
    );
  return error;
}

/** What is said of a fault that has no sentence of its own. Its stack is for whoever looks for it. */
export function unforeseen(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `Something unforeseen happened (${message.split('\n')[0]}). Set LOG_LEVEL to debug and start again to see where.`;
}

function isFileFault(error: unknown): boolean {
  const code = codeOf(error);
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC', 'EISDIR', 'EDQUOT'].includes(
    code,
  );
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? '');
}
