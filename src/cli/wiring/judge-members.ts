import type { Job, JudgeSpec } from '../../domain/job.ts';
import type { Lane, PanelMember } from '../../engine/lane.ts';
import { ConstitutionRater } from '../../judges/constitution/constitution-rater.ts';
import { VetoRater } from '../../judges/constitution/veto-rater.ts';
import { createJudge } from '../../judges/create-judge.ts';
import type { Rater } from '../../ports/rater.ts';

/** A judge of the panel whose model is open. */
export interface PresentJudge {
  readonly spec: JudgeSpec;
  readonly lane: Lane;
}

/** A judge under its own rubric. */
export function judgeMember(judge: PresentJudge, { seed }: Job): PanelMember {
  return asMember(createJudge(judge.spec, judge.lane.model.capabilities, { seed }), judge);
}

/** The judges once more, asked by each constitution: preferences by its principles, and its vetoes. */
export function constitutionMembers(judges: readonly PresentJudge[], job: Job): PanelMember[] {
  const { constitutions, constitution: settings, seed } = job;
  if (settings === null) return [];
  const asked = judges.filter(({ spec }) => settings.judges?.includes(spec.id) ?? true);
  return constitutions.flatMap((constitution) =>
    asked.flatMap((judge) => {
      const options = {
        constitution,
        judge: judge.spec,
        capabilities: judge.lane.model.capabilities,
        settings,
        seed,
      };
      const vetoes = constitution.principles.some(({ veto }) => veto);
      const raters = [
        new ConstitutionRater(options),
        ...(vetoes ? [new VetoRater(constitution, judge.spec, options.capabilities)] : []),
      ];
      return raters.map((rater) => asMember(rater, judge));
    }),
  );
}

/** Whatever a judge is asked for is paid from the judge's own purse. */
function asMember(rater: Rater, { spec, lane }: PresentJudge): PanelMember {
  const purse = spec.budgetUsd === null ? null : { name: spec.id, limitUsd: spec.budgetUsd };
  return { rater, lane, others: new Map(), purse };
}
