/** A bill of materials of the running program: everything that the lock file installs for it, and nothing else. */

type Component = {
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly 'bom-ref'?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
};

/** As far as it is looked at (CycloneDX 1.5, JSON). */
export type Bom = {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
};

/** package-lock.json, version 3. */
export type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      { readonly name?: string; readonly version?: string; readonly dev?: boolean; readonly link?: boolean }
    >
  >;
};

/** `name@version` of each package that is installed where the development tools are not. */
function installed({ packages }: Lock): Set<string> {
  return new Set(
    Object.entries(packages)
      .filter(([path, { dev, link }]) => path !== '' && !dev && !link)
      .map(([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`),
  );
}

/** @param name of the program: npm calls it after the folder that it lies in */
export function ofProgram(whole: Bom, lock: Lock, name: string): Bom {
  const wanted = installed(lock);
  const components = whole.components.filter(({ name, version }) => wanted.has(`${name}@${version}`));
  const refs = new Set(components.map((one) => one['bom-ref']));
  const root = whole.metadata.component['bom-ref'];
  return {
    ...whole,
    metadata: { ...whole.metadata, component: { ...whole.metadata.component, name } },
    components,
    dependencies: whole.dependencies
      .filter(({ ref }) => ref === root || refs.has(ref))
      .map((one) => ({ ...one, dependsOn: (one.dependsOn ?? []).filter((on) => refs.has(on)) })),
  };
}

/** @returns a sentence for each thing that is wrong with it */
export function judge(
  bom: Bom,
  lock: Lock,
  product: { readonly name: string; readonly version: string },
): string[] {
  const problems: string[] = [];
  if (bom.bomFormat !== 'CycloneDX' || !/^1\.[5-9]$/.test(bom.specVersion))
    problems.push(`it is ${bom.bomFormat} ${bom.specVersion}, and not CycloneDX 1.5 or newer`);
  const { component } = bom.metadata;
  if (component.name !== product.name || component.version !== product.version)
    problems.push(`it is of ${component.name} ${component.version}`);
  const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
  const wanted = installed(lock);
  for (const one of wanted) if (!listed.has(one)) problems.push(`${one} is installed, and not in it`);
  for (const one of listed) if (!wanted.has(one)) problems.push(`${one} is in it, and not installed`);
  const refs = new Set(bom.components.map((one) => one['bom-ref']));
  for (const { name, version, purl, hashes = [] } of bom.components) {
    if (!purl?.startsWith('pkg:npm/')) problems.push(`${name}@${version} has no package URL`);
    if (hashes.length === 0) problems.push(`${name}@${version} has no hash`);
  }
  for (const { ref, dependsOn = [] } of bom.dependencies)
    for (const on of dependsOn)
      if (!refs.has(on)) problems.push(`${ref} depends on ${on}, which is not in it`);
  return problems;
}
