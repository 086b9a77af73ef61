// How a figure is shown, and what its target makes of it.

export function median(runs) {
  return runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
}

/** The worst of the runs against the most that it may be. */
export function largest(id, what, runs, unit, limit) {
  const value = Math.max(...runs);
  return { id, what, value, unit, runs, target: `≤ ${round(limit)} ${unit}`, met: value <= limit };
}

/** Markdown. */
export function table(rows) {
  const shown = ({ value, unit }) => (value === undefined ? 'not seen' : `${round(value)} ${unit}`.trimEnd());
  const lines = rows.map((row) => [
    row.what + (row.runs.length > 1 ? ` (of ${row.runs.length} runs)` : ''),
    shown(row),
    row.target,
    row.ratio === undefined ? '' : `${row.ratio.toFixed(1)} times`,
    row.target === '' ? '' : { true: 'met', false: 'MISSED', null: 'not compared' }[row.met],
  ]);
  lines.unshift(['figure', 'measured', 'target', 'ratio', ''], ['---', '---', '---', '---', '---']);
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function round(value) {
  if (Number.isInteger(value)) return String(value);
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 1 ? 1 : 2);
}
