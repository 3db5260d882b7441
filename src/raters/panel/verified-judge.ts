import type { Item } from '../../domain/item.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type { PairwiseVote, PointwiseVote, Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Rater, RaterTask, RecordedReply, TaskContext } from '../../ports/rater.ts';
import { allSettled, askQuestion } from '../llm/ask-question.ts';
import { ownCalls, total } from '../llm/own-calls.ts';
import { fenceCode, fenced } from '../llm/prompt/fence.ts';
import { untrustedText, withoutMarkers } from '../llm/prompt/untrusted-text.ts';
import { parseVerdict } from '../llm/verdict/parse-verdict.ts';

const version = 1;
const verifierTokens = 500;

const schema = {
  name: 'check',
  json: {
    type: 'object',
    properties: { reason: { type: 'string' }, score: { type: 'integer', enum: [0, 1] } },
    required: ['reason', 'score'],
    additionalProperties: false,
  },
} as const;

const instruction: ChatMessage = {
  role: 'user',
  content: [
    'Above, a judge was asked a question and gave an answer. Check the judge, do not judge anew:',
    'are the statements of its reasoning true of the material, and does its verdict follow from them?',
    'Answer with one JSON object and nothing else: "reason": in at most 60 words; then "score": 1 if the answer holds, 0 if it does not.',
  ].join(' '),
};

interface Asked {
  readonly request: ChatRequest;
  readonly recorded: RecordedReply;
}

/**
 * A judge whose votes count only if a verifier confirms its reasoning. A rejected vote becomes an abstention that keeps
 * the original verdict in `provenance.withheld`; a vote that could not be verified becomes an error.
 * @param verifier id of the verifier's model
 * @param structured whether the verifier supports structured output
 */
export function verifiedJudge(judge: Rater, verifier: string, structured: boolean): Rater {
  return {
    id: judge.id,
    kind: judge.kind,
    model: judge.model,
    family: judge.family,
    fingerprint: hashValue([version, judge.fingerprint, verifier, structured]),
    tasks: (item: Item): readonly RaterTask[] =>
      judge.tasks(item).map((task) => {
        const { calls, inputTokens, outputTokens } = ownCalls(task);
        const check = {
          model: verifier,
          calls,
          inputTokens: inputTokens + outputTokens + 100 * calls,
          outputTokens: 80 * calls,
          maxOutputTokens: verifierTokens * calls,
        };
        return { ...task, ...total([task, check]), elsewhere: [check] };
      }),
    perform: async (task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> => {
      const asked = new Map<string, Asked>();
      const ask = async (request: ChatRequest) => {
        const recorded = await context.ask(request);
        asked.set(recorded.key, { request, recorded });
        return recorded;
      };
      const votes = await judge.perform(task, item, { ...context, ask });
      return allSettled(
        votes.map(async (vote) => {
          const said = asked.get(vote.provenance?.replies?.[0] ?? '');
          if (said === undefined || (vote.outcome !== 'verdict' && vote.outcome !== 'tie')) return vote;
          return checked(vote, said, context);
        }),
      );
    },
  };

  async function checked(vote: Vote, { request, recorded }: Asked, context: TaskContext): Promise<Vote> {
    const said = untrustedText(recorded.reply.text, 'json');
    const answer = fenced('ANSWER OF THE JUDGE', fenceCode([said]), said);
    // Its material was made safe for the judge's own format, and the verifier answers in JSON.
    const question = request.messages
      .map(({ role, content }) => `${role}:\n${role === 'user' ? withoutMarkers(content, 'json') : content}`)
      .join('\n\n');
    const check: ChatRequest = {
      messages: [{ role: 'user', content: `The judge was asked:\n\n${question}\n\n${answer}` }, instruction],
      maxTokens: verifierTokens,
      temperature: 0,
      ...(structured ? { schema } : {}),
    };
    const reply = await askQuestion((asking) => context.askOther(verifier, asking), check);
    const provenance = { ...vote.provenance, verified_by: verifier, check: reply.recorded?.key ?? null };
    if (reply.unread !== null) {
      return withheld(vote, provenance, 'error', `verifier: ${reply.unread.reason}`);
    }
    const reading = parseVerdict(reply.recorded.reply.text, 'json', { scale: [0, 1] });
    if (!('score' in reading)) return withheld(vote, provenance, 'error', 'verifier: unread');
    return reading.score >= 0.5
      ? { ...vote, provenance }
      : withheld(vote, provenance, 'abstain', 'not_verified');
  }
}

function withheld(
  vote: Vote,
  provenance: NonNullable<Vote['provenance']>,
  outcome: 'abstain' | 'error',
  reason: string,
): Vote {
  const { preferred, strength, probability, ...rest } = vote as PairwiseVote;
  const { score, ...base } = rest as unknown as PointwiseVote;
  const { ranking, ...shared } = base as unknown as Readonly<Record<string, unknown>>;
  const said = { outcome: vote.outcome, preferred, strength, probability, score, ranking };
  return { ...shared, outcome, reason, provenance: { ...provenance, withheld: said } } as unknown as Vote;
}
