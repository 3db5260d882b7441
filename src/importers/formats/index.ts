import type { ImportFormat } from '../format.ts';
import { items, votes } from './native.ts';
import {
  hhRlhf,
  judgeBench,
  preference,
  rewardBench,
  skywork,
  ultrafeedbackBinarized,
} from './preferences.ts';

/** Every format. One line each. */
// biome-ignore format: one format a line, so that branches merge
export const formats: readonly ImportFormat[] = [
  items,
  votes,
  hhRlhf,
  ultrafeedbackBinarized,
  skywork,
  rewardBench,
  judgeBench,
  preference,
];
