/** The desk: everything the body configures, checked and resolved. Built by `src/config/`, read by everyone. */

import type { AgreementId, Locale, OrganisationId, PersonId, QueueId, ServiceId } from './ticket.ts';

/** Requirement I4. */
export const TICKET_TYPES = [
  'fault',
  'operationalSupport',
  'trainingOrConsultancy',
  'informationRequest',
  'administrativeProblem',
  'paymentProblem',
  'other',
] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export function isTicketType(word: string): word is TicketType {
  return TICKET_TYPES.some((type) => type === word);
}

/** Types that are charged unless the organisation has the matching contract (I4). */
export const CHARGEABLE_TYPES: readonly TicketType[] = ['operationalSupport', 'trainingOrConsultancy'];

export const PRIORITIES = [1, 2, 3, 4, 5] as const;
/** 1 very low … 5 very high (T6). */
export type Priority = (typeof PRIORITIES)[number];

export const IMPACTS = [1, 2, 3, 4, 5] as const;
/** How much of the work is hit: 1 very low … 5 very high (T6). */
export type Impact = (typeof IMPACTS)[number];

export const DEADLINE_KINDS = ['firstResponse', 'update', 'solution'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** A text in both languages of the product. */
export type LocalText = Readonly<Record<Locale, string>>;

export type Area = { readonly id: string; readonly name: string };

export type Organisation = {
  readonly id: OrganisationId;
  readonly name: string;
  readonly area?: string;
  /** E-mail domains whose people belong to this organisation unless the people file says otherwise. */
  readonly domains: readonly string[];
  /** Ids of the contracts the organisation has; a service names the one that covers it. */
  readonly contracts: readonly string[];
};

export type Person = {
  readonly id: PersonId;
  /** Short name by which the files refer to this person. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly organisations: readonly OrganisationId[];
  /** Queues the person works as an agent. */
  readonly agentOf: readonly QueueId[];
  /** Queues the person answers for. */
  readonly supervisorOf: readonly QueueId[];
  readonly administrator: boolean;
  readonly areas: readonly string[];
};

/** A Teams team: its thread id, the Entra group behind it, and its name. */
export type Team = { readonly id: string; readonly groupId: string; readonly name: string };

/** Who sees a channel: the whole team, some of it, or whoever was invited, also from elsewhere. */
export const CHANNEL_TYPES = ['standard', 'private', 'shared'] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

export type Queue = {
  readonly id: QueueId;
  /** The office's name, as people know it. */
  readonly name: string;
  /** Teams channel id, `19:…@thread.tacv2`. */
  readonly channel: string;
  /** What its channel is to be; absent: what Teams says it is. */
  readonly channelType?: ChannelType;
  /** The team that its channel lies in; absent: that of the desk. See `teamOf`. */
  readonly team?: Team;
  readonly calendar: string;
  /** Default responsible for tickets that no rule gives one. */
  readonly responsible?: PersonId;
  /** The contact centre (first level) may receive from everywhere and asks for a reason. */
  readonly contactCentre: boolean;
  /** Queues that its tickets may be moved to, besides the contact centre; absent: all (T5). */
  readonly mayMoveTo?: readonly QueueId[];
  /** Where unmatched tickets go (R2); exactly one queue has it. */
  readonly raw: boolean;
};

export type ServiceField = {
  readonly id: string;
  readonly label: LocalText;
  readonly placeholder?: LocalText;
  readonly required: boolean;
  /** Choices, when the field is not free text. */
  readonly choices?: readonly string[];
};

/** A service-level agreement: a name by which deadlines tell tickets apart (T6, D2). */
export type Agreement = { readonly id: AgreementId; readonly name: LocalText };

export type Service = {
  readonly id: ServiceId;
  readonly name: LocalText;
  /** Heading under which the catalogue shows it (I3). */
  readonly module: string;
  /** Where a rule sends it that names no queue itself. */
  readonly queue: QueueId;
  readonly calendar?: string;
  /** Contract that covers chargeable requests on this service. */
  readonly contract?: string;
  /** The agreement that its tickets get, unless an agent chooses another. */
  readonly agreement?: AgreementId;
  /** Words by which people speak of it, Italian and English, for the proposal (I1). */
  readonly words: readonly string[];
  readonly fields: readonly ServiceField[];
};

export type RuleConditions = {
  readonly service?: readonly ServiceId[];
  readonly type?: readonly TicketType[];
  readonly organisation?: readonly OrganisationId[];
  readonly area?: readonly string[];
  /** At least one of these words (prefix of a word, accents and case ignored) in subject or text. */
  readonly words?: readonly string[];
  /** The requester's e-mail domain. */
  readonly domain?: readonly string[];
};

/** One routing rule (R1); the first whose conditions all hold wins. No conditions: always. */
export type Rule = {
  readonly id: string;
  readonly when: RuleConditions;
  /** Absent: the queue that the service names (I3). */
  readonly queue?: QueueId;
  readonly responsible?: PersonId;
  readonly owner?: PersonId;
  readonly priority?: Priority;
};

/** Opening hours by ISO weekday 1 (Monday) … 7, as minutes from local midnight. */
export type WeekHours = Readonly<Record<number, readonly { readonly from: number; readonly to: number }[]>>;

export type Calendar = {
  readonly id: string;
  /** IANA name, for example `Europe/Rome`. */
  readonly timeZone: string;
  readonly hours: WeekHours;
  readonly nationalHolidays: boolean;
  /** Patron saint's day, `MM-DD`. */
  readonly patron?: string;
  /** Extra closing days, `YYYY-MM-DD`. */
  readonly closed: readonly string[];
};

export type EscalationLevel = {
  readonly id: string;
  /** Share of the allowed working time at which it fires: 0.75 warns, 1 is the breach. */
  readonly at: number;
  /** Who is pinged; where the ticket has no owner, `owner` falls to the responsible. */
  readonly notify: readonly ('owner' | 'responsible' | 'administrators')[];
};

/** One policy (D2). The first whose conditions all hold applies to a deadline. */
export type DeadlinePolicy = {
  readonly deadline: DeadlineKind;
  readonly queue?: readonly QueueId[];
  readonly service?: readonly ServiceId[];
  readonly priority?: readonly Priority[];
  readonly agreement?: readonly AgreementId[];
  readonly impact?: readonly Impact[];
  /** Working hours allowed. */
  readonly hours: number;
};

/** What a reply template may have filled in, written in braces: `{requester}`. */
export const TEMPLATE_PLACEHOLDERS = ['requester', 'number', 'subject', 'agent', 'queue', 'desk'] as const;

/** A reply text offered to agents (W8), with placeholders such as `{requester}`. */
export type ReplyTemplate = {
  readonly id: string;
  readonly queue?: readonly QueueId[];
  readonly title: LocalText;
  readonly text: LocalText;
  /** Sent in one click, to thank for waiting. */
  readonly courtesy?: boolean;
};

export type Desk = {
  readonly name: string;
  /** Part of every ticket number (T1). */
  readonly systemId: string;
  readonly timeZone: string;
  /** Language of cards that many people see. */
  readonly locale: Locale;
  /** Microsoft Entra tenants that may talk to the bot. */
  readonly tenants: readonly string[];
  /** The team that holds the channels of the queues that name none. */
  readonly team: Team;
  /** Working hours after which a ticket that nobody has taken is brought to mind (D4); absent: never. */
  readonly unclaimedAfterHours?: number;
  /** Failed calls after which a ticket closes (T14). */
  readonly contactAttempts: number;
  /** Days for which a closed ticket can be reopened (T9). */
  readonly reopenDays: number;
  /** How much is taken of one person in a minute, and of one sender of e-mail in an hour, and of the files of either in a day (A9); absent: without a limit. */
  readonly fairUse?: FairUseLimits;
  readonly areas: ReadonlyMap<string, Area>;
  readonly organisations: ReadonlyMap<OrganisationId, Organisation>;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly queues: ReadonlyMap<QueueId, Queue>;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly rules: readonly Rule[];
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly agreements: ReadonlyMap<AgreementId, Agreement>;
  readonly deadlines: readonly DeadlinePolicy[];
  readonly escalation: readonly EscalationLevel[];
  readonly templates: readonly ReplyTemplate[];
};

export type FairUseLimits = {
  readonly perMinute: number;
  readonly mailsPerHour: number;
  /** Of one person, or one sender of e-mail; a megabyte has 1024 times 1024 bytes. */
  readonly filesPerDay: number;
  readonly megabytesPerDay: number;
};

/** The team that holds the queue's channel. */
export function teamOf({ team }: Pick<Desk, 'team'>, queue: Pick<Queue, 'team'> | undefined): Team {
  return queue?.team ?? team;
}

/** All teams in which the desk has channels, each once; the desk's own first, whether or not a queue lies in it. */
export function teamsOf(desk: Pick<Desk, 'team' | 'queues'>): readonly Team[] {
  const teams = [desk.team, ...[...desk.queues.values()].map((queue) => teamOf(desk, queue))];
  return [...new Map(teams.map((team) => [team.id, team])).values()];
}

/**
 * The queue that takes what fits nowhere (R2).
 *
 * @throws Error when there is none: the configuration was not checked
 */
export function rawQueueOf(desk: Pick<Desk, 'queues'>): Queue {
  for (const queue of desk.queues.values()) if (queue.raw) return queue;
  throw new Error('The desk has no raw queue.');
}
