/** Models that think before they answer, by their public names; their thinking counts as output tokens. */
const thinkers =
  /\bo[134](-|$)|gpt-[5-9](?!.*chat)|claude-(opus|sonnet|haiku|fable|mythos)-([5-9]|4-[6-9])|deepseek-(r\d|reasoner)|qwq|thinking|magistral|gpt-oss|gemini-(2\.5|[3-9])/i;

/** Room for thinking where the job does not say, in tokens; a cut-off judgement is paid for and worth nothing. */
const defaultRoomTokens = 8192;

export function isThinkingModel(model: string): boolean {
  return thinkers.test(model);
}

/** Tokens to allow on top of the answer. */
export function thinkingRoomTokens(model: string, asked: number | undefined): number {
  return asked ?? (isThinkingModel(model) ? defaultRoomTokens : 0);
}
