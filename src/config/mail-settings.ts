/** Reads how mail is sent and fetched (W9). Addresses of servers carry the credentials, as is usual: `smtps://user:password@host`. */

export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly secure: boolean;
  /** True for this machine alone: no TLS at all. */
  readonly plain: boolean;
  readonly user?: string;
  readonly password?: string;
};

export type MailSettings = {
  /** The desk's own address, from which mail comes and to which answers go. */
  readonly address: string;
  readonly smtp: MailServer;
  /** Absent where answers are not fetched. */
  readonly imap?: MailServer & { readonly user: string; readonly password: string };
};

export type MailVariables = {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
  readonly IMAP_URL?: string | undefined;
};

const PORTS: Readonly<Record<string, number>> = { smtp: 587, smtps: 465, imap: 143, imaps: 993 };
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const ADDRESS = /^[^\s@<>()",;:\\]+@[^\s@.<>()",;:\\]+(\.[^\s@.<>()",;:\\]+)*$/;

/**
 * @returns undefined where mail is not set up; or every problem as a sentence that names the variable and the remedy, and
 * nothing of what it holds
 */
export function readMail({
  SMTP_URL,
  MAIL_FROM,
  IMAP_URL,
}: MailVariables): { readonly mail?: MailSettings } | { readonly problems: readonly string[] } {
  if (SMTP_URL === undefined) {
    const lonely = [MAIL_FROM === undefined ? [] : ['MAIL_FROM'], IMAP_URL === undefined ? [] : ['IMAP_URL']];
    const problems = lonely
      .flat()
      .map(
        (name) => `${name}: is set without SMTP_URL, so nothing would be sent. Set SMTP_URL, or remove it.`,
      );
    return problems.length > 0 ? { problems } : {};
  }
  const smtp = serverOf('SMTP_URL', SMTP_URL, 'smtp');
  const imap = IMAP_URL === undefined ? undefined : serverOf('IMAP_URL', IMAP_URL, 'imap');
  const problems = [smtp, imap].filter((one) => typeof one === 'string');
  if (MAIL_FROM === undefined)
    problems.push('MAIL_FROM: is missing beside SMTP_URL. Set it to the desk’s own e-mail address.');
  else if (!ADDRESS.test(MAIL_FROM))
    problems.push(
      'MAIL_FROM: must be one e-mail address and nothing else, such as sportello@comune.example.it.',
    );
  const { user, password } = typeof imap === 'object' ? imap : {};
  if (typeof imap === 'object' && (user === undefined || password === undefined))
    problems.push('IMAP_URL: must name user and password of the mailbox, imaps://user:password@host.');
  if (problems.length > 0 || typeof smtp !== 'object' || MAIL_FROM === undefined) return { problems };
  return {
    mail: {
      address: MAIL_FROM,
      smtp,
      ...(typeof imap === 'object' && user !== undefined && password !== undefined
        ? { imap: { ...imap, user, password } }
        : {}),
    },
  };
}

/** @returns the problem where it is no such address */
function serverOf(name: string, text: string, kind: 'smtp' | 'imap'): MailServer | string {
  const form = `${name}: must be ${kind}s://user:password@host:port (TLS), or ${kind}:// with STARTTLS; signs such as @ and / in user and password are written %40 and %2F.`;
  if (!URL.canParse(text)) return form;
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  if ((scheme !== kind && scheme !== `${kind}s`) || url.hostname === '') return form;
  const bare = url.search !== '' || url.hash !== '' || (url.pathname !== '' && url.pathname !== '/');
  if (bare || (url.username === '') !== (url.password === '')) return form;
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || password === undefined) return form;
  const secure = scheme === `${kind}s`;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (PORTS[scheme] ?? 0) : Number(url.port),
    secure,
    plain: !secure && LOOPBACK.has(url.hostname),
    ...(user === '' ? {} : { user, password }),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
