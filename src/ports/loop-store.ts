import type { ArrivalMark, Firing, FiringOutcome, TriggerState } from '../domain/firing.ts';
import type { Training } from '../domain/training.ts';

/** Given back by `take`; the death of the process gives it back too. */
export interface Role {
  release(): void;
}

/**
 * What a loop remembers. Every method that writes resolves when what it wrote would survive a power cut.
 * All methods throw StoreError.
 */
export interface LoopStore {
  readonly location: string;
  /** Takes a role for this process; null while another has it. */
  take(role: string): Role | null;
  triggerState(trigger: string): Promise<TriggerState | null>;
  /**
   * Replaces a rule's state, and records the firing that follows from it, together or not at all.
   * @returns false when the state is no longer `before`: somebody else looked first
   */
  changeTrigger(
    trigger: string,
    before: TriggerState | null,
    after: TriggerState,
    firing?: Firing,
  ): Promise<boolean>;
  settleFiring(id: string, outcome: FiringOutcome): Promise<void>;
  /** Oldest first. */
  firings(): Promise<readonly Firing[]>;
  /**
   * Takes one moment of a task's calendar. @param at RFC 3339, UTC
   * @returns false when it, or a later one, was taken before
   */
  takeSlot(task: string, at: string): Promise<boolean>;
  /** The latest moment taken; null before the first. */
  lastSlot(task: string): Promise<string | null>;
  /** How far somebody has read the events. */
  mark(reader: string): Promise<ArrivalMark | null>;
  saveMark(reader: string, mark: ArrivalMark): Promise<void>;
  saveTraining(training: Training): Promise<void>;
  training(id: string): Promise<Training | null>;
  /** Oldest first. */
  trainings(): Promise<readonly Training[]>;
  close(): Promise<void>;
}
