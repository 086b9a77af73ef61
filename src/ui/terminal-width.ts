/** Terminals that don't know their size say 0 or nothing; a frame as wide as that would break every character. */
export function usableColumns(columns: number | undefined): number {
  return columns === undefined || columns <= 0 ? 80 : Math.max(columns, 20);
}

export function usableRows(rows: number | undefined): number {
  return rows === undefined || rows <= 0 ? 24 : Math.max(rows, 4);
}
