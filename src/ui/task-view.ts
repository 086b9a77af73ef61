import { measuredWords } from './measured-words.ts';
import { type ItemOutcome, type LabEvent } from '../model/events.ts';
import { words, type Words } from '../model/words.ts';
import { type RunFaceOptions } from './run-face.ts';
import { type FrameRow } from './frame-row.ts';
import { createOpenChecks, type OpenChecks } from './open-checks.ts';
import { openTaskBoard, type BoardHeading, type BoardOptions, type BoardRow } from './task-board.ts';
import { groupOutcome, workGroupOf } from './work-group.ts';

/** Turns what a run announces into rows under headings. */
export interface TaskView {
  show(event: LabEvent, at: number): void;
  close(): Promise<void>;
}

interface Group {
  readonly heading: BoardHeading;
  readonly outcomes: ItemOutcome[];
  running: number;
}

interface Item {
  readonly line: BoardRow;
  readonly group: Group;
  readonly checks: OpenChecks;
}

type Of<Kind extends LabEvent['kind']> = Extract<LabEvent, { kind: Kind }>;

export function openTaskView(options: BoardOptions & Pick<RunFaceOptions, 'chapterTitles'>): TaskView {
  const board = openTaskBoard(options);
  const groups = openGroups((row) => board.addHeading(row), options.chapterTitles);
  const items = new Map<string, Item>();

  const start = (event: Of<'item-started'>, at: number): void => {
    const group = groups.enter(event.part, at);
    items.set(event.item, { line: group.heading.addRow(newRow(event.title, at)), group, checks: createOpenChecks() });
  };

  const judge = (event: Of<'check-judged'>): void => {
    const item = items.get(event.item);
    if (item === undefined) return;
    item.checks.judge(event.result);
    const [waited] = item.checks.untrue();
    item.line.row = { ...item.line.row, progress: waited === undefined ? null : waitsFor(waited.title) };
  };

  const finish = (name: string, end: Pick<Of<'item-finished'>, 'outcome' | 'seconds' | 'error'>): void => {
    const item = items.get(name);
    if (item === undefined) return;
    items.delete(name);
    const wentWell = end.outcome === 'done' || end.outcome === 'unchanged';
    const failedChecks = wentWell ? [] : item.checks.untrue();
    const { outcome: state, seconds, error = null } = end;
    item.line.row = { ...item.line.row, state, seconds, error, failedChecks };
    item.line.end();
    groups.leave(item.group, end.outcome);
  };

  return {
    show(event, at) {
      if (event.kind === 'item-started') start(event, at);
      if (event.kind === 'check-judged') judge(event);
      if (event.kind === 'item-finished') finish(event.item, event);
      if (event.kind === 'measured') board.addRow({ ...newRow(measuredWords(event), at), state: 'notice' }).end();
      if (event.kind === 'notice') board.addRow({ ...newRow(event.text, at), state: 'notice' }).end();
      const item = event.kind === 'item-progress' ? items.get(event.item) : undefined;
      if (event.kind === 'item-progress' && item !== undefined)
        item.line.row = { ...item.line.row, progress: event.text };
    },
    async close() {
      // Only a fault leaves a line open: it was cut off then.
      for (const name of [...items.keys()]) finish(name, { outcome: 'interrupted', seconds: 0 });
      groups.endAll(options.now());
      await board.close();
    },
  };
}

/** A heading stays open while its lines come; once another one begins and nothing of it runs any more it is ended. */
function openGroups(addHeading: (row: FrameRow) => BoardHeading, chapterTitles: RunFaceOptions['chapterTitles']) {
  const open = new Map<string, Group>();
  const end = (name: string, group: Group, at: number): void => {
    open.delete(name);
    const { heading } = group;
    heading.row = { ...heading.row, state: groupOutcome(group.outcomes), seconds: (at - heading.row.beganAt) / 1000 };
    heading.end();
  };
  return {
    enter(part: Of<'item-started'>['part'], at: number): Group {
      const { name, title } = workGroupOf(part, chapterTitles);
      for (const [other, group] of [...open]) if (other !== name && group.running === 0) end(other, group, at);
      const group = open.get(name) ?? {
        heading: addHeading({ ...newRow(title, at), heading: true }),
        outcomes: [],
        running: 0,
      };
      open.set(name, group);
      group.running += 1;
      return group;
    },
    leave(group: Group, outcome: ItemOutcome): void {
      group.running -= 1;
      group.outcomes.push(outcome);
    },
    endAll(at: number): void {
      for (const [name, group] of [...open]) end(name, group, at);
    },
  };
}

function newRow(title: Words, at: number): FrameRow {
  return {
    title,
    heading: false,
    beganAt: at,
    state: 'running',
    seconds: 0,
    progress: null,
    error: null,
    failedChecks: [],
  };
}

function waitsFor(title: Words): Words {
  return words(`waiting until: ${title.en}`, `en attente\u00a0: ${title.fr}`);
}
