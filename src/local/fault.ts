/** What the connector can be told to do wrong, by the page and by tests. */

/** `POST /local/faults`: makes the connector misbehave; `DELETE /local/faults` ends it. */
export type Fault = {
  /** Which connector calls: method and a part of the path; absent means all. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path?: string;
  /** How many calls; absent means until it is ended. */
  readonly times?: number;
  readonly effect:
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly retryAfterSeconds?: number;
        /** Of the error in the body; one that suits the status where it is absent. */
        readonly code?: string;
      }
    /** Never answers. */
    | { readonly kind: 'hang' }
    /** Answers after so long. */
    | { readonly kind: 'slow'; readonly ms: number }
    /** Does what was asked and then breaks the connection without answering. */
    | { readonly kind: 'loseAnswer' }
    /** Does what was asked, and answers 202 without a body. */
    | { readonly kind: 'emptyAnswer' }
    /** Does what was asked, and names the message by its id with `;messageid=` behind it. */
    | { readonly kind: 'longId' };
};
