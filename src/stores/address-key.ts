/** Under which an e-mail address is looked up, in every store: without its ASCII capitals, as SQLite's own `lower` has it. */

export function addressKey(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
