// @ts-check
/** The page's calls to local Teams. What each route takes and answers is in `protocol.ts`. */

/**
 * @typedef {import('../protocol.ts').SessionView} SessionView
 * @typedef {import('../protocol.ts').FileView} FileView
 * @typedef {import('../protocol.ts').ActionResult} ActionResult
 * @typedef {import('../protocol.ts').DialogResult} DialogResult
 * @typedef {import('../protocol.ts').SearchAnswer} SearchAnswer
 */

/** Longer than a bot may take for an invoke, however often local Teams sends it again. */
const PATIENCE_MS = 60_000;

/** An answer that is not a success. `message` is what the server said, or empty; `status` 0 means no answer at all. */
export class CallFailed extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.name = 'CallFailed';
    this.status = status;
  }
}

/** @param {string | undefined} person absent: the first user */
export async function fetchSession(person) {
  const query = person === undefined ? '' : `?as=${encodeURIComponent(person)}`;
  return /** @type {SessionView} */ (await call('GET', `/local/session${query}`));
}

/** @param {import('../protocol.ts').PostMessage} message */
export async function postMessage(message) {
  await call('POST', '/local/messages', message);
}

/** @param {import('../protocol.ts').EditMessage} edit */
export async function postEdit(edit) {
  await call('POST', '/local/edits', edit);
}

/** @param {import('../protocol.ts').Delete} deletion */
export async function postDeletion(deletion) {
  await call('POST', '/local/deletions', deletion);
}

/** @param {import('../protocol.ts').Install} installation */
export async function postInstallation(installation) {
  await call('POST', '/local/installations', installation);
}

/** @param {import('../protocol.ts').Restore} restoration */
export async function postRestoration(restoration) {
  await call('POST', '/local/restorations', restoration);
}

/** @param {import('../protocol.ts').Typing} typing */
export async function postTyping(typing) {
  await call('POST', '/local/typing', typing);
}

/** @param {import('../protocol.ts').React} reaction */
export async function postReaction(reaction) {
  await call('POST', '/local/reactions', reaction);
}

/**
 * Never rejects: what went wrong on the way is shown where the bot's own errors are shown.
 * @param {import('../protocol.ts').PressAction} press
 * @returns {Promise<ActionResult>}
 */
export async function pressAction(press) {
  try {
    return /** @type {ActionResult} */ (await call('POST', '/local/actions', press));
  } catch (error) {
    return failure(error);
  }
}

/**
 * Never rejects, like `pressAction`.
 * @param {import('../protocol.ts').DialogRequest} request
 * @returns {Promise<DialogResult>}
 */
export async function askDialog(request) {
  try {
    return /** @type {DialogResult} */ (await call('POST', '/local/dialogs', request));
  } catch (error) {
    return failure(error);
  }
}

/**
 * Never rejects, like `pressAction`.
 * @param {import('../protocol.ts').AskSearch} search
 * @returns {Promise<SearchAnswer>}
 */
export async function askSearch(search) {
  try {
    return /** @type {SearchAnswer} */ (await call('POST', '/local/searches', search));
  } catch (error) {
    return failure(error);
  }
}

/**
 * Never rejects, like `pressAction`.
 * @param {import('../protocol.ts').SelectResult} selection
 * @returns {Promise<SearchAnswer>}
 */
export async function askSelection(selection) {
  try {
    return /** @type {SearchAnswer} */ (await call('POST', '/local/selections', selection));
  } catch (error) {
    return failure(error);
  }
}

/** @param {number} advanceMs */
export async function moveClock(advanceMs) {
  return /** @type {{ now: number }} */ (await call('POST', '/local/clock', { advanceMs }));
}

export async function fetchMails() {
  return /** @type {readonly import('../protocol.ts').MailView[]} */ (await call('GET', '/local/mails'));
}

/** @param {import('../protocol.ts').AnswerToMail} answer */
export async function postAnswer(answer) {
  return /** @type {import('../protocol.ts').MailView} */ (await call('POST', '/local/answers', answer));
}

export async function resetEverything() {
  await call('POST', '/local/reset', {});
}

/** @param {import('../fault.ts').Fault | undefined} fault `undefined` ends all faults */
export async function setFault(fault) {
  if (fault) await call('POST', '/local/faults', fault);
  else await call('DELETE', '/local/faults');
}

/**
 * Uploads with progress, which `fetch` cannot tell.
 * @param {string} person
 * @param {File} file
 * @param {(share: number) => void} onProgress 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<FileView>}
 */
export function uploadFile(person, file, onProgress, signal) {
  const query = new URLSearchParams({
    as: person,
    name: file.name,
    contentType: file.type || 'application/octet-stream',
  });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/local/files?${query}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(new CallFailed(request.status, reasonIn(request.responseText)));
    };
    request.onerror = () => reject(new CallFailed(0, ''));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/**
 * @param {'GET' | 'POST' | 'DELETE'} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<unknown>} the JSON answer, `undefined` where the body is empty
 */
async function call(method, path, body) {
  /** @type {Response} */
  let response;
  let text = '';
  try {
    response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch {
    throw new CallFailed(0, '');
  }
  if (!response.ok) throw new CallFailed(response.status, reasonIn(text));
  return text === '' ? undefined : JSON.parse(text);
}

/** @param {string} text the body of a refusal */
function reasonIn(text) {
  try {
    const { error } = JSON.parse(text);
    return String(error?.message ?? error ?? '');
  } catch {
    return text.length < 300 ? text : '';
  }
}

/**
 * @param {unknown} error
 * @returns {{ kind: 'error', status: number, text: string }}
 */
function failure(error) {
  if (error instanceof CallFailed) return { kind: 'error', status: error.status, text: error.message };
  throw error;
}
