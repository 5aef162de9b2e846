import { appendFileSync } from 'node:fs';
import { createRandom, type Random } from '../../main/demo/sample-random';

/** Kills of the real app in a long run; without it a few rounds of each fault are played. */
const LONG = Number(process.env.TWIG_FAULT_ROUNDS ?? 0);
const SEED = Number(process.env.TWIG_FAULT_SEED ?? 0) || (LONG > 0 ? (Date.now() % 1_000_000) + 1 : 1);

/** How often a fault is played: `few` in the short run, its share of TWIG_FAULT_ROUNDS in the long one. */
export function roundsOf(few: number, share = 0.1): number {
  return LONG > 0 ? Math.max(few, Math.ceil(LONG * share)) : few;
}

/** Milliseconds a test may take that plays so many rounds. */
export function timeFor(rounds: number, each: number): number {
  return 60_000 + rounds * each;
}

export interface Round {
  number: number;
  seed: number;
  random: Random;
}

/**
 * Plays the rounds of one fault one after the other, each with a seed of its own; a failure names
 * the seed to repeat it with (`TWIG_FAULT_SEED`).
 */
export async function play(fault: string, rounds: number, round: (round: Round) => Promise<void>): Promise<void> {
  console.info(`${fault}: ${rounds} rounds, seeds ${SEED} to ${SEED + rounds - 1}`);
  for (let number = 0; number < rounds; number += 1) {
    const seed = SEED + number;
    try {
      await round({ number, seed, random: createRandom(seed) });
    } catch (error) {
      throw new Error(`${fault}, round ${number + 1}, TWIG_FAULT_SEED=${seed}: ${reason(error)}`, { cause: error });
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface Tally {
  rounds: number;
  captures: number;
  lost: number;
  doubled: number;
}

/** Adds to the sum that `npm run test:faults` ends with. */
export function tally(counts: Tally): void {
  const file = process.env.TWIG_FAULT_TALLY;
  if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
}
