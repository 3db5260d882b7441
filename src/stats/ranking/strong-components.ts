import type { PairRecord } from './comparisons.ts';

/**
 * The groups of players in which every player has, directly or through others, both beaten and been beaten by every other (a tie does
 * both). Ford (1957): a finite maximum-likelihood Bradley-Terry fit exists exactly when there is one group.
 * Tarjan's algorithm, without recursion.
 */
export function strongComponents(playerCount: number, records: readonly PairRecord[]): number[][] {
  const beaten: number[][] = Array.from({ length: playerCount }, () => []);
  for (const { first, second, firstWins, secondWins, ties } of records) {
    if (firstWins > 0 || ties > 0) beaten[first]!.push(second);
    if (secondWins > 0 || ties > 0) beaten[second]!.push(first);
  }
  const index = new Int32Array(playerCount).fill(-1);
  const low = new Int32Array(playerCount);
  const onStack = new Uint8Array(playerCount);
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  for (let root = 0; root < playerCount; root += 1) {
    if (index[root] !== -1) continue;
    const path: { player: number; edge: number }[] = [{ player: root, edge: 0 }];
    while (path.length > 0) {
      const frame = path.at(-1)!;
      const { player } = frame;
      if (frame.edge === 0) {
        index[player] = low[player] = next;
        next += 1;
        stack.push(player);
        onStack[player] = 1;
      }
      const other = beaten[player]![frame.edge];
      if (other !== undefined) {
        frame.edge += 1;
        if (index[other] === -1) path.push({ player: other, edge: 0 });
        else if (onStack[other] === 1) low[player] = Math.min(low[player]!, index[other]!);
        // a fresh player enters above; its low is folded in when it leaves
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent.player] = Math.min(low[parent.player]!, low[player]!);
      if (low[player] === index[player]) {
        const component: number[] = [];
        for (;;) {
          const member = stack.pop()!;
          onStack[member] = 0;
          component.push(member);
          if (member === player) break;
        }
        components.push(component.sort((a, b) => a - b));
      }
    }
  }
  return components;
}
