// What the program that stays in a place says, read piece by piece. In a node it may be another's by now: whatever comes is
// measured before it is kept.

import { type GrowingBytes, growingBytes } from '../growing-bytes.ts';

export interface Answer {
  readonly number: number;
  readonly status: number;
  readonly how: How;
  readonly stdout: string;
  readonly stderr: string;
}

type How = 'ended' | 'timed-out' | 'never-started' | 'said-too-much';

export interface Listener {
  onReady(): void;
  /** Bytes that the answer to this question may have; null: nobody asked it. */
  mostBytes(number: number): number | null;
  onAnswer(answer: Answer): void;
  /** Once: this is not what the program says. Nothing is read any more. */
  onNonsense(): void;
}

/** As the program numbers them. */
const hows: readonly How[] = ['ended', 'timed-out', 'never-started', 'said-too-much'];

/** Of an answer's first line, its end included: five numbers. */
const longestHead = 64;

const headForm = /^(\d{1,15}) (\d{1,3}) ([0-3]) (\d{1,10}) (\d{1,10})$/;

interface Head extends Pick<Answer, 'number' | 'status' | 'how'> {
  readonly stdoutBytes: number;
  readonly said: GrowingBytes;
  readonly bytes: number;
}

/** What it returns hears one piece after the other, in a time that grows with their bytes alone. */
export function readAnswers(listener: Listener): (piece: Buffer) => void {
  const line = growingBytes(longestHead);
  const heard = { ready: false, nonsense: false };
  const nonsense = (): boolean => heard.nonsense;
  let head: Head | null = null;

  /** Returns how many bytes were taken. */
  const takeLine = (piece: Buffer): number => {
    const end = piece.subarray(0, longestHead).indexOf('\n');
    const taken = line.add(end === -1 ? piece : piece.subarray(0, end));
    if (end === -1) heard.nonsense = line.length === longestHead;
    else takeHead(line.bytes().toString('latin1'));
    return end === -1 ? taken : end + 1;
  };
  const takeHead = (text: string): void => {
    line.clear();
    if (heard.ready) head = readHead(text, listener);
    else if (text === 'ready') listener.onReady();
    heard.nonsense = heard.ready ? head === null : text !== 'ready';
    heard.ready = true;
  };
  const answerIfWhole = (): void => {
    if (head === null || head.said.length < head.bytes) return;
    const { number, status, how, said, stdoutBytes } = head;
    head = null;
    const [stdout, stderr] = [said.bytes().subarray(0, stdoutBytes), said.bytes().subarray(stdoutBytes)];
    listener.onAnswer({ number, status, how, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') });
  };
  return (piece) => {
    for (let at = 0; at < piece.length && !nonsense();) {
      const rest = piece.subarray(at);
      at += head === null ? takeLine(rest) : head.said.add(rest);
      answerIfWhole();
      if (nonsense()) listener.onNonsense();
    }
  };
}

function readHead(text: string, listener: Listener): Head | null {
  const found = headForm.exec(text);
  if (found === null) return null;
  const [number = 0, status = 0, how = 0, stdoutBytes = 0, stderrBytes = 0] = found.slice(1).map(Number);
  const bytes = stdoutBytes + stderrBytes;
  const most = listener.mostBytes(number);
  if (most === null || bytes > most) return null;
  return { number, status, how: hows[how] ?? 'ended', stdoutBytes, bytes, said: growingBytes(bytes) };
}
