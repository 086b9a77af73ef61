/**
 * How a probe starts curl: whatever ~/.curlrc and the environment say, without a proxy, quiet but for errors. The last
 * `--max-time` counts, so a caller may give another one.
 */
export function curl(patienceSeconds: number): readonly string[] {
  return ['curl', '--disable', '--noproxy', '*', '--silent', '--show-error', '--max-time', String(patienceSeconds)];
}
