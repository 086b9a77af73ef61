/** Bytes that come in pieces, put together in a time that grows with their number alone, however small the pieces are. */
export interface GrowingBytes {
  /** As many as there is room for; returns how many. */
  add(piece: Buffer): number;
  readonly length: number;
  /** No copy: what is added or cleared later is written over it. */
  bytes(): Buffer;
  clear(): void;
  /** Bytes that were moved so far, those that came and those that made room for them. */
  readonly moved: number;
}

const firstRoom = 1024;

/**
 * The room doubles when it is full: no byte is moved more often than three times, and no more room is taken than for twice
 * of what has come, whatever was announced.
 */
export function growingBytes(most: number): GrowingBytes {
  let room = Buffer.alloc(0);
  let [length, moved] = [0, 0];
  const makeRoom = (needed: number): void => {
    if (needed <= room.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.min(most, Math.max(needed, 2 * room.length, firstRoom)));
    moved += room.copy(wider, 0, 0, length);
    room = wider;
  };
  return {
    add(piece) {
      makeRoom(Math.min(most, length + piece.length));
      const taken = piece.copy(room, length);
      length += taken;
      moved += taken;
      return taken;
    },
    get length() {
      return length;
    },
    bytes: () => room.subarray(0, length),
    clear() {
      length = 0;
    },
    get moved() {
      return moved;
    },
  };
}
