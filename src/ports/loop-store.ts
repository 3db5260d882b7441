import type { ArrivalMark, Firing, FiringOutcome, TriggerState } from '../domain/firing.ts';
import type { Training } from '../domain/model-version.ts';

/** An exclusive role held by this process, from `take`. It is also released when the process dies. */
export interface Role {
  release(): void;
}

/**
 * The durable state of a loop. Writing methods resolve once the write would survive a power cut.
 * All methods throw StoreError when the store is unusable.
 */
export interface LoopStore {
  readonly location: string;
  /** Takes an exclusive role for this process; null while another process holds it. */
  take(role: string): Role | null;
  triggerState(trigger: string): Promise<TriggerState | null>;
  /**
   * Replaces a trigger's state and records the resulting firing, atomically.
   * @returns false when the state is no longer `before`: another process changed it
   */
  changeTrigger(
    trigger: string,
    before: TriggerState | null,
    after: TriggerState,
    firing?: Firing,
  ): Promise<boolean>;
  /** Records the outcome of a firing. */
  settleFiring(id: string, outcome: FiringOutcome): Promise<void>;
  /** Oldest first. */
  firings(): Promise<readonly Firing[]>;
  /**
   * Takes one slot of a task's schedule. @param at RFC 3339, UTC
   * @returns false when this slot or a later one was already taken
   */
  takeSlot(task: string, at: string): Promise<boolean>;
  /** The latest slot taken; null before the first. */
  lastSlot(task: string): Promise<string | null>;
  /** How far a reader has processed the events; null before the first mark. */
  mark(reader: string): Promise<ArrivalMark | null>;
  saveMark(reader: string, mark: ArrivalMark): Promise<void>;
  saveTraining(training: Training): Promise<void>;
  training(id: string): Promise<Training | null>;
  /** Oldest first. */
  trainings(): Promise<readonly Training[]>;
  close(): Promise<void>;
}
