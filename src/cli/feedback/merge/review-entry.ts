import type { Anchor, SideOpinion } from '../../../analysis/agreement/anchor-agreement.ts';

/** A line of the review file: a question that somebody should look at again, and why. */
export function reviewEntry(anchor: Anchor) {
  const { item, about, category, people, machines } = anchor;
  return {
    item,
    about,
    category,
    status: 'review' as const,
    people: sideText(anchor, people),
    machines: sideText(anchor, machines),
    reasons: [
      `${people.agreeing} of ${people.raters} people say ${sideText(anchor, people)}`,
      `${machines.agreeing} of ${machines.raters} AI raters say ${sideText(anchor, machines)}`,
    ],
  };
}

function sideText({ about }: Anchor, { verdict }: SideOpinion): string {
  if (about.length === 1) return verdict > 0 ? 'good' : 'bad';
  return verdict > 0 ? about[0]! : about[1]!;
}
