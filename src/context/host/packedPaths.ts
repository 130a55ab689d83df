/** Keeps many paths in few bytes: UTF-8, one path behind another, in blocks of fixed size. */

export interface PackedPaths {
  readonly size: number;
  readonly blocks: readonly Block[];
  /** `path`: with `/`. Adding a known path does nothing. */
  add(path: string): void;
  has(path: string): boolean;
  /** Removes the path, or all paths in the folder. */
  remove(path: string): void;
}

/** `marks` of a removed path are 0; its bytes stay. */
export interface Block {
  count: number;
  bytes: Buffer;
  /** Where the paths start in `bytes`; the entry at `count` is the end of the last. */
  starts: Uint32Array;
  /** Where the file names start in `bytes`. */
  names: Uint32Array;
  pathMarks: Uint32Array;
  nameMarks: Uint32Array;
}

/** A block is searched in a few milliseconds. */
const blockSize = 4096;
const slash = 0x2f;

export function createPackedPaths(marksOf: (text: string) => number): PackedPaths {
  const blocks: Block[] = [];
  let size = 0;
  let count = 0;
  /** A hash table with open addressing: the number of the path, plus one; 0 in an empty slot. */
  let slots = new Uint32Array(1024);
  let scratch: Buffer = Buffer.allocUnsafeSlow(4096);

  const encode = (path: string): number => {
    if (scratch.length < path.length * 3) scratch = Buffer.allocUnsafeSlow(path.length * 3);
    return scratch.write(path);
  };
  /** The slot of the path in `scratch`, or the empty one where it belongs. */
  const slotOf = (length: number): number => {
    let slot = hash(scratch, 0, length) & (slots.length - 1);
    for (let number = slots[slot]; number; number = slots[slot]) {
      const [block, index] = placeOf(number - 1);
      const start = at(block.starts, index);
      const end = at(block.starts, index + 1);
      if (end - start === length && scratch.compare(block.bytes, start, end, 0, length) === 0) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const placeOf = (number: number): [Block, number] => {
    const block = blocks[Math.floor(number / blockSize)];
    if (!block) throw new RangeError('no such path');
    return [block, number % blockSize];
  };
  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    for (let number = 0; number < count; number++) {
      const [block, index] = placeOf(number);
      let slot = hash(block.bytes, at(block.starts, index), at(block.starts, index + 1)) & (slots.length - 1);
      while (slots[slot]) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
  };
  const mark = (block: Block, index: number, path: string): void => {
    block.pathMarks[index] = marksOf(path);
    block.nameMarks[index] = marksOf(path.slice(path.lastIndexOf('/') + 1));
    size += 1;
  };
  const append = (path: string, length: number): void => {
    let block = blocks.at(-1);
    if (!block || block.count === blockSize) {
      if (block) block.bytes = resized(block.bytes, at(block.starts, block.count));
      block = emptyBlock();
      blocks.push(block);
    }
    const start = at(block.starts, block.count);
    if (block.bytes.length < start + length)
      block.bytes = resized(block.bytes, Math.max(start + length, block.bytes.length * 2));
    scratch.copy(block.bytes, start, 0, length);
    block.names[block.count] = start + scratch.subarray(0, length).lastIndexOf(slash) + 1;
    mark(block, block.count, path);
    block.starts[++block.count] = start + length;
    count += 1;
  };
  const forget = (block: Block, index: number): void => {
    if (block.pathMarks[index] === 0) return;
    block.pathMarks[index] = 0;
    block.nameMarks[index] = 0;
    size -= 1;
  };
  /** The place of a path that was added, even when it is removed since. */
  const find = (path: string): [Block, number] | undefined => {
    const number = slots[slotOf(encode(path))];
    return number ? placeOf(number - 1) : undefined;
  };
  const isPresent = ([block, index]: [Block, number]): boolean => block.pathMarks[index] !== 0;

  return {
    get size() {
      return size;
    },
    blocks,
    add(path) {
      if (path === '') return;
      if (count * 2 >= slots.length) grow();
      const length = encode(path);
      const slot = slotOf(length);
      const known = slots[slot];
      if (!known) {
        append(path, length);
        slots[slot] = count;
        return;
      }
      const place = placeOf(known - 1);
      if (!isPresent(place)) mark(...place, path);
    },
    has(path) {
      const place = find(path);
      return place !== undefined && isPresent(place);
    },
    remove(path) {
      const place = find(path);
      if (place && isPresent(place)) return forget(...place);
      const length = encode(`${path}/`);
      for (const block of blocks) {
        for (let index = 0; index < block.count; index++) {
          const start = at(block.starts, index);
          if (at(block.starts, index + 1) - start <= length) continue;
          // A quick test before the exact one.
          if (block.bytes[start + length - 1] !== slash) continue;
          if (scratch.compare(block.bytes, start, start + length, 0, length) === 0) forget(block, index);
        }
      }
    },
  };
}

export function pathAt(block: Block, index: number): string {
  return block.bytes.toString('utf8', block.starts[index], block.starts[index + 1]);
}

export function nameAt(block: Block, index: number): string {
  return block.bytes.toString('utf8', block.names[index], block.starts[index + 1]);
}

function emptyBlock(): Block {
  return {
    count: 0,
    bytes: Buffer.allocUnsafeSlow(16_384),
    starts: new Uint32Array(blockSize + 1),
    names: new Uint32Array(blockSize),
    pathMarks: new Uint32Array(blockSize),
    nameMarks: new Uint32Array(blockSize),
  };
}

function resized(bytes: Buffer, length: number): Buffer {
  const next = Buffer.allocUnsafeSlow(length);
  bytes.copy(next);
  return next;
}

/** FNV-1a. */
function hash(bytes: Buffer, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let index = from; index < to; index++) value = Math.imul(value ^ at(bytes, index), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

function at(list: Uint8Array | Uint32Array, index: number): number {
  return list[index] ?? 0;
}
