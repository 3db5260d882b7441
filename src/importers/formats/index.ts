import type { ImportFormat } from '../format.ts';
import { alpacaEval, arena, arenaHard, arenaKaggle, mtBench } from './battles.ts';
import { items, votes } from './native.ts';
import {
  hhRlhf,
  judgeBench,
  preference,
  rewardBench,
  skywork,
  ultrafeedbackBinarized,
} from './preferences.ts';
import { long, pairs, wide } from './tables.ts';
import { alpaca, distilabel, kto, nectar, sft, ultrafeedback } from './training-sets.ts';

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
  ultrafeedback,
  nectar,
  distilabel,
  kto,
  sft,
  alpaca,
  arena,
  arenaKaggle,
  mtBench,
  alpacaEval,
  arenaHard,
  wide,
  long,
  pairs,
];
