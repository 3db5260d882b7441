import { parseItem } from '../../files/items.ts';
import { fromCells, itemCells, voteCells } from '../../files/record-cells.ts';
import { parseVote } from '../../files/votes.ts';
import type { ImportFormat } from '../format.ts';
import { haveColumns } from '../values.ts';

/** Items as Quorate writes them, in any container. */
export const items: ImportFormat = {
  name: 'items',
  from: 'Quorate: items',
  columns: ['id', 'prompt', 'candidates'],
  sniff: ({ first }) =>
    haveColumns(first, 'id', 'candidates') ? { score: 1, reason: 'columns id and candidates' } : null,
  read: (row, { line }) => ({ items: [parseItem(fromCells(row, itemCells), '', line)] }),
};

/** Votes as Quorate writes them, in any container. */
export const votes: ImportFormat = {
  name: 'votes',
  from: 'Quorate: votes',
  columns: ['item', 'rater', 'rater_kind', 'kind', 'outcome'],
  sniff: ({ first }) =>
    haveColumns(first, 'item', 'rater', 'kind', 'outcome')
      ? { score: 1, reason: 'columns item, rater, kind and outcome' }
      : null,
  read: (row, { line }) => ({ votes: [parseVote(fromCells(row, voteCells), '', line)] }),
};
