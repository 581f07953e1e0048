/** Reads a mail whole, its files one after the other as streams. */

import type { Readable } from 'node:stream';
import { MailParser, type Options, simpleParser } from 'mailparser';
import type { ArrivedFile } from '../app/ports/mail.ts';

/** Longer HTML is left unread: nobody wrote it. */
const HTML_READ = 2 * 1024 * 1024;

const OPTIONS: Options = { skipImageLinks: true, skipTextToHtml: true, maxHtmlLengthToParse: HTML_READ };

/** What the source is at fault for; what `keep` throws is not. */
class Unreadable extends Error {}

/**
 * @param source the mail as it was sent; destroyed afterwards
 * @throws what `source` and `keep` throw
 */
export async function readBody(
  source: Readable,
  keep: (file: ArrivedFile) => Promise<void>,
): Promise<{ readonly text: string } | 'unreadable'> {
  const parser = new MailParser(OPTIONS);
  let broken: Error | undefined;
  source.once('error', (error) => {
    broken = error;
    parser.destroy(error);
  });
  source.pipe(parser);
  let text = '';
  try {
    for await (const part of partsOf(parser)) {
      if (part.type === 'text') {
        text = part.text?.trim() || (await textOf(part.html || ''));
        continue;
      }
      const { content, filename, contentType = 'application/octet-stream' } = part;
      await keep({
        ...(filename ? { name: filename } : {}),
        contentType,
        content: { [Symbol.asyncIterator]: () => content.iterator({ destroyOnReturn: false }) },
      });
      // What was not wanted has to be read over.
      content.resume();
      if (!content.readableEnded) await new Promise((resolve) => content.once('end', resolve));
      part.release();
    }
  } catch (error) {
    if (broken) throw broken;
    if (error instanceof Unreadable) return 'unreadable';
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  return { text };
}

/** The parser makes a text only of HTML that is a whole mail: so it is given one. */
async function textOf(html: string): Promise<string> {
  if (html === '') return '';
  const head = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  try {
    return (await simpleParser(Buffer.from(`${head}${html}`), OPTIONS)).text ?? '';
  } catch (error) {
    throw new Unreadable('its HTML cannot be read', { cause: error });
  }
}

async function* partsOf(parser: MailParser) {
  const parts = parser[Symbol.asyncIterator]();
  for (;;) {
    let next: Awaited<ReturnType<typeof parts.next>>;
    try {
      next = await parts.next();
    } catch (error) {
      throw new Unreadable('the parser gave up', { cause: error });
    }
    if (next.done) return;
    yield next.value;
  }
}
