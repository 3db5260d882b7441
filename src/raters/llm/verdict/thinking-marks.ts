/** Names of the parts in which models think, as they occur in tags of any kind. */
const names =
  'think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion)?|analysis|scratch_?pad|(?:inner|internal)[_-]?(?:monologue|thoughts?)|cot|chain[_-]of[_-]thought|deliberation|ant_?thinking';

/**
 * Marks that open or close a thinking part, as source of a pattern for the flags `giu`:
 * `<think>`, `<seed:think>`, `</reasoning>`, `[THINK]`, `◁think▷`, `<|begin_of_thought|>`, `<|END_THINKING|>`, `<unused94>`.
 * Groups: 1 the slash, 2 the name of a tag; 3 the slash, 4 the name in square brackets; 5 the slash of `◁`;
 * 6 `end` or slash, 7 the name, 8 `end` between pipes; 9 the number of a placeholder.
 */
export const thinkingMark = [
  String.raw`<(\/?)(?:\w{1,12}[:_])?(${names})(?:\s[^<>\n]{0,60})?>`,
  String.raw`\[(\/?)(THINK(?:ING)?)\]`,
  String.raw`◁(\/?)think▷`,
  String.raw`<[|｜](?:(?:begin|start)(?:[_▁]of)?[_▁]|(end(?:[_▁]of)?[_▁]|\/))?(${names})(?:[_▁](?:start|begin|(end)))?[|｜]>`,
  '<unused(94|95)>',
].join('|');

/** A mark of a chat template, as source of a pattern for the flags `giu`: what follows it is another turn. */
export const turnMark = [
  String.raw`<[|｜][\w▁ ]{1,40}[|｜]>`,
  String.raw`<(?:\/s|eos|bos|eot|start_of_turn|end_of_turn)>`,
  String.raw`<<\/?SYS>>`,
  String.raw`\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]`,
].join('|');

/** The heading of a second instruction at the start of a line, as source of a pattern for the flags `gimu`. */
export const instructionHeading = [
  String.raw`^#{1,6} ?(?:(?:instruction|input|user|human|system|question|prompt|task)s?(?: ?\d)?:|(?:instruction|human|user)s?[ \t]*$)`,
  String.raw`^\*{0,2}(?:user|human)\*{0,2} ?:`,
  String.raw`^\[(?:user question|system|user|user prompt|question|the start of (?:assistant|reference)[^\]\n]{0,40})\]`,
  String.raw`^<<<(?:prompt|response|output|assistant|reference|context|criteria|end)\b`,
].join('|');
