// `03-failover`: a chapter's folder says its number and its slug. The name's form has been checked before.

export function chapterNumber(folder: string): number {
  return Number.parseInt(folder, 10);
}

export function chapterSlug(folder: string): string {
  return folder.slice(folder.indexOf('-') + 1);
}
