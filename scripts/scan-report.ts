/** What to make of checkov's reports. */

type Check = {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
  readonly file_line_range: readonly [number, number];
  readonly check_result: { readonly suppress_comment?: string };
};

/** As checkov writes it, one for each framework. */
export type Report = {
  readonly check_type: string;
  readonly results: {
    readonly passed_checks: readonly Check[];
    readonly failed_checks: readonly Check[];
    readonly skipped_checks: readonly Check[];
    readonly parsing_errors: readonly string[];
  };
};

/**
 * A scan is good when every file was parsed, something was checked in each, nothing failed, and every rule that is left out
 * was met there and has its reason.
 *
 * @param files text of each file that should have been scanned, by its path
 * @returns what to show, and what has to be put right
 */
export function judge(
  reports: readonly Report[],
  files: ReadonlyMap<string, string>,
): { told: string[]; problems: string[] } {
  const told: string[] = [];
  const problems: string[] = [];
  const at = ({ file_path, file_line_range: [line] }: Check) => `${file_path.replace(/^\//, '')}:${line}`;
  const met = new Set<string>();
  for (const { check_type, results } of reports) {
    const { passed_checks, failed_checks, skipped_checks, parsing_errors } = results;
    told.push(
      `${check_type}: ${passed_checks.length} passed, ${failed_checks.length} failed, ${skipped_checks.length} left out`,
    );
    for (const file of parsing_errors) problems.push(`${file} cannot be parsed`);
    for (const check of failed_checks)
      problems.push(`${at(check)} ${check.resource}: ${check.check_id} ${check.check_name}`);
    for (const check of skipped_checks) {
      const { suppress_comment: reason = '' } = check.check_result;
      met.add(`${check.file_path.replace(/^\//, '')} ${check.check_id}`);
      told.push(`left out at ${at(check)}: ${check.check_id}, ${reason}`);
      if (reason.trim() === '' || reason === 'No comment provided')
        problems.push(`${at(check)} leaves out ${check.check_id} without a reason`);
    }
  }
  const seen = reports.flatMap(({ results }) => [
    ...results.passed_checks,
    ...results.failed_checks,
    ...results.skipped_checks,
  ]);
  const broken = reports.flatMap(({ results }) => results.parsing_errors);
  for (const [file, text] of files) {
    if (broken.some((path) => path.endsWith(file))) continue;
    const checks = seen.filter(({ file_path }) => file_path.replace(/^\//, '').endsWith(file));
    const mentioned = /^\s*resource\s/m.test(text) || !file.endsWith('.bicep');
    if (checks.length === 0 && mentioned && !WITHOUT_RULES.has(file))
      problems.push(`nothing was checked in ${file}`);
    for (const [, id = ''] of text.matchAll(/checkov:skip=(\w+)/g))
      if (
        !checks.some(
          (check) => check.check_id === id && met.has(`${check.file_path.replace(/^\//, '')} ${id}`),
        )
      )
        problems.push(`${file} leaves out ${id}, a rule of nothing there: remove the line`);
  }
  return { told, problems };
}

/** checkov has no rule for registrations, bots and their channels; it parses the files all the same. */
const WITHOUT_RULES = new Set([
  'infra/botRegistration/application.bicep',
  'infra/botRegistration/azurebot.bicep',
]);
