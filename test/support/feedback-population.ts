import type { FeedbackEvent, FeedbackSignal } from '../../src/domain/feedback-event.ts';
import type { StoredEvent } from '../../src/ports/feedback-store.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';
import { honestComment } from './feedback-comments.ts';
import { drawWorld, normal, type Shown, type World } from './feedback-world.ts';

/** Kinds of honest users; the last four are the ones that a clumsy filter takes for machines. */
export const honestStyles = ['ordinary', 'fast', 'enthusiastic', 'terse', 'strict'] as const;
/** Styles that the tests were designed with, and styles that were written before and first run after they were done. */
export const badStyles = [
  'random',
  'burst',
  'regular',
  'always_up',
  'copy_paste',
  'attacker',
  'lazy_left',
] as const;
export const heldOutStyles = ['skipping_clock', 'booster', 'inverter', 'sleeper'] as const;

export type Style =
  | (typeof honestStyles)[number]
  | (typeof badStyles)[number]
  | (typeof heldOutStyles)[number];

export interface Population {
  readonly events: readonly StoredEvent[];
  readonly styleOf: ReadonlyMap<string, Style>;
  readonly models: readonly string[];
}

export interface PopulationOptions {
  readonly seed: number;
  readonly honestAuthors?: number;
  /** Bad authors as a share of all; drawn between 5 % and 35 % unless given. */
  readonly badShare?: number;
  readonly styles?: readonly Style[];
}

/**
 * A simulated public: every parameter that a real one could differ in (lengths, speeds, leniency, skill, taste, overlap,
 * number of models, share and zeal of machines) is drawn anew by seed from a wide range.
 */
export function drawPopulation(options: PopulationOptions): Population {
  const { seed, honestAuthors = 400, styles = badStyles } = options;
  const random = seededRandom(`population ${seed}`);
  const world = drawWorld(random, honestAuthors);
  const badShare = options.badShare ?? between(random, 0.05, 0.35);
  const badAuthors = Math.max(styles.length, Math.round((honestAuthors * badShare) / (1 - badShare)));
  const styleOf = new Map<string, Style>();
  const events: StoredEvent[] = [];
  const ring = {
    text: honestComment(random, 14),
    target: world.models[Math.floor(random() * world.models.length)]!,
  };
  for (let index = 0; index < honestAuthors + badAuthors; index += 1) {
    const style: Style =
      index < honestAuthors
        ? honestStyles[random() < 0.6 ? 0 : 1 + Math.floor(random() * 4)]!
        : styles[(index - honestAuthors) % styles.length]!;
    const author = `author-${index}`;
    styleOf.set(author, style);
    for (const event of eventsOf(author, style, world, ring, random)) events.push(event);
  }
  events.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0));
  return { events, styleOf, models: world.models };
}

type Ring = { readonly text: string; readonly target: string };

function* eventsOf(
  author: string,
  style: Style,
  world: World,
  ring: Ring,
  random: Random,
): Generator<StoredEvent> {
  const bad = !(honestStyles as readonly string[]).includes(style);
  const count = bad
    ? Math.round(between(random, 15, 120))
    : 1 + Math.floor(Math.exp(between(random, 0, 4.4)));
  const person = drawPerson(style, world, random);
  const machine = drawMachine(style, random);
  let at = Date.UTC(2026, 0, 1) + random() * 20 * 86_400_000;
  let last = '';
  for (let number = 0; number < count; number += 1) {
    const shown = world.show(random, random() < machine.focus ? ring.target : undefined);
    if (shown.id === last) continue;
    last = shown.id;
    const rival =
      random() < (machine.comparing ?? person.comparing) ? world.rivalOf(shown, random) : undefined;
    const characters = shown.text.length + (rival?.text.length ?? 0);
    at += 1000 * (machine.gap?.(number, characters) ?? person.gap(characters));
    const checked = random() < world.checkRate;
    const signal = checked
      ? {
          kind: 'thumb' as const,
          thumb: person.passesCheck() !== machine.failsCheck() ? ('down' as const) : ('up' as const),
        }
      : (machine.signal?.(shown, rival, ring, () => person.signal(shown, rival)) ??
        person.signal(shown, rival));
    yield stored(`${author}-${number}`, author, at, shown, signal, checked);
  }
}

function stored(
  id: string,
  author: string,
  at: number,
  shown: Shown,
  signal: FeedbackSignal,
  checked: boolean,
): StoredEvent {
  const time = new Date(at).toISOString();
  const event: FeedbackEvent = {
    id,
    session_id: `session-${author}`,
    query_id: shown.query,
    response_id: checked ? `check-${id}` : shown.id,
    query: 'what the person asked',
    response: shown.text,
    model_version: shown.model,
    settings: checked ? { attention_check: 'down' } : {},
    at: time,
    source: 'app',
    author_kind: 'end_user',
    author,
    ...signal,
  };
  return { event, receivedAt: time };
}

/** How an honest user of this style reads, judges and writes. */
function drawPerson(style: Style, world: World, random: Random) {
  const speed = Math.exp(normal(random) * 0.4 + Math.log(style === 'fast' ? 110 : 45));
  const glances = style === 'fast' ? between(random, 0.1, 0.5) : between(random, 0, 0.2);
  const leniency =
    style === 'enthusiastic' ? 7 : style === 'strict' ? -2.5 : 0.8 + normal(random) * world.leniencySpread;
  const skill = Math.exp(normal(random) * 0.4) * world.skill;
  const tastes = new Map(world.models.map((model) => [model, normal(random) * world.tasteSpread]));
  const favours = normal(random) * 0.4;
  const stars = random() < 0.3;
  const comments = style === 'terse' ? 0.6 : between(random, 0, 0.4);
  const commentWords = style === 'terse' ? 2 : 16;
  return {
    comparing: random() < 0.5 ? 0 : between(random, 0.1, 0.8),
    passesCheck: () => random() < 0.95,
    gap(characters: number): number {
      if (random() < 0.08) return between(random, 1_800, 90_000);
      if (random() < glances) return between(random, 0.9, 3);
      return 1 + (characters / speed) * Math.exp(normal(random) * 0.5) + Math.exp(normal(random) * 0.8 + 0.5);
    },
    signal(shown: Shown, rival: Shown | undefined): FeedbackSignal {
      if (rival !== undefined) {
        const first = sigmoid(skill * (shown.quality - rival.quality) + favours);
        return compared(rival, random() < 0.07 ? 'tie' : random() < first ? 'this' : 'other');
      }
      const lean = skill * shown.quality + leniency + tastes.get(shown.model)!;
      const comment = random() < comments ? { comment: honestComment(random, commentWords) } : {};
      if (!stars) return { kind: 'thumb', thumb: random() < sigmoid(lean) ? 'up' : 'down', ...comment };
      const value = Math.round(3 + lean * 0.9 + normal(random) * 0.6);
      return { kind: 'stars', stars: Math.min(5, Math.max(1, value)) as 1 | 2 | 3 | 4 | 5, ...comment };
    },
  };
}

interface Machine {
  /** Seconds to the next event; absent where it keeps a person's pace. */
  readonly gap?: (number: number, characters: number) => number;
  readonly signal?: (
    shown: Shown,
    rival: Shown | undefined,
    ring: Ring,
    asPerson: () => FeedbackSignal,
  ) => FeedbackSignal | undefined;
  failsCheck(): boolean;
  /** Share of events about the ring's target that it seeks out. */
  readonly focus: number;
  /** Share of comparisons among its events; a person's where absent. */
  readonly comparing?: number;
}

/** What a machine or a dishonest person does differently. */
function drawMachine(style: Style, random: Random): Machine {
  const focused = style === 'attacker' || style === 'booster';
  return {
    focus: focused ? between(random, 0.3, 0.9) : 0,
    ...(style === 'lazy_left' ? { comparing: between(random, 0.5, 1) } : {}),
    ...habitsOf(style, random),
  };
}

function habitsOf(style: Style, random: Random): Omit<Machine, 'focus'> {
  const period = Math.exp(between(random, Math.log(2), Math.log(900)));
  const jitter = between(random, 0, 0.15);
  const hurry = between(random, 0.15, 1.2);
  const zeal = between(random, 0.85, 1);
  const burstLength = Math.round(between(random, 6, 30));
  const coin = (): FeedbackSignal => ({ kind: 'thumb', thumb: random() < 0.5 ? 'up' : 'down' });
  const up = (): FeedbackSignal => ({ kind: 'thumb', thumb: 'up' });
  const quick = (): number => hurry * (0.5 + random());
  const ticking = (): number => period * (1 + jitter * (2 * random() - 1));
  const fails = () => random() < 0.5;
  const passes = () => false;
  switch (style) {
    case 'random':
      return { gap: quick, signal: coin, failsCheck: fails };
    case 'burst':
      return {
        gap: (number) =>
          number % burstLength === 0 ? between(random, 3_600, 80_000) : 0.05 + random() * 0.6,
        signal: random() < 0.5 ? coin : up,
        failsCheck: fails,
      };
    case 'regular':
      return { gap: ticking, signal: coin, failsCheck: fails };
    case 'always_up':
      return { gap: random() < 0.5 ? quick : ticking, signal: up, failsCheck: () => true };
    case 'copy_paste':
      return {
        signal: (_shown, _rival, ring) =>
          random() < zeal
            ? {
                kind: 'thumb',
                thumb: 'down',
                comment: `${ring.text} ${random() < 0.5 ? 'really' : ''}`.trim(),
              }
            : undefined,
        failsCheck: passes,
      };
    case 'attacker':
      return {
        signal: (shown, rival, ring) => {
          if (shown.model === ring.target && random() < zeal)
            return rival === undefined ? { kind: 'thumb', thumb: 'down' } : compared(rival, 'other');
          if (rival?.model === ring.target && random() < zeal) return compared(rival, 'this');
          return undefined;
        },
        failsCheck: passes,
      };
    case 'lazy_left':
      return {
        signal: (_shown, rival) =>
          rival !== undefined && random() < zeal ? compared(rival, 'this') : undefined,
        failsCheck: () => random() < 0.2,
      };
    case 'skipping_clock':
      return {
        gap: () => ticking() * (1 + Math.floor(-Math.log(1 - random()) * 0.4)),
        signal: coin,
        failsCheck: fails,
      };
    case 'booster':
      return {
        signal: (shown, rival, ring) => {
          if (rival !== undefined && rival.model === ring.target && random() < zeal)
            return compared(rival, 'other');
          if (shown.model !== ring.target)
            return rival === undefined && random() < zeal ? { kind: 'thumb', thumb: 'down' } : undefined;
          if (random() > zeal) return undefined;
          return rival === undefined ? up() : compared(rival, 'this');
        },
        failsCheck: passes,
      };
    case 'inverter':
      return {
        signal: (_shown, rival, _ring, asPerson) => {
          const said = asPerson();
          if (said.kind === 'thumb') return { kind: 'thumb', thumb: said.thumb === 'up' ? 'down' : 'up' };
          if (said.kind === 'comparison' && rival !== undefined)
            return compared(rival, said.preferred === 'this' ? 'other' : 'this');
          return said.kind === 'stars'
            ? { kind: 'stars', stars: (6 - said.stars) as 1 | 2 | 3 | 4 | 5 }
            : said;
        },
        failsCheck: passes,
      };
    case 'sleeper':
      return {
        gap: (number) => (number % 3 === 0 ? between(random, 20, 90) : quick()),
        signal: coin,
        failsCheck: fails,
      };
    default:
      return { failsCheck: passes };
  }
}

function compared(rival: Shown, preferred: 'this' | 'other' | 'tie'): FeedbackSignal {
  return {
    kind: 'comparison',
    other: { response_id: rival.id, response: rival.text, model_version: rival.model },
    preferred,
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
