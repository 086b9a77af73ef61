// What apt says of its downloads. Pure.

export interface Download {
  /** As apt names it in its archive. */
  readonly file: string;
  readonly bytes: number;
}

/** The lines of `apt-get --print-uris`: 'URI' FILE SIZE HASH. */
export function parseDownloads(text: string): readonly Download[] {
  return text.split('\n').flatMap((line) => {
    const match = /^'[^']*' (\S+) (\d+) /.exec(line);
    return match?.[1] === undefined ? [] : [{ file: match[1], bytes: Number(match[2]) }];
  });
}

export interface DownloadProgress {
  /** Counted from 1: the file that is being fetched. */
  readonly file: number;
  readonly files: number;
  readonly percent: number;
}

/** The last of the lines that APT::Status-Fd puts into the output: dlstatus:FILE:PERCENT:Retrieving file N of M. */
export function lastProgress(text: string): DownloadProgress | undefined {
  const match = [...text.matchAll(/^dlstatus:\d+:([\d.]+):\D*(\d+) of (\d+)/gm)].at(-1);
  if (match === undefined) return undefined;
  return { percent: Number(match[1]), file: Number(match[2]), files: Number(match[3]) };
}
