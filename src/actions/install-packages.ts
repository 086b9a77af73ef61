import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { settleAll } from '../model/settle-all.ts';
import { defineAction } from './kind.ts';

/** Satisfied at once where the node's image already holds the packages; else from the pool, without a network. */
export const installPackages = defineAction({
  name: 'install-packages',
  furnishes: true,
  schema: z.strictObject({ packages: z.array(z.string()).min(1) }),
  run: async (context, { packages }) => {
    const install = async (node: (typeof context.nodes)[number]): Promise<void> => {
      const status = await context.attempt(node.name, [
        'dpkg-query',
        '--show',
        '--showformat',
        '${db:Status-Status}\n',
        ...packages,
      ]);
      const lines = status.stdout.trim().split('\n');
      if (succeeded(status) && lines.every((line) => line === 'installed')) return;
      const apt = [
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        '--yes',
        '--no-install-recommends',
        '-o',
        'DPkg::Lock::Timeout=120',
      ];
      // An installation that was cut off leaves packages half configured.
      await context.exec(node.name, ['dpkg', '--configure', '-a']);
      await context.exec(node.name, [...apt, 'update']);
      await context.exec(node.name, [...apt, 'install', ...packages]);
    };
    await settleAll(context.nodes.map(install));
  },
});
