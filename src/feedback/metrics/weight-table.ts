const firstCapacity = 64;

/** The largest weight of each name, with names as 53-bit hashes: 16 to 32 bytes per name, whatever its length. The collision
 * probability of a million names is below 1e-4; then one of the two is not counted.
 */
export class WeightTable {
  /** Names seen, whatever their weight. */
  size = 0;
  /** Names seen with a weight above 0. */
  weighty = 0;
  #keys = new Float64Array(firstCapacity);
  #weights = new Float64Array(firstCapacity);

  /** @returns by how much the weight of this name rose; a name that is new raises `size`. */
  raise(name: number, weight: number): number {
    const slot = this.#slotOf(name);
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = name + 1;
      this.size += 1;
    }
    const gain = Math.max(0, weight - this.#weights[slot]!);
    if (gain > 0 && this.#weights[slot] === 0) this.weighty += 1;
    this.#weights[slot]! += gain;
    if (this.size > this.#keys.length * 0.6) this.#grow();
    return gain;
  }

  /** Undefined for a name that was not seen. */
  weightOf(name: number): number | undefined {
    const slot = this.#slotOf(name);
    return this.#keys[slot] === 0 ? undefined : this.#weights[slot];
  }

  /** Names with a weight above 0. */
  *names(): Generator<number> {
    for (let slot = 0; slot < this.#keys.length; slot += 1)
      if (this.#weights[slot]! > 0) yield this.#keys[slot]! - 1;
  }

  #slotOf(name: number): number {
    const mask = this.#keys.length - 1;
    let slot = (name % 4294967296) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== name + 1) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, weights] = [this.#keys, this.#weights];
    this.#keys = new Float64Array(2 * keys.length);
    this.#weights = new Float64Array(2 * keys.length);
    for (let at = 0; at < keys.length; at += 1) {
      if (keys[at] === 0) continue;
      const slot = this.#slotOf(keys[at]! - 1);
      this.#keys[slot] = keys[at]!;
      this.#weights[slot] = weights[at]!;
    }
  }
}

/** A 52-bit hash of a text (cyrb53 by bryc, public domain, one bit dropped so that 1 can be added). */
export function nameHash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return finished(high, low);
}

/** A 52-bit hash of two hashes in this order. */
export function pairHash(one: number, other: number): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const part of [one % 4294967296, one / 4294967296, other % 4294967296, other / 4294967296]) {
    high = Math.imul(high ^ part, 2654435761);
    low = Math.imul(low ^ part ^ (high >>> 15), 1597334677);
  }
  return finished(high, low);
}

function finished(one: number, other: number): number {
  const high = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  const low = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (1048575 & low) + (high >>> 0);
}
