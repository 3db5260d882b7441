import { expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { clusteredProportion } from './clustered-proportion.ts';
import { clopperPearsonInterval } from './proportion.ts';

it('is Clopper-Pearson where every cluster is one observation', () => {
  const values = Array.from({ length: 100 }, (_, index) => (index < 30 ? 1 : 0));
  const estimate = clusteredProportion(values, [...values.keys()], 0.1);
  const plain = clopperPearsonInterval(30, 100, 0.1);
  expect(estimate.defined && estimate.value.low).toBeCloseTo(plain.low, 2);
  expect(estimate.defined && estimate.value.effective).toBeGreaterThan(97);
});

it('counts copies of one opinion once', () => {
  const once = [1, 0, 0, 1, 0, 0, 1, 0, 0, 0];
  const copies = once.flatMap((value) => Array.from({ length: 50 }, () => value));
  const clusters = once.flatMap((_, index) => Array.from({ length: 50 }, () => index));
  const estimate = clusteredProportion(copies, clusters, 0.1);
  expect(estimate.defined && estimate.value.effective).toBeLessThan(11);
});

it('says nothing of one person, and is careful where all agree', () => {
  expect(clusteredProportion([1, 1, 0], [7, 7, 7]).defined).toBe(false);
  const agreed = clusteredProportion([1, 1, 1, 1], ['a', 'a', 'b', 'b'], 0.1);
  expect(agreed.defined && agreed.value).toMatchObject({ share: 1, effective: 2, high: 1 });
});

it('its lower bound is above the truth in at most 5 % of samples of users who differ', () => {
  const random = seededRandom(8);
  let wrong = 0;
  const samples = 2000;
  for (let sample = 0; sample < samples; sample += 1) {
    const values: number[] = [];
    const users: number[] = [];
    for (let person = 0; person < 60; person += 1) {
      // half of the users complain four times as often as the others, 25 % in all
      const chance = random() < 0.5 ? 0.4 : 0.1;
      const count = 1 + Math.floor(random() * 6);
      for (let rating = 0; rating < count; rating += 1) {
        values.push(random() < chance ? 1 : 0);
        users.push(person);
      }
    }
    const estimate = clusteredProportion(values, users, 0.1);
    if (estimate.defined && estimate.value.low > 0.25) wrong += 1;
  }
  expect(wrong / samples).toBeLessThanOrEqual(0.06);
});
