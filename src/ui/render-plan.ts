import { stepKey } from '../model/lab-history.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { words, type Words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { labelledLines } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

/** What `lab up --dry-run` prints: what would be done, in order, and why. */
export function renderPlan(plan: Plan, page: Page): void {
  page.write(page.format === 'json' ? jsonLine(plan) : planText(shown(plan), page));
}

function planText(plan: Plan, page: Page): string {
  const { language } = page;
  const palette = createPalette(page.colour);
  const digits = String(plan.items.length).length;
  const entries = plan.items.map((item, index) => ({
    label: `${String(index + 1).padStart(digits)}. ${say(doing(item), language)}`,
    text: say(item.reason, language),
  }));
  const untouched = new Set(
    entries.filter((_, index) => plan.items[index]?.kind === 'keep-step').map(({ label }) => label),
  );
  const lines = labelledLines(entries, pageWidth(page), (label) => (untouched.has(label) ? palette.dim(label) : label));
  return [palette.bold(say(headline(plan), language)), ...lines, ''].join('\n');
}

function headline(plan: Plan): Words {
  if (plan.items.every(({ kind }) => kind === 'keep-step')) {
    return words(
      `Nothing to do: the lab is at the end of ${plan.chapter}.`,
      `Rien à faire\u00a0: le lab est à la fin de ${plan.chapter}.`,
    );
  }
  return words(
    `What leads to the end of ${plan.chapter}, and why:`,
    `Ce qui mène à la fin de ${plan.chapter}, et pourquoi\u00a0:`,
  );
}

function doing(item: PlanItem): Words {
  switch (item.kind) {
    case 'prepare-images':
      return words('build the images', 'construire les images');
    case 'create-network':
      return words('create the network', 'créer le réseau');
    case 'restore-checkpoint':
      return words(`restore the end of ${item.chapter}`, `restaurer la fin de ${item.chapter}`);
    case 'create-node':
      return words(
        `create ${item.node} from the image ${item.image}`,
        `créer ${item.node} à partir de l'image ${item.image}`,
      );
    case 'start-node':
      return words(`start ${item.node}`, `démarrer ${item.node}`);
    case 'restart-node':
      return words(`restart ${item.node}`, `redémarrer ${item.node}`);
    case 'thaw-node':
      return words(`thaw ${item.node}`, `dégeler ${item.node}`);
    case 'do-step':
      return words(`do ${stepKey(item.chapter, item.step)}`, `faire ${stepKey(item.chapter, item.step)}`);
    case 'renew-step': {
      const key = stepKey(item.by.chapter, item.by.step);
      const nodes = item.nodes.join(', ');
      return words(`do what is now ${key} on ${nodes}`, `faire ce qui est maintenant ${key} sur ${nodes}`);
    }
    case 'confirm-step':
      return words(`confirm ${stepKey(item.chapter, item.step)}`, `confirmer ${stepKey(item.chapter, item.step)}`);
    case 'keep-step':
      return words(`keep ${stepKey(item.chapter, item.step)}`, `garder ${stepKey(item.chapter, item.step)}`);
  }
}
