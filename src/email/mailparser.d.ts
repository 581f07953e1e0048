/** Of `mailparser`, which brings no types, what is used here. */
declare module 'mailparser' {
  import type { Readable, Transform } from 'node:stream';

  type Address = { readonly name?: string; readonly address?: string };

  export type ParsedMail = {
    readonly subject?: string;
    readonly text?: string;
    readonly attachments?: readonly {
      readonly filename?: string;
      readonly contentType: string;
      readonly content: Buffer;
    }[];
    readonly from?: { readonly value?: readonly Address[] };
    readonly messageId?: string;
    readonly inReplyTo?: string;
    readonly references?: string | readonly string[];
    /** As they came, folded; keys in lower case. */
    readonly headerLines?: readonly { readonly key: string; readonly line: string }[];
  };

  export function simpleParser(source: Buffer, options?: Options): Promise<ParsedMail>;

  export type Options = {
    readonly skipImageLinks?: boolean;
    readonly skipTextLinks?: boolean;
    readonly skipTextToHtml?: boolean;
    readonly maxHtmlLengthToParse?: number;
  };

  export type Part =
    | { readonly type: 'text'; readonly text?: string; readonly html?: string | false }
    | {
        readonly type: 'attachment';
        readonly filename?: string | false;
        readonly contentType?: string;
        readonly content: Readable;
        /** The parser goes on with the next part. */
        release(): void;
      };

  /** Takes the source in and gives its parts out, the files first. */
  export class MailParser extends Transform {
    constructor(options?: Options);
    [Symbol.asyncIterator](): NodeJS.AsyncIterator<Part>;
  }
}
