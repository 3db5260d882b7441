import type { Constitution } from '../../src/domain/constitution.ts';

export const manners: Constitution = {
  id: 'manners',
  version: '1',
  title: 'Manners',
  description: '',
  principles: [
    principle('kind', 3),
    principle('true', 1),
    { ...principle('safe', 1), veto: true },
    { ...principle('tested', 1), categories: ['code'] },
  ],
};

function principle(id: string, weight: number): Constitution['principles'][number] {
  return {
    id,
    weight,
    veto: false,
    critique: `What is not ${id} about it?`,
    revision: `Make it ${id}.`,
    preference: `Which is more ${id}?`,
  };
}
