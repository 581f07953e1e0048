/** Asked for by somebody who cannot do it, or of something that is not there. `status` is what HTTP calls it. */
export class Misuse extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
