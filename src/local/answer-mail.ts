/** A mail as the program of whoever answers one would send it (RFC 5322, RFC 2047). Pure. */

/** Bytes of one encoded word before its encoding: with its signs and the name of its field it stays below 76. */
const WORD_BYTES = 39;

export type AnswerMail = {
  /** Without its angle brackets, like `answers`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Subject and Message-ID of the mail that is answered. */
  readonly subject: string;
  readonly answers: string;
  readonly at: number;
  readonly text: string;
};

/** The whole mail, ready to be put into a mailbox. */
export function answerMail({ id, from, to, subject, answers, at, text }: AnswerMail): string {
  const lines = text.replace(/\r?\n/g, '\r\n');
  const body = Buffer.from(`${lines}\r\n`).toString('base64').replace(/.{76}/g, '$&\r\n');
  return [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${encodedWords(/^re:/i.test(subject) ? subject : `Re: ${subject}`)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}>`,
    `In-Reply-To: <${answers}>`,
    `References: <${answers}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
    '',
  ].join('\r\n');
}

/** Whatever stands in it, nothing of it can end the line. */
function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const character of text) {
    const longer = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(longer) > WORD_BYTES) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}
