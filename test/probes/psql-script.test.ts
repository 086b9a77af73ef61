import { describe, expect, it } from 'vitest';
import { psqlScript, readPsqlScript } from '../../src/probes/psql-script.ts';

const statements = ['select 1', 'select x', 'select 3'];
const mark = /^\\warn (.*)$/m.exec(psqlScript(statements))?.[1] ?? '';
const result = (exitStatus: number, stdout: string, stderr = '') => ({
  ...{ argv: [], exitStatus, stdout, stderr, timedOut: false, cancelled: false, seconds: 0 },
});
const noX = 'ERROR:  column "x" does not exist\nLINE 1: select x\n               ^\n';

describe('a psql that is asked several questions', () => {
  it('has each of them in a transaction of its own, and says when it is done with it', () => {
    expect(psqlScript(['select 1', 'select x'])).toMatch(
      /^select 1;\n\\echo (answered-\w+) 0 :ERROR\n\\warn \1\nselect x;\n\\echo \1 1 :ERROR\n\\warn \1\n$/,
    );
  });

  it('answers and complains about each by itself', () => {
    const stdout = `1\n${mark} 0 false\n${mark} 1 true\n[\n 3]\n${mark} 2 false\n`;
    expect(readPsqlScript(statements, result(0, stdout, `${mark}\n${noX}${mark}\nWARNING\n${mark}\n`))).toMatchObject([
      { exitStatus: 0, stdout: '1\n', stderr: '' },
      { exitStatus: 1, stdout: '', stderr: noX },
      { exitStatus: 0, stdout: '[\n 3]\n', stderr: 'WARNING\n' },
    ]);
  });

  it('says the same to all when it has no connection', () => {
    const down = 'psql: error: connection to server failed: Connection refused\n';
    const answers = readPsqlScript(statements, result(2, '', down));
    expect(answers).toMatchObject(Array(3).fill({ exitStatus: 2, stdout: '', stderr: down }));
  });

  it('keeps what it has answered when it loses the connection', () => {
    const lost = 'FATAL:  terminating connection due to administrator command\n';
    const stdout = `1\n${mark} 0 false\n${mark} 1 true\n`;
    expect(readPsqlScript(statements, result(2, stdout, `${mark}\n${noX}${mark}\n${lost}`))).toMatchObject([
      { exitStatus: 0, stdout: '1\n' },
      { exitStatus: 1, stderr: noX },
      { exitStatus: 2, stdout: '', stderr: lost },
    ]);
  });

  it('has no answer to what came to no end, and to what is cut off at the beginning', () => {
    expect(readPsqlScript(statements, result(0, `1\n${mark} 0 false\n`, `${mark}\n`)).slice(1)).toEqual([null, null]);
    expect(readPsqlScript(statements, result(0, `2\n${mark} 1 false\n3\n${mark} 2 false\n`))).toEqual([
      ...[null, null, null],
    ]);
  });

  it('that is asked one question has its end for an answer', () => {
    expect(readPsqlScript(['select'], result(127, '', 'not found'))).toMatchObject([
      { exitStatus: 127, stderr: 'not found' },
    ]);
  });
});
