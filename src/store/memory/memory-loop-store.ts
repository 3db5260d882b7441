import type { ArrivalMark, Firing, FiringOutcome, TriggerState } from '../../domain/firing.ts';
import type { Training } from '../../domain/model-version.ts';
import type { LoopStore, Role } from '../../ports/loop-store.ts';

/**
 * State that survives closing.
 * @example
 * const memory = new LoopMemory();
 * const before = new MemoryLoopStore(memory);
 * const afterRestart = new MemoryLoopStore(memory);
 */
export class LoopMemory {
  readonly roles = new Set<string>();
  readonly triggers = new Map<string, string>();
  readonly firings = new Map<string, Firing>();
  readonly slots = new Map<string, string>();
  readonly marks = new Map<string, ArrivalMark>();
  readonly trainings = new Map<string, Training>();
}

/**
 * A loop store in memory: for tests and dry runs.
 * @example
 * const store = new MemoryLoopStore();
 * console.log(await store.firings()); // []
 */
export class MemoryLoopStore implements LoopStore {
  readonly location = 'memory';
  readonly #memory: LoopMemory;

  constructor(memory = new LoopMemory()) {
    this.#memory = memory;
  }

  take(role: string): Role | null {
    const { roles } = this.#memory;
    if (roles.has(role)) return null;
    roles.add(role);
    return { release: () => void roles.delete(role) };
  }

  async triggerState(trigger: string): Promise<TriggerState | null> {
    const state = this.#memory.triggers.get(trigger);
    return state === undefined ? null : (JSON.parse(state) as TriggerState);
  }

  async changeTrigger(
    trigger: string,
    before: TriggerState | null,
    after: TriggerState,
    firing?: Firing,
  ): Promise<boolean> {
    const { triggers, firings } = this.#memory;
    if ((triggers.get(trigger) ?? null) !== (before === null ? null : JSON.stringify(before))) return false;
    triggers.set(trigger, JSON.stringify(after));
    if (firing !== undefined) firings.set(firing.id, structuredClone(firing));
    return true;
  }

  async settleFiring(id: string, outcome: FiringOutcome): Promise<void> {
    const firing = this.#memory.firings.get(id);
    if (firing !== undefined) this.#memory.firings.set(id, { ...firing, outcome });
  }

  async firings(): Promise<readonly Firing[]> {
    return [...this.#memory.firings.values()];
  }

  async takeSlot(task: string, at: string): Promise<boolean> {
    const last = this.#memory.slots.get(task);
    if (last !== undefined && last >= at) return false;
    this.#memory.slots.set(task, at);
    return true;
  }

  async lastSlot(task: string): Promise<string | null> {
    return this.#memory.slots.get(task) ?? null;
  }

  async mark(reader: string): Promise<ArrivalMark | null> {
    return this.#memory.marks.get(reader) ?? null;
  }

  async saveMark(reader: string, mark: ArrivalMark): Promise<void> {
    this.#memory.marks.set(reader, { ...mark });
  }

  async saveTraining(training: Training): Promise<void> {
    this.#memory.trainings.set(training.id, structuredClone(training));
  }

  async training(id: string): Promise<Training | null> {
    return this.#memory.trainings.get(id) ?? null;
  }

  async trainings(): Promise<readonly Training[]> {
    return [...this.#memory.trainings.values()];
  }

  async close(): Promise<void> {}
}
